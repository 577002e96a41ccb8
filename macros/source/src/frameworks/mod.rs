//! The attributes in which web frameworks state the route of a function, so that `#[handler]` need
//! not repeat it. A framework is a file; this one decides whose attribute it is.

mod actix;
mod arguments;
mod openapi;
mod poem;
mod rocket;
pub mod route;

use syn::{Attribute, LitStr, Meta, MetaList};

use crate::method;
use crate::routing::Routing;
pub use actix::{canonical as canonical_of_actix, in_scope, scope_of};
pub use poem::canonical as canonical_of_poem;
pub use rocket::canonical as canonical_of_rocket;
use route::Route;

/// What the attributes of a function state.
#[derive(Default)]
pub struct Stated {
    /// The routes.
    pub routes: Vec<Route>,
    /// The routes only describe the API for a document: a router states them as well.
    pub is_description: bool,
    /// The type under the function's name.
    pub generated: GeneratedType,
    /// A form is read in whatever encoding it is sent, as Rocket does.
    pub reads_any_form: bool,
}

impl Stated {
    /// The parameters of the query, which all routes share: the arguments of the function.
    #[must_use]
    pub fn query(&self) -> &[route::QueryParameter] {
        self.routes.first().map_or(&[], |route| &route.query)
    }

    /// What decides first in the framework's router, if its attributes tell.
    #[must_use]
    pub fn routing(&self) -> Option<Routing> {
        match self.generated {
            // The attributes of actix-web and Rocket take the method as a part of the match.
            GeneratedType::Route => Some(Routing::MethodFirst),
            GeneratedType::None | GeneratedType::Endpoint => None,
        }
    }
}

/// The type that a framework generates under the function's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GeneratedType {
    /// None.
    #[default]
    None,
    /// One that states its route: actix-web's or Rocket's.
    Route,
    /// One that serves any route that it is registered for: poem's.
    Endpoint,
}

/// What one attribute states.
pub enum FrameworkAttribute {
    /// poem's `#[handler]`.
    PoemHandler,
    /// actix-web's `#[routes]`: other attributes state them.
    Routes,
    /// `#[get("/x")]` and the like.
    Route {
        /// The routes that it states.
        routes: Vec<Route>,
        /// It is Rocket's; otherwise it is actix-web's, or may be either.
        is_rocket: bool,
    },
    /// utoipa's `#[utoipa::path(get, path = "/x")]`.
    Description(Description),
}

/// What `#[utoipa::path]` states.
pub struct Description {
    /// The HTTP methods, in uppercase.
    pub methods: Vec<String>,
    /// The path, if it is a string.
    pub path: Option<LitStr>,
    /// The path before it, if there is one.
    pub context_path: Option<LitStr>,
}

/// Reads the attributes of a function, with those of its `impl`.
#[must_use]
pub fn read(attrs: &[Attribute]) -> Stated {
    let mut stated = Stated::default();
    let mut described = Vec::new();
    for attr in attrs {
        match read_attribute(attr) {
            Some(FrameworkAttribute::PoemHandler) => stated.generated = GeneratedType::Endpoint,
            Some(FrameworkAttribute::Routes) => stated.generated = GeneratedType::Route,
            Some(FrameworkAttribute::Route { routes, is_rocket }) => {
                stated.routes.extend(routes);
                stated.generated = GeneratedType::Route;
                stated.reads_any_form |= is_rocket;
            }
            Some(FrameworkAttribute::Description(description)) => {
                described.extend(description.routes());
            }
            None => stated.routes.extend(openapi::operation(attr, attrs)),
        }
    }
    if stated.routes.is_empty() {
        stated.is_description = true;
        stated.routes = described;
    }
    stated
}

/// Reads one attribute; `None` if it is not a framework's. `#[oai]` is not read here, because it
/// needs the attributes of the `impl`.
#[must_use]
pub fn read_attribute(attr: &Attribute) -> Option<FrameworkAttribute> {
    let word = attr.path().segments.last()?.ident.to_string();
    match &attr.meta {
        Meta::Path(_) if word == "handler" => Some(FrameworkAttribute::PoemHandler),
        Meta::Path(_) if word == "routes" => Some(FrameworkAttribute::Routes),
        Meta::List(list) if word == "path" && list.path.segments.len() > 1 => {
            Some(FrameworkAttribute::Description(Description::new(list)))
        }
        Meta::List(list) => Some(FrameworkAttribute::Route {
            routes: routes(&word, list)?,
            is_rocket: rocket::is_rocket(&list.tokens),
        }),
        Meta::Path(_) | Meta::NameValue(_) => None,
    }
}

/// Whether [`read`] may read an attribute of this name, with or without arguments.
#[must_use]
pub fn may_be_read(word: &str, has_arguments: bool) -> bool {
    match word {
        "handler" | "routes" => !has_arguments,
        "route" | "oai" | "path" => has_arguments,
        word => has_arguments && method::from_word(word).is_some(),
    }
}

/// The routes that an attribute of actix-web or Rocket states.
fn routes(word: &str, list: &MetaList) -> Option<Vec<Route>> {
    let args = &list.tokens;
    if word == "route" {
        return actix::route(args).or_else(|| rocket::route(args));
    }
    let method = method::from_word(word)?;
    if rocket::is_rocket(args) {
        rocket::method(method, args)
    } else {
        actix::method(method, args)
    }
}

#[cfg(test)]
mod tests;
