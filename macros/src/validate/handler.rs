//! The model of a handler.

use proc_macro2::{Ident, Span};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{FnArg, LitStr, Signature, Type};

use super::endpoint::{check_method, check_path, stated_method};
use super::{Encoding, Endpoint, Lifespan, Surroundings, body};
use crate::attr::{self, HandlerAttr, Stated};
use crate::errors::Errors;
use crate::frameworks::{self, Made};
use crate::item::{Item, Kind};

/// A handler that makes sense.
pub(crate) struct Handler {
    pub(crate) name: Ident,
    /// The name of the type whose method it is, if it is one.
    pub(crate) owner: String,
    /// One, mostly; never none.
    pub(crate) routes: Vec<Route>,
    /// The prefix of all of them.
    pub(crate) under: Option<syn::Path>,
    pub(crate) lifespan: Lifespan,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) accepts: Accepts,
    pub(crate) type_of: TypeOf,
    pub(crate) root: Root,
}

/// One endpoint, as the router takes it.
pub(crate) struct Route {
    pub(crate) method: String,
    pub(crate) path: Path,
    /// It takes only some of the requests that the path describes.
    pub(crate) is_partial: bool,
}

/// A path.
pub(crate) enum Path {
    /// As the router takes it, and as canonical patterns.
    Text {
        written: String,
        patterns: Vec<String>,
    },
    /// That of a type which has axum-extra's `TypedPath`.
    Typed(Box<Type>),
}

/// Whose type stands beside the function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeOf {
    /// Ours.
    Annotation,
    /// The framework's, under the function's name.
    Framework,
    /// None: a method has no room beside it.
    Nobody,
}

/// What the path `/` is below a prefix.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// The prefix alone.
    Prefix,
    /// What the framework makes of it: actix-web keeps the slash, Rocket does not. Their
    /// attributes look the same, their types do not.
    AsItsType,
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
    /// Checks the annotation against the function that it stands on, and what stands
    /// around that.
    pub(crate) fn new(
        attr: HandlerAttr,
        item: &Item,
        around: &Surroundings,
        mut mistakes: Errors,
    ) -> syn::Result<Self> {
        let framework = framework(item, around);
        let type_of = TypeOf::new(&framework, around);
        let root = match framework.made {
            Made::Route => Root::AsItsType,
            Made::Nothing | Made::Endpoint => Root::Prefix,
        };
        let sig = function(item, around, &framework, &mut mistakes);
        let lifespan = Lifespan::new(&attr.range, &attr.keys, &mut mistakes);
        let stated = attr
            .encoding
            .map(|text| Encoding::parse(&text, &mut mistakes));
        let is_known = !matches!(attr.endpoint, Stated::Nothing) || !framework.routes.is_empty();
        if is_known {
            attr.keys.report_unknown(&mut mistakes);
        }
        let is_below = attr.under.is_some();
        let reads_any_form = framework.reads_any_form;
        let routes = routes(attr.endpoint, framework, is_below, sig, &mut mistakes);
        let handler = match (sig, lifespan, routes) {
            (Some(sig), Some(lifespan), Some(routes)) => {
                let methods: Vec<&str> = routes.iter().map(|route| route.method.as_str()).collect();
                let mut found = body::find(sig, &methods);
                if let Some(body) = &mut found
                    && body.encoding == Some(Encoding::Urlencoded)
                    && reads_any_form
                {
                    body.encoding = None;
                }
                let encoding = stated
                    .flatten()
                    .or(found.as_ref().and_then(|body| body.encoding));
                let found = found.and_then(|body| body.ty);
                let accepts = accepts(attr.accepts, found, sig, &mut mistakes);
                Some(Self {
                    name: sig.ident.clone(),
                    owner: around.owner.clone(),
                    routes,
                    under: attr.under,
                    lifespan,
                    encoding,
                    accepts,
                    type_of,
                    root,
                })
            }
            _ => None,
        };
        mistakes.finish(handler)
    }
}

impl TypeOf {
    pub(crate) fn new(framework: &frameworks::Stated, around: &Surroundings) -> Self {
        match (around.is_associated, framework.made) {
            (true, _) => Self::Nobody,
            (false, Made::Nothing) => Self::Annotation,
            (false, Made::Route | Made::Endpoint) => Self::Framework,
        }
    }
}

/// What the framework's attributes state, above the annotation or below it.
pub(crate) fn framework(item: &Item, around: &Surroundings) -> frameworks::Stated {
    let mut attrs = around.attrs();
    if attrs.is_empty() {
        return frameworks::read(&item.attrs);
    }
    // Those below are tokens still, each with its place.
    for attr in &mut attrs {
        let written = attr.to_token_stream().to_string();
        let below = item.attrs.iter();
        let mut below = below.filter(|below| below.to_token_stream().to_string() == written);
        if let Some(below) = below.next() {
            attr.clone_from(below);
        }
    }
    frameworks::read(&attrs)
}

/// The routes, from the one place that states them; `is_below` a prefix or not.
fn routes(
    stated: Stated,
    framework: frameworks::Stated,
    is_below: bool,
    sig: Option<&Signature>,
    mistakes: &mut Errors,
) -> Option<Vec<Route>> {
    let stated_at = match &stated {
        Stated::Method(method) => Some(method.span()),
        Stated::Endpoints(endpoints) => endpoints.first().map(|(method, _)| method.span()),
        Stated::Nothing | Stated::Broken => None,
    };
    if let Some(at) = stated_at
        && !framework.routes.is_empty()
        && !framework.is_description
    {
        mistakes.at(
            at,
            "the framework's attribute states the endpoint already: leave it out here",
        );
        return None;
    }
    match stated {
        Stated::Broken => None,
        Stated::Nothing if framework.routes.is_empty() => {
            mistakes.at(
                Span::call_site(),
                "missing endpoint: `#[handler(POST \"/path\", since = \"1.0.0\")]`. It is left out \
                 where the framework's own attribute on the function states it, `#[post(\"/path\")]`",
            );
            None
        }
        Stated::Nothing => of_framework(framework.routes, is_below, mistakes),
        Stated::Method(method) => Some(vec![Route {
            method: stated_method(&method, mistakes)?,
            path: Path::Typed(Box::new(typed_path(&method, sig?, mistakes)?)),
            is_partial: false,
        }]),
        Stated::Endpoints(endpoints) => {
            let routes = endpoints.iter().map(|(method, path)| {
                if framework.made == Made::Endpoint {
                    of_poem(method, path, mistakes)
                } else {
                    stated_route(method, path, mistakes)
                }
            });
            let routes: Vec<Option<Route>> = routes.collect();
            routes.into_iter().collect()
        }
    }
}

/// `METHOD "path"`, as axum writes it.
fn stated_route(method: &Ident, path: &LitStr, mistakes: &mut Errors) -> Option<Route> {
    let Endpoint { method, path } = Endpoint::new(method, path, mistakes)?;
    Some(Route {
        method,
        path: Path::Text {
            patterns: vec![path.clone()],
            written: path,
        },
        is_partial: false,
    })
}

/// `METHOD "path"`, as poem writes it.
fn of_poem(method: &Ident, path: &LitStr, mistakes: &mut Errors) -> Option<Route> {
    let written = path.value();
    let canonical = frameworks::canonical_of_poem(&written);
    let pattern = LitStr::new(&canonical.patterns[0], path.span());
    let checked = Endpoint::new(method, &pattern, mistakes)?;
    Some(Route {
        method: checked.method,
        path: Path::Text {
            written,
            patterns: vec![checked.path],
        },
        is_partial: canonical.is_partial,
    })
}

fn of_framework(
    routes: Vec<frameworks::Route>,
    is_below: bool,
    mistakes: &mut Errors,
) -> Option<Vec<Route>> {
    let checked = routes.into_iter().map(|route| {
        let frameworks::Route {
            method,
            path,
            span,
            patterns,
            is_partial,
        } = route;
        if check_method(&method).is_err() {
            let message = format!(
                "`#[handler]` knows no method {method}, which the framework's attribute states: \
                 give it a function of its own, without `#[handler]`"
            );
            return Err((span, message));
        }
        // Below a prefix, actix-web takes the prefix alone for the empty path.
        if path.is_empty() && !is_below {
            let message = "an empty path is that of a scope: state the scope's in a prefix, \
                           `coexist::prefix!(Api = \"/api\");`, and name it, `under = Api`";
            return Err((span, message.to_owned()));
        }
        for pattern in patterns.iter().filter(|pattern| !pattern.is_empty()) {
            check_path(pattern).map_err(|why| {
                let what = format!("the path \"{path}\" of the framework's attribute");
                (span, format!("`#[handler]` cannot read {what}: {why}"))
            })?;
        }
        Ok(Route {
            method,
            path: Path::Text {
                written: path,
                patterns,
            },
            is_partial,
        })
    });
    let checked: Result<Vec<Route>, (Span, String)> = checked.collect();
    checked
        .map_err(|(span, message)| mistakes.at(span, message))
        .ok()
}

/// The type that holds the path: axum-extra takes it from the first argument.
fn typed_path(method: &Ident, sig: &Signature, mistakes: &mut Errors) -> Option<Type> {
    let first = sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => Some((*arg.ty).clone()),
        FnArg::Receiver(_) => None,
    });
    match &first {
        None => mistakes.at(
            method.span(),
            format!(
                "expected a path in quotes, `{method} \"/path\"`, or a first argument whose type has \
                 axum-extra's `TypedPath`"
            ),
        ),
        Some(ty) if body::mentions_any(ty, &sig.generics) => mistakes.at(
            ty.span(),
            format!(
                "the path of this type is known only where it is used: state one, \
                 `{method} \"/path\"`, or take a type of its own"
            ),
        ),
        Some(_) => {}
    }
    first
}

/// Checks that a type can stand beside the function.
fn check_function(sig: &Signature, has_body: bool, around: &Surroundings, mistakes: &mut Errors) {
    if let Some(receiver) = sig.receiver() {
        mistakes.at(
            receiver.self_token.span(),
            "a method cannot be a handler: the endpoint is a type beside the function, and an \
             `impl` has no room for one. Annotate a free function that calls this method",
        );
    } else if around.is_associated {
        mistakes.at(
            sig.ident.span(),
            "a function in an `impl` or a trait cannot be a handler: the endpoint is a type beside \
             the function, and there is no room for one. Annotate a free function that calls this \
             one",
        );
    } else if !has_body {
        mistakes.at(
            sig.ident.span(),
            "a handler has a body: annotate the function itself",
        );
    }
}

/// The signature of a function that can be a handler.
fn function<'a>(
    item: &'a Item,
    around: &Surroundings,
    framework: &frameworks::Stated,
    mistakes: &mut Errors,
) -> Option<&'a Signature> {
    match &item.kind {
        Kind::Fn { sig, body } => {
            // poem-openapi states the routes of methods, which no form can name.
            let is_method = around.is_associated && !framework.routes.is_empty();
            if !is_method {
                check_function(sig, body.is_some(), around, mistakes);
            }
            if let Some(other) = attr::others(&item.attrs, "handler").next() {
                mistakes.at(
                    other.path.span(),
                    "a function has one `#[handler]`: annotate another function, which calls this",
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
    mistakes: &mut Errors,
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
