//! Descriptions for OpenAPI: `#[utoipa::path(post, path = "/x")]`, and poem-openapi's
//! `#[oai(path = "/x", method = "post")]`.

use proc_macro2::{TokenStream, TokenTree};

use super::{Canonical, METHODS, Route, pairs};

/// Reads the arguments of `#[utoipa::path]`. Where it has no path, the framework's own
/// attribute states that.
pub(super) fn path(args: &TokenStream) -> Option<Vec<Route>> {
    let pairs = pairs(args);
    let text = |wanted: &str| {
        let found = pairs.iter().find(|(key, _)| key == wanted);
        found.and_then(|(_, text)| text.clone())
    };
    let path = format!(
        "{}{}",
        text("context_path").unwrap_or_default(),
        text("path")?
    );
    Some(routes(methods(args), &path))
}

/// Reads the arguments of `#[oai]` on a method.
pub(super) fn operation(args: &TokenStream) -> Option<Vec<Route>> {
    let pairs = pairs(args);
    let path = pairs.iter().find(|(key, _)| key == "path")?.1.clone()?;
    let methods = pairs
        .into_iter()
        .filter(|(key, _)| key == "method")
        .filter_map(|(_, method)| method);
    Some(routes(methods.collect(), &path))
}

fn routes(methods: Vec<String>, path: &str) -> Vec<Route> {
    let route = |method: String| {
        Route::new(
            method.to_ascii_uppercase(),
            path.to_owned(),
            canonical(path),
        )
    };
    methods.into_iter().map(route).collect()
}

/// The methods, at the front: `post`, or `method(get, head)`.
fn methods(args: &TokenStream) -> Vec<String> {
    let mut trees = args.clone().into_iter();
    let words: Vec<String> = match (trees.next(), trees.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(group))) if word == "method" => group
            .stream()
            .into_iter()
            .map(|tree| tree.to_string())
            .collect(),
        (Some(TokenTree::Ident(word)), _) => vec![word.to_string()],
        _ => Vec::new(),
    };
    words
        .into_iter()
        .filter(|word| METHODS.contains(&word.as_str()))
        .collect()
}

/// The path in canonical syntax; poem writes `:name` and `*rest`.
fn canonical(path: &str) -> Canonical {
    let segments = path.split('/').map(|segment| {
        match (segment.strip_prefix(':'), segment.strip_prefix('*')) {
            (Some(name), _) => {
                let name = name.split('<').next().unwrap_or(name);
                format!("{{{name}}}")
            }
            (_, Some(name)) => format!("{{*{name}}}"),
            _ => segment.to_owned(),
        }
    });
    let segments: Vec<String> = segments.collect();
    Canonical {
        patterns: vec![segments.join("/")],
        is_partial: path.contains('<'),
    }
}
