//! Descriptions of APIs: `#[utoipa::path(post, path = "/x")]`, and poem-openapi's
//! `#[oai(path = "/x", method = "post")]`.

use proc_macro2::Ident;
use syn::{Attribute, LitStr, Meta, MetaList};

use super::{Argument, Canonical, METHODS, Route, arguments, has_key, last_word, poem, texts};

/// Reads `#[utoipa::path]`. Where it has no path, the framework's own attribute states
/// that; where its path is more than a string, nothing is known.
pub(super) fn path(list: &MetaList) -> Vec<Route> {
    let arguments = arguments(&list.tokens);
    let methods = arguments
        .iter()
        .flat_map(methods)
        .map(|word| word.to_string());
    let Some(path) = texts(&arguments, "path").next() else {
        return Vec::new();
    };
    let context = texts(&arguments, "context_path").next();
    let context = context.map(LitStr::value).unwrap_or_default();
    let whole = LitStr::new(&format!("{context}{}", path.value()), path.span());
    routes(methods, &whole, |path| Canonical {
        patterns: vec![path.to_owned()],
        is_partial: false,
    })
}

/// Reads `#[oai]` on a method, whose `impl` has `#[OpenApi(prefix_path = "/x")]` among
/// the attributes. Where that is more than a string, nothing is known.
pub(super) fn operation(list: &MetaList, attrs: &[Attribute]) -> Vec<Route> {
    let own = arguments(&list.tokens);
    let of_block = attrs.iter().find_map(|attr| match &attr.meta {
        Meta::List(list) if last_word(attr)? == "OpenApi" => Some(arguments(&list.tokens)),
        _ => None,
    });
    let of_block = of_block.unwrap_or_default();
    let prefix = texts(&of_block, "prefix_path").next();
    let Some(path) = texts(&own, "path").next() else {
        return Vec::new();
    };
    if prefix.is_none() && has_key(&of_block, &["prefix_path"]) {
        return Vec::new();
    }
    let whole = joined(prefix, path);
    let methods = texts(&own, "method").map(LitStr::value);
    routes(methods, &whole, poem::canonical)
}

/// The path as poem-openapi hands it to poem: without a slash at its end.
fn joined(prefix: Option<&LitStr>, path: &LitStr) -> LitStr {
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
fn methods(argument: &Argument) -> Vec<Ident> {
    let words = match argument {
        Argument::Word(word) => vec![word.clone()],
        Argument::Call(word, inside) if word == "method" => arguments(inside)
            .into_iter()
            .filter_map(|argument| match argument {
                Argument::Word(word) => Some(word),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let is_method = |word: &Ident| METHODS.contains(&word.to_string().as_str());
    words.into_iter().filter(is_method).collect()
}
