//! Descriptions of APIs: utoipa's `#[utoipa::path(post, path = "/x")]`, and poem-openapi's
//! `#[oai(path = "/x", method = "post")]`.

use proc_macro2::Ident;
use syn::{Attribute, LitStr, Meta, MetaList};

use super::arguments::{Argument, arguments, has_key, texts};
use super::route::{Canonical, Route};
use super::{Description, poem};
use crate::method;

impl Description {
    /// Reads the arguments of `#[utoipa::path]`.
    pub(super) fn new(list: &MetaList) -> Self {
        let arguments = arguments(&list.tokens);
        let text = |key| texts(&arguments, key).next().cloned();
        Self {
            methods: arguments.iter().flat_map(methods).collect(),
            path: text("path"),
            context_path: text("context_path"),
        }
    }

    /// The routes that are described. Where the path is missing, the framework's own attribute
    /// states it; where it is more than a string, it is unknown.
    pub(super) fn routes(&self) -> Vec<Route> {
        let Some(path) = &self.path else {
            return Vec::new();
        };
        let context = self.context_path.as_ref().map(LitStr::value);
        let context = context.unwrap_or_default();
        let whole = LitStr::new(&format!("{context}{}", path.value()), path.span());
        routes(self.methods.iter().cloned(), &whole, |path| Canonical {
            patterns: vec![path.to_owned()],
            is_partial: false,
            limits: Vec::new(),
        })
    }
}

/// Reads `#[oai]` on a method, whose `impl` has `#[OpenApi(prefix_path = "/x")]` among `attrs`.
/// Where the path is more than a string, it is unknown, and there are no routes.
pub(super) fn operation(attr: &Attribute, attrs: &[Attribute]) -> Vec<Route> {
    let Some(own) = arguments_of(attr, "oai") else {
        return Vec::new();
    };
    let block = attrs.iter().find_map(|attr| arguments_of(attr, "OpenApi"));
    let block = block.unwrap_or_default();
    let prefix = texts(&block, "prefix_path").next();
    let Some(path) = texts(&own, "path").next() else {
        return Vec::new();
    };
    if prefix.is_none() && has_key(&block, &["prefix_path"]) {
        return Vec::new();
    }
    let whole = join(prefix, path);
    let methods = texts(&own, "method").map(LitStr::value);
    routes(methods, &whole, poem::canonical)
}

/// The arguments of the attribute, if it has this name.
fn arguments_of(attr: &Attribute, name: &str) -> Option<Vec<Argument>> {
    match &attr.meta {
        Meta::List(list) if list.path.segments.last()?.ident == name => {
            Some(arguments(&list.tokens))
        }
        _ => None,
    }
}

/// The path as poem-openapi hands it to poem: without a slash at its end.
fn join(prefix: Option<&LitStr>, path: &LitStr) -> LitStr {
    let mut whole = prefix.map(LitStr::value).unwrap_or_default();
    whole.truncate(whole.trim_end_matches('/').len());
    let own = path.value();
    let segments = own.split('/').filter(|segment| !segment.is_empty());
    segments.for_each(|segment| whole.push_str(&format!("/{segment}")));
    if !whole.starts_with('/') {
        whole.insert(0, '/');
    }
    LitStr::new(&whole, path.span())
}

fn routes(
    methods: impl Iterator<Item = String>,
    path: &LitStr,
    canonical: fn(&str) -> Canonical,
) -> Vec<Route> {
    let canonical = || canonical(&path.value());
    let route = |method: String| Route::new(method.to_ascii_uppercase(), path, canonical());
    methods.map(route).collect()
}

/// The methods in an argument: `post`, or `method(get, head)`.
fn methods(argument: &Argument) -> Vec<String> {
    let method = |word: &Ident| method::from_word(&word.to_string()).map(str::to_owned);
    match argument {
        Argument::Word(word) => method(word).into_iter().collect(),
        Argument::Call(word, inside) if word == "method" => {
            let inside = arguments(inside);
            let words = inside.iter().filter_map(|argument| match argument {
                Argument::Word(word) => method(word),
                _ => None,
            });
            words.collect()
        }
        _ => Vec::new(),
    }
}
