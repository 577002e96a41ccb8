//! What web frameworks state of a function's route in attributes of their own: so
//! `#[handler]` need not say it again.

mod actix;
mod openapi;
mod rocket;

use syn::{Attribute, LitStr, Meta};

/// What the attributes of a function say.
#[derive(Default)]
pub(crate) struct Stated {
    pub(crate) routes: Vec<Route>,
    /// The framework makes a type of the function's name.
    pub(crate) makes_type: bool,
}

/// A route, as a framework states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The HTTP method, in capitals.
    pub(crate) method: String,
    /// The path, as the framework writes it.
    pub(crate) path: String,
    /// It as canonical patterns. There are two where the rest of a path may be empty.
    pub(crate) patterns: Vec<String>,
    /// It takes only some of the requests that its patterns describe: a regular
    /// expression, a rank, a guard decides.
    pub(crate) is_partial: bool,
}

/// A path in canonical syntax.
#[derive(Debug, PartialEq, Eq)]
struct Canonical {
    patterns: Vec<String>,
    is_partial: bool,
}

const METHODS: [&str; 9] = [
    "get", "post", "put", "delete", "head", "connect", "options", "trace", "patch",
];

/// Reads the attributes of a function.
pub(crate) fn read(attrs: &[Attribute]) -> Stated {
    let mut stated = Stated::default();
    let mut described = Vec::new();
    for attr in attrs {
        let Some(word) = attr
            .path()
            .segments
            .last()
            .map(|last| last.ident.to_string())
        else {
            continue;
        };
        let list = match &attr.meta {
            Meta::List(list) => Some(list),
            // `#[poem::handler]` has no arguments, `#[routes]` neither.
            Meta::Path(_) => {
                stated.makes_type |= matches!(word.as_str(), "handler" | "routes");
                None
            }
            Meta::NameValue(_) => None,
        };
        let Some(list) = list else { continue };
        let routes = match word.as_str() {
            "route" => actix::route(&list.tokens).or_else(|| rocket::route(&list.tokens)),
            "path" if attr.path().segments.len() > 1 => {
                described = openapi::path(&list.tokens).unwrap_or_default();
                continue;
            }
            "oai" => {
                described = openapi::operation(&list.tokens).unwrap_or_default();
                continue;
            }
            method if METHODS.contains(&method) => {
                let method = method.to_ascii_uppercase();
                if rocket::is_rockets(&list.tokens) {
                    rocket::method(&method, &list.tokens)
                } else {
                    actix::method(&method, &list.tokens)
                }
            }
            _ => continue,
        };
        if let Some(routes) = routes {
            stated.routes.extend(routes);
            stated.makes_type = true;
        }
    }
    if stated.routes.is_empty() {
        stated.routes = described;
    }
    stated
}

impl Route {
    fn new(method: String, path: String, canonical: Canonical) -> Self {
        Self {
            method,
            path,
            patterns: canonical.patterns,
            is_partial: canonical.is_partial,
        }
    }
}

/// The first argument of an attribute, if it is a string in quotes.
fn first_text(tokens: &proc_macro2::TokenStream) -> Option<String> {
    let first = tokens.clone().into_iter().next()?;
    let text: LitStr = syn::parse2(first.into()).ok()?;
    Some(text.value())
}

/// `key = value` among the arguments of an attribute, whatever else is there: the
/// value if it is a string or a word.
fn pairs(tokens: &proc_macro2::TokenStream) -> Vec<(String, Option<String>)> {
    use proc_macro2::TokenTree;
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_equals =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '=');
    let text = |tree: &TokenTree| match tree {
        TokenTree::Ident(word) => Some(word.to_string()),
        tree => syn::parse2::<LitStr>(tree.clone().into())
            .ok()
            .map(|text| text.value()),
    };
    let triples = trees.windows(3).filter_map(|three| match three {
        [TokenTree::Ident(key), equals, value] if is_equals(equals) => {
            Some((key.to_string(), text(value)))
        }
        _ => None,
    });
    triples.collect()
}
