//! The model of a handler.

use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::{Signature, Type};

use super::{Encoding, Endpoint, Lifespan, body};
use crate::attr::{self, HandlerAttr};
use crate::item::{Item, Kind};
use crate::mistakes::Mistakes;

/// A handler that makes sense.
pub(crate) struct Handler {
    pub(crate) name: Ident,
    pub(crate) endpoint: Endpoint,
    pub(crate) lifespan: Lifespan,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) accepts: Accepts,
}

/// Where the fields come from.
pub(crate) enum Accepts {
    /// From this type of an argument, if it declares them.
    Found(Box<Type>),
    /// From this type, which the annotation names: it must declare them.
    Stated(Box<Type>),
    /// Nothing is said of them.
    NotDeclared,
}

impl Handler {
    /// Checks the annotation against the function that it stands on.
    pub(crate) fn new(attr: HandlerAttr, item: &Item, mut mistakes: Mistakes) -> syn::Result<Self> {
        let sig = function(item, &mut mistakes);
        let lifespan = Lifespan::new(&attr.range, &attr.keys, &mut mistakes);
        let stated = attr
            .encoding
            .map(|text| Encoding::parse(&text, &mut mistakes));
        let endpoint = attr
            .endpoint
            .and_then(|(method, path)| Endpoint::new(&method, &path, &mut mistakes));
        let handler = match (sig, lifespan, endpoint) {
            (Some(sig), Some(lifespan), Some(endpoint)) => {
                let found = body::find(sig, &endpoint.method);
                let encoding = stated
                    .flatten()
                    .or(found.as_ref().map(|body| body.encoding));
                let found = found.and_then(|body| body.ty);
                let accepts = accepts(attr.accepts, found, sig, &mut mistakes);
                Some(Self {
                    name: sig.ident.clone(),
                    endpoint,
                    lifespan,
                    encoding,
                    accepts,
                })
            }
            _ => None,
        };
        mistakes.finish(handler)
    }
}

/// The signature of a function that can be a handler.
fn function<'a>(item: &'a Item, mistakes: &mut Mistakes) -> Option<&'a Signature> {
    match &item.kind {
        Kind::Fn { sig, body } => {
            if let Some(receiver) = sig.receiver() {
                mistakes.at(
                    receiver.self_token.span(),
                    "a method cannot be a handler: the endpoint is a type beside the function, and \
                     an `impl` has no room for one. Annotate a free function that calls this method",
                );
            } else if body.is_none() {
                mistakes.at(
                    sig.ident.span(),
                    "a handler has a body: annotate the function itself",
                );
            }
            if let Some(other) = attr::others(&item.attrs, "handler").next() {
                mistakes.at(
                    other.path.span(),
                    "a function serves one endpoint: annotate another one, which calls this",
                );
            }
            Some(sig)
        }
        other => {
            let (span, what) = other.described();
            mistakes.at(
                span,
                format!("`#[handler]` goes on a function, this is {what}"),
            );
            None
        }
    }
}

fn accepts(
    stated: Option<Type>,
    found: Option<&Type>,
    sig: &Signature,
    mistakes: &mut Mistakes,
) -> Accepts {
    let (ty, accepts): (_, fn(Box<Type>) -> Accepts) = match (stated, found) {
        (Some(Type::Infer(_)), _) | (None, None) => return Accepts::NotDeclared,
        (Some(stated), _) => (stated, Accepts::Stated),
        (None, Some(found)) => (found.clone(), Accepts::Found),
    };
    if body::mentions_any(&ty, &sig.generics) {
        mistakes.at(
            ty.span(),
            "the fields of this type are known only where it is used: say `accepts = Type` with a \
             type of its own, or `accepts = _` to leave them undeclared",
        );
    }
    accepts(Box::new(ty))
}
