//! An endpoint: a method of HTTP and a path pattern, as axum writes it.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::LitStr;

use crate::attr::listed;
use crate::errors::Errors;

/// The methods that a handler can serve (RFC 9110, section 9, and RFC 5789).
const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE",
];

/// An endpoint whose method exists and whose path is a path.
pub(crate) struct Endpoint {
    pub(crate) method: String,
    pub(crate) path: String,
}

impl Endpoint {
    /// Checks `METHOD "path"`.
    pub(crate) fn new(method: &Ident, path: &LitStr, mistakes: &mut Errors) -> Option<Self> {
        let method = stated_method(method, mistakes);
        let path = stated_path(path, mistakes);
        Some(Self {
            method: method?,
            path: path?,
        })
    }
}

/// The method that a word states, if HTTP has it.
pub(super) fn stated_method(word: &Ident, mistakes: &mut Errors) -> Option<String> {
    let method = word.to_string();
    check_method(&method)
        .map_err(|message| mistakes.at(word.span(), message))
        .ok()?;
    Some(method)
}

/// The path pattern that a text states, if it is one.
pub(super) fn stated_path(text: &LitStr, mistakes: &mut Errors) -> Option<String> {
    let path = text.value();
    check_path(&path)
        .map_err(|message| mistakes.at(text.span(), message))
        .ok()?;
    Some(path)
}

/// Checks that HTTP has the method.
pub(super) fn check_method(method: &str) -> Result<(), String> {
    if METHODS.contains(&method) {
        return Ok(());
    }
    let capitals = method.to_ascii_uppercase();
    if METHODS.contains(&capitals.as_str()) {
        return Err(format!("methods are written in capitals: `{capitals}`"));
    }
    Err(format!(
        "`{method}` is not an HTTP method: expected {}",
        listed(&METHODS)
    ))
}

/// Checks a path pattern.
pub(super) fn check_path(path: &str) -> Result<(), String> {
    if path.contains("://") {
        return Err(
            "expected a path alone, \"/path\": the app's own address is not part of it".to_owned(),
        );
    }
    if !path.starts_with('/') {
        return Err(format!("a path begins with a slash: \"/{path}\""));
    }
    let mut names = HashSet::new();
    let mut segments = path[1..].split('/').peekable();
    while let Some(segment) = segments.next() {
        let Some(parameter) = parameter(segment)? else {
            continue;
        };
        let (name, is_catch_all) = match parameter.strip_prefix('*') {
            Some(name) => (name, true),
            None => (parameter, false),
        };
        check_name(name, segment)?;
        if is_catch_all && segments.peek().is_some() {
            return Err(format!(
                "`{{*{name}}}` takes the rest of the path: nothing can come after it"
            ));
        }
        if !names.insert(name) {
            return Err(format!("the parameter `{{{name}}}` is there twice"));
        }
    }
    path.chars().try_for_each(check_char)
}

fn check_char(c: char) -> Result<(), String> {
    match c {
        '?' => Err("a path ends before the `?`: the query is no part of it".to_owned()),
        '#' => Err("a path ends before the `#`: no request holds what follows".to_owned()),
        ' ' => Err("a space in a path is written `%20`".to_owned()),
        '\\' | '<' | '>' | '"' => Err(format!("a path holds no `{c}`")),
        c if c.is_whitespace() || c.is_control() => Err(format!("a path holds no {c:?}")),
        _ => Ok(()),
    }
}

/// The parameter in a segment, without its braces.
fn parameter(segment: &str) -> Result<Option<&str>, String> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(format!("a parameter is written in braces: `{{{name}}}`"));
    }
    if let Some(name) = segment.strip_prefix('*') {
        return Err(format!(
            "the rest of a path is written in braces: `{{*{name}}}`"
        ));
    }
    if let Some(name) = segment
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let star = if name.ends_with("..") { "*" } else { "" };
        let name = name.trim_end_matches('.');
        return Err(format!(
            "a parameter is written in braces: `{{{star}{name}}}`"
        ));
    }
    // A brace that is part of the path is written twice.
    let literal = segment.replace("{{", "").replace("}}", "");
    if !literal.contains(['{', '}']) {
        return Ok(None);
    }
    let unbalanced = || {
        format!(
            "`{segment}` is no parameter, `{{name}}`: a brace that is meant as such is written twice"
        )
    };
    let open = segment.find('{').ok_or_else(unbalanced)?;
    let close = segment.find('}').ok_or_else(unbalanced)?;
    if close < open || segment[open + 1..close].contains('{') {
        return Err(unbalanced());
    }
    let (before, name, after) = (
        &segment[..open],
        &segment[open + 1..close],
        &segment[close + 1..],
    );
    if after.contains(['{', '}']) {
        return Err(format!(
            "`{segment}`: a segment holds one parameter, `{{name}}`"
        ));
    }
    if name.starts_with('*') && !(before.is_empty() && after.is_empty()) {
        return Err(format!(
            "`{{{name}}}` stands for whole segments: nothing can stand beside it"
        ));
    }
    Ok(Some(name))
}

fn check_name(name: &str, segment: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err(format!(
            "the parameter in `{segment}` has no name: expected `{{name}}`"
        ));
    }
    let is_name = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if is_name {
        return Ok(());
    }
    if let Some((bare, _)) = name.split_once(':') {
        return Err(format!(
            "a parameter is a name alone, `{{{bare}}}`: a regular expression is stated in \
             actix-web's own attribute on the function, `#[get(\"…\")]`, instead of here"
        ));
    }
    Err(format!(
        "`{name}` is not a parameter's name: expected letters, digits, `_` or `-`"
    ))
}

#[cfg(test)]
mod tests {
    use super::check_path;

    #[test]
    fn paths_that_axum_takes_are_taken() {
        for path in [
            "/",
            "/imports/csv",
            "/a/",
            "/{id}",
            "/a/{id}/b/{other}",
            "/static/{*rest}",
            "/v1.{ext}",
            "/literal/{{id}}",
            "/ä",
        ] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn broken_paths_are_refused() {
        for path in [
            "",
            "imports",
            "/{id",
            "/id}",
            "/}{",
            "/{}",
            "/{*}",
            "/{*rest}/more",
            "/{a}{b}",
            "/:id",
            "/*rest",
            "/a b",
            "/a?b=1",
            "/a#b",
            "/{id}/{id}",
            "/x{*rest}",
            "/{a.b}",
            "/<id>",
            "https://a/b",
            "/a\\b",
            "/{{id}",
        ] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }
}
