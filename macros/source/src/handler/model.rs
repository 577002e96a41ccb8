//! The model of a handler.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Signature, Type};

use super::function::signature;
use super::parameters;
use super::query::{self, Query};
use super::redirect::Redirect;
use super::route::{self, Route};
use crate::annotation::handler::{HandlerAttr, Stated};
use crate::encoding::Encoding;
use crate::errors::Errors;
use crate::extractor::{Body, Known, find_body, may_lack_body};
use crate::fields::model::Model;
use crate::flag;
use crate::frameworks::{self, GeneratedType};
use crate::generics::mentions_any;
use crate::item::Item;
use crate::lifespan::{BuildRelease, Lifespan};
use crate::reader::Reader;
use crate::routing::Routing;
use crate::surroundings::Surroundings;

/// A handler that makes sense.
pub struct Handler {
    /// The name of the function.
    pub name: Ident,
    /// The name of the type whose method it is; empty for a free function.
    pub owner: String,
    /// Its routes: at least one, and usually just one.
    pub routes: Vec<Route>,
    /// The prefix of all of them.
    pub under: Option<syn::Path>,
    /// Its releases.
    pub lifespan: Lifespan,
    /// How it reads fields, if that is known.
    pub encoding: Option<Encoding>,
    /// The library that reads them, if that is known.
    pub reader: Option<Reader>,
    /// The fields that it reads.
    pub accepts: Accepts,
    /// What it reads from the query of the address besides.
    pub query: Option<Query>,
    /// The feature flag that must be on for it to serve.
    pub flag: Option<String>,
    /// What decides first in its router, if the annotation or the framework's attribute says so.
    pub routing: Option<Routing>,
    /// Where it sends every request on to, if it does nothing else.
    pub redirect: Option<Redirect>,
    /// The type beside the function.
    pub type_of: TypeOf,
    /// What `/` is below the prefix.
    pub root: Root,
}

/// Which macro generates the type beside the function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TypeOf {
    /// That of the annotation.
    Annotation,
    /// That of the framework, under the function's name.
    Framework,
    /// There is none: a method has no room beside it.
    None,
    /// There is none, but a constant of the method's type.
    Constant,
}

/// What the path `/` is below a prefix.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// The prefix alone.
    Prefix,
    /// What the framework makes of it: actix-web keeps the slash, Rocket does not. Their
    /// attributes look the same, but the types that they generate do not.
    FrameworkDefined,
}

/// Where the fields come from.
pub enum Accepts {
    /// From this type of an argument, if it declares fields.
    Found(Box<Type>),
    /// From this type, which the annotation names: it must declare them.
    Stated(Box<Type>),
    /// From these parameters of the query.
    Parameters(Box<Model>),
    /// They are not declared.
    NotDeclared,
}

/// What a macro finds out, outside of the item's tokens.
pub struct Ask<'k> {
    /// The release that is being built, if it is known.
    pub build: fn() -> Option<BuildRelease>,
    /// The whole path of an extractor, if it is known.
    pub extractor: Known<'k>,
}

/// How a handler reads fields.
struct Reading<'a> {
    encoding: Option<Encoding>,
    reader: Option<Reader>,
    ty: Option<&'a Type>,
}

impl<'a> Reading<'a> {
    /// What an extractor reads, and how. One that is not known may read its type in any way, or
    /// not at all: what it reads is not known, unless the reader is stated.
    fn new(found: Option<Body<'a>>, stated: Option<Reader>, reads_any_form: bool) -> Self {
        let Some(body) = found else {
            return Self {
                encoding: stated.and_then(Reader::encoding),
                reader: stated,
                ty: None,
            };
        };
        if body.ty.is_none() {
            // Fields without a type: the name shows the encoding.
            return Self {
                encoding: body.encoding,
                reader: stated,
                ty: None,
            };
        }
        let reader = stated.or(body.reader);
        let is_of_any_form = reads_any_form && body.encoding == Some(Encoding::Urlencoded);
        Self {
            encoding: body
                .encoding
                .filter(|_| reader.is_some() && !is_of_any_form),
            reader,
            ty: body.ty.filter(|_| reader.is_some()),
        }
    }
}

impl Handler {
    /// Checks the annotation against the function below it and what stands around that. `ask`
    /// knows what only the macro can find out.
    ///
    /// # Errors
    ///
    /// `errors`, and all that is wrong with the handler, each at its token.
    pub fn new(
        mut attr: HandlerAttr,
        item: &Item,
        around: &Surroundings,
        ask: &Ask<'_>,
        mut errors: Errors,
    ) -> syn::Result<Self> {
        let framework = read_frameworks(item, around);
        let type_of = TypeOf::new(&framework, around);
        let root = Root::new(&framework);
        let sig = signature(item, around, &framework, &mut errors);
        let lifespan = Lifespan::new(&attr.range, &attr.keys, ask.build, &mut errors);
        let stated = attr
            .encoding
            .as_ref()
            .map(|text| errors.ok_at(text.span(), Encoding::from_name(&text.value())));
        let stated_reader = attr
            .reader
            .as_ref()
            .and_then(|text| errors.ok_at(text.span(), Reader::from_name(&text.value())));
        let flag = flag::parse(attr.flag.as_ref(), &mut errors);
        let routing = attr
            .routing
            .as_ref()
            .and_then(|text| errors.ok_at(text.span(), Routing::from_name(&text.value())))
            .or(framework.routing());
        let is_known = !matches!(attr.endpoint, Stated::Nothing) || !framework.routes.is_empty();
        if is_known {
            attr.keys.report_unknown(&mut errors);
        }
        let is_below = attr.under.is_some();
        let reads_any_form = framework.reads_any_form;
        let parameters = framework.query().to_vec();
        let endpoint = std::mem::take(&mut attr.endpoint);
        let routes = route::read(endpoint, framework, is_below, sig, &mut errors);
        let routes = match (routes, sig) {
            (Some(mut routes), Some(sig)) => {
                parameters::add(&mut routes, &attr.parameters, sig, is_below, &mut errors);
                Some(routes)
            }
            (routes, _) => routes,
        };
        let redirect = Redirect::new(&attr, routes.as_deref(), &mut errors);
        let handler = match (sig, lifespan, routes) {
            (Some(sig), Some(lifespan), Some(routes)) => {
                let methods: Vec<&str> = routes.iter().map(|route| route.method.as_str()).collect();
                let found = find_body(sig, &methods, ask.extractor);
                let is_query_all =
                    found.is_none() && methods.iter().all(|method| may_lack_body(method));
                let mut query = query::read(sig, &methods, ask.extractor, &parameters);
                let reading = Reading::new(found, stated_reader, reads_any_form);
                let mut encoding = stated.flatten().or(reading.encoding);
                let (mut reader, found) = (reading.reader, reading.ty);
                let mut accepts = accepts(attr.accepts, found, sig, &mut errors);
                if is_query_all
                    && matches!(accepts, Accepts::NotDeclared)
                    && encoding.is_none()
                    && let Some(all) = query.take()
                {
                    encoding = Some(Encoding::Query);
                    reader = Some(all.reader);
                    accepts = all.accepts;
                }
                Some(Self {
                    name: sig.ident.clone(),
                    owner: around.owner.clone(),
                    routes,
                    under: attr.under,
                    lifespan,
                    encoding,
                    reader,
                    accepts,
                    query,
                    flag,
                    routing,
                    redirect,
                    type_of,
                    root,
                })
            }
            _ => None,
        };
        errors.finish(handler)
    }
}

impl Root {
    fn new(framework: &frameworks::Stated) -> Self {
        match framework.generated {
            GeneratedType::Route => Self::FrameworkDefined,
            GeneratedType::None | GeneratedType::Endpoint => Self::Prefix,
        }
    }
}

impl TypeOf {
    /// Whose type it is, according to the framework's attributes and what contains the function.
    #[must_use]
    pub fn new(framework: &frameworks::Stated, around: &Surroundings) -> Self {
        match (around.is_associated, framework.generated) {
            (true, _) if around.has_handlers => Self::Constant,
            (true, _) => Self::None,
            (false, GeneratedType::None) => Self::Annotation,
            (false, GeneratedType::Route | GeneratedType::Endpoint) => Self::Framework,
        }
    }
}

/// What the framework's attributes state, above the annotation or below it.
#[must_use]
pub fn read_frameworks(item: &Item, around: &Surroundings) -> frameworks::Stated {
    let mut attrs = around.attrs();
    if attrs.is_empty() {
        return frameworks::read(&item.attrs);
    }
    // Those below the annotation are still tokens, each with its place.
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

fn accepts(
    stated: Option<Type>,
    found: Option<&Type>,
    sig: &Signature,
    errors: &mut Errors,
) -> Accepts {
    let (ty, accepts): (_, fn(Box<Type>) -> Accepts) = match (stated, found) {
        (Some(Type::Infer(_)), _) | (None, None) => return Accepts::NotDeclared,
        (Some(stated), _) => (stated, Accepts::Stated),
        (None, Some(found)) => (found.clone(), Accepts::Found),
    };
    if mentions_any(&ty, &sig.generics) {
        errors.push(
            ty.span(),
            "the fields of a generic type are not known here: name a concrete type \
             (`accepts = Type`), or leave the fields undeclared (`accepts = _`)",
        );
    }
    accepts(Box::new(ty))
}
