//! Path patterns as annotations state them, in axum's syntax: `/imports/{id}`, `/static/{*rest}`.
//! A brace that is part of the path is doubled.

use std::collections::HashSet;
use std::fmt;

/// Why a text is not a path pattern.
#[derive(Debug, PartialEq, Eq)]
pub enum PathError {
    /// It is a whole address.
    Address,
    /// It does not begin with a slash.
    NoSlash(String),
    /// It holds a character that ends a path or cannot be in one.
    Character(char),
    /// A parameter is written as another framework does; how it is written here.
    Braces(String),
    /// The rest of the path is written as another framework does; its name.
    RestBraces(String),
    /// The braces of a segment do not make a parameter.
    Unbalanced(String),
    /// A segment holds several parameters.
    SeveralParameters(String),
    /// Something stands beside `{*rest}` in its segment; the parameter.
    BesideRest(String),
    /// Something comes after `{*rest}`; its name.
    AfterRest(String),
    /// A parameter has no name; its segment.
    NoName(String),
    /// A parameter has a regular expression; its name.
    Regex(String),
    /// This cannot be the name of a parameter.
    Name(String),
    /// Two parameters have this name.
    Duplicate(String),
}

/// Checks a path pattern.
///
/// # Errors
///
/// Says what is wrong with the first broken part.
pub fn check(path: &str) -> Result<(), PathError> {
    if path.contains("://") {
        return Err(PathError::Address);
    }
    if !path.starts_with('/') {
        return Err(PathError::NoSlash(path.to_owned()));
    }
    let mut names = HashSet::new();
    let mut segments = path[1..].split('/').peekable();
    while let Some(segment) = segments.next() {
        let Some(parameter) = parameter(segment)? else {
            continue;
        };
        let (name, is_rest) = match parameter.strip_prefix('*') {
            Some(name) => (name, true),
            None => (parameter, false),
        };
        check_name(name, segment)?;
        if is_rest && segments.peek().is_some() {
            return Err(PathError::AfterRest(name.to_owned()));
        }
        if !names.insert(name) {
            return Err(PathError::Duplicate(name.to_owned()));
        }
    }
    let is_foreign = |c: &char| {
        matches!(c, '?' | '#' | '\\' | '<' | '>' | '"') || c.is_whitespace() || c.is_control()
    };
    match path.chars().find(is_foreign) {
        Some(c) => Err(PathError::Character(c)),
        None => Ok(()),
    }
}

/// The parameter in a segment, without its braces.
fn parameter(segment: &str) -> Result<Option<&str>, PathError> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(PathError::Braces(name.to_owned()));
    }
    if let Some(name) = segment.strip_prefix('*') {
        return Err(PathError::RestBraces(name.to_owned()));
    }
    if let Some(name) = segment
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let star = if name.ends_with("..") { "*" } else { "" };
        let name = name.trim_end_matches('.');
        return Err(PathError::Braces(format!("{star}{name}")));
    }
    let literal = segment.replace("{{", "").replace("}}", "");
    if !literal.contains(['{', '}']) {
        return Ok(None);
    }
    let unbalanced = || PathError::Unbalanced(segment.to_owned());
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
        return Err(PathError::SeveralParameters(segment.to_owned()));
    }
    if name.starts_with('*') && !(before.is_empty() && after.is_empty()) {
        return Err(PathError::BesideRest(name.to_owned()));
    }
    Ok(Some(name))
}

fn check_name(name: &str, segment: &str) -> Result<(), PathError> {
    if name.is_empty() {
        return Err(PathError::NoName(segment.to_owned()));
    }
    let is_name = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if is_name {
        return Ok(());
    }
    Err(match name.split_once(':') {
        Some((bare, _)) => PathError::Regex(bare.to_owned()),
        None => PathError::Name(name.to_owned()),
    })
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => f.write_str(
                "expected a path alone, \"/path\": the app's own address is not part of it",
            ),
            Self::NoSlash(path) => write!(f, "a path begins with a slash: \"/{path}\""),
            Self::Character('?') => {
                f.write_str("a path ends before the `?`: the query is not part of it")
            }
            Self::Character('#') => {
                f.write_str("a path ends before the `#`: requests do not contain what follows")
            }
            Self::Character(' ') => f.write_str("a space in a path is written `%20`"),
            Self::Character(c) if c.is_whitespace() || c.is_control() => {
                write!(f, "a path cannot contain {c:?}")
            }
            Self::Character(c) => write!(f, "a path cannot contain `{c}`"),
            Self::Braces(name) => write!(f, "a parameter is written in braces: `{{{name}}}`"),
            Self::RestBraces(name) => {
                write!(f, "the rest of a path is written in braces: `{{*{name}}}`")
            }
            Self::Unbalanced(segment) => write!(
                f,
                "`{segment}` is not a valid parameter: expected `{{name}}`. A brace that is part \
                 of the path is doubled"
            ),
            Self::SeveralParameters(segment) => write!(
                f,
                "`{segment}` has several parameters: a segment can have one, `{{name}}`"
            ),
            Self::BesideRest(name) => write!(
                f,
                "`{{{name}}}` matches whole segments: nothing can stand beside it"
            ),
            Self::AfterRest(name) => write!(
                f,
                "`{{*{name}}}` matches the rest of the path: nothing can come after it"
            ),
            Self::NoName(segment) => write!(
                f,
                "the parameter in `{segment}` has no name: expected `{{name}}`"
            ),
            Self::Regex(name) => write!(
                f,
                "a parameter is a name alone, `{{{name}}}`: a regular expression goes into \
                 actix-web's own attribute on the function, `#[get(\"…\")]`, instead"
            ),
            Self::Name(name) => write!(
                f,
                "`{name}` is not a valid parameter name: expected letters, digits, `_` or `-`"
            ),
            Self::Duplicate(name) => write!(f, "the parameter `{{{name}}}` is used twice"),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn paths_of_axum_are_accepted() {
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
            assert_eq!(check(path), Ok(()), "{path}");
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
            assert!(check(path).is_err(), "{path}");
        }
    }
}
