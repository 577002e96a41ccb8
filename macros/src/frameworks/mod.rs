//! What web frameworks state of a function's route in attributes of their own: so
//! `#[handler]` need not say it again.

mod actix;
mod openapi;
mod poem;
mod rocket;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{Attribute, LitStr, Meta, MetaList};

/// What the attributes of a function say.
#[derive(Default)]
pub(crate) struct Stated {
    pub(crate) routes: Vec<Route>,
    /// The routes are only described, for a document: a router states them, too.
    pub(crate) is_description: bool,
    pub(crate) made: Made,
    /// A form is read in whatever encoding it is sent: so does Rocket.
    pub(crate) reads_any_form: bool,
}

/// The type of the function's name that a framework makes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Made {
    /// None.
    #[default]
    Nothing,
    /// One that states its route: actix-web's or Rocket's.
    Route,
    /// One that serves whatever route it is given: poem's.
    Endpoint,
}

/// A route, as a framework states it.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// The HTTP method, in capitals.
    pub(crate) method: String,
    /// The path, as the framework writes it.
    pub(crate) path: String,
    /// Where that is written.
    pub(crate) span: Span,
    /// It as canonical patterns. There are two where the rest of a path may be empty.
    pub(crate) patterns: Vec<String>,
    /// It takes only some of the requests that its patterns describe: a regular
    /// expression, a rank, a guard decides.
    pub(crate) is_partial: bool,
}

/// A path in canonical syntax.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Canonical {
    pub(crate) patterns: Vec<String>,
    pub(crate) is_partial: bool,
}

const METHODS: [&str; 9] = [
    "get", "post", "put", "delete", "head", "connect", "options", "trace", "patch",
];

/// Reads the attributes of a function.
pub(crate) fn read(attrs: &[Attribute]) -> Stated {
    let mut stated = Stated::default();
    let mut described = Vec::new();
    for attr in attrs {
        let Some(word) = last_word(attr) else {
            continue;
        };
        match &attr.meta {
            Meta::Path(_) if word == "handler" => stated.made = Made::Endpoint,
            Meta::Path(_) if word == "routes" => stated.made = Made::Route,
            Meta::List(list) if word == "oai" => {
                stated.routes.extend(openapi::operation(list, attrs));
            }
            Meta::List(list) if word == "path" && list.path.segments.len() > 1 => {
                described.extend(openapi::path(list));
            }
            Meta::List(list) => {
                if let Some(routes) = routes(&word, list) {
                    stated.routes.extend(routes);
                    stated.made = Made::Route;
                    stated.reads_any_form |= rocket::is_rockets(&list.tokens);
                }
            }
            Meta::Path(_) | Meta::NameValue(_) => {}
        }
    }
    if stated.routes.is_empty() {
        stated.is_description = true;
        stated.routes = described;
    }
    stated
}

/// Whether an attribute of this name, with or without arguments, may be one that
/// [`read`] reads.
pub(crate) fn may_be_read(word: &str, has_arguments: bool) -> bool {
    match word {
        "handler" | "routes" => !has_arguments,
        "route" | "oai" | "path" => has_arguments,
        word => has_arguments && METHODS.contains(&word),
    }
}

/// A path that the annotation states for poem.
pub(crate) fn canonical_of_poem(path: &str) -> Canonical {
    poem::canonical(path)
}

/// The routes that an attribute of actix-web or Rocket states.
fn routes(word: &str, list: &MetaList) -> Option<Vec<Route>> {
    let args = &list.tokens;
    match word {
        "route" => actix::route(args).or_else(|| rocket::route(args)),
        method if METHODS.contains(&method) => {
            let method = method.to_ascii_uppercase();
            if rocket::is_rockets(args) {
                rocket::method(&method, args)
            } else {
                actix::method(&method, args)
            }
        }
        _ => None,
    }
}

impl Route {
    fn new(method: String, path: &LitStr, canonical: Canonical) -> Self {
        Self {
            method,
            path: path.value(),
            span: path.span(),
            patterns: canonical.patterns,
            is_partial: canonical.is_partial,
        }
    }
}

fn last_word(attr: &Attribute) -> Option<String> {
    let last = attr.path().segments.last()?;
    Some(last.ident.to_string())
}

/// An argument of an attribute, up to its comma.
enum Argument {
    /// A word alone.
    Word(Ident),
    /// A string alone.
    Text(LitStr),
    /// `key = value`; no value if that is more than a string.
    Pair(Ident, Option<LitStr>),
    /// `word(…)`.
    Call(Ident, TokenStream),
    /// Whatever else.
    Other,
}

/// The arguments of an attribute.
fn arguments(tokens: &TokenStream) -> Vec<Argument> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is =
        |tree: &TokenTree, c: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c);
    let text = |tree: &TokenTree| syn::parse2::<LitStr>(tree.clone().into()).ok();
    let arguments = trees
        .split(|tree| is(tree, ','))
        .map(|argument| match argument {
            [TokenTree::Ident(word)] => Argument::Word(word.clone()),
            [tree] => text(tree).map_or(Argument::Other, Argument::Text),
            [TokenTree::Ident(word), TokenTree::Group(group)] => {
                Argument::Call(word.clone(), group.stream())
            }
            [TokenTree::Ident(key), equals, value @ ..] if is(equals, '=') => {
                let value = match value {
                    [value] => text(value),
                    _ => None,
                };
                Argument::Pair(key.clone(), value)
            }
            _ => Argument::Other,
        });
    arguments.collect()
}

/// The first argument, if it is a string.
fn first_text(arguments: &[Argument]) -> Option<&LitStr> {
    match arguments.first()? {
        Argument::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether there is `key = …` among the arguments.
fn has_key(arguments: &[Argument], keys: &[&str]) -> bool {
    arguments.iter().any(|argument| {
        matches!(argument, Argument::Pair(key, _) if keys.contains(&key.to_string().as_str()))
    })
}

/// The strings that `key` is given.
fn texts<'a>(arguments: &'a [Argument], wanted: &'a str) -> impl Iterator<Item = &'a LitStr> {
    arguments.iter().filter_map(move |argument| match argument {
        Argument::Pair(key, Some(text)) if key == wanted => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
