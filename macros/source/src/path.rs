//! Path patterns as annotations write them, in axum's syntax: `/imports/{id}`, `/static/{*rest}`.
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
    /// It contains a character that ends a path or cannot be in one.
    Character(char),
    /// A parameter is written as another framework does; how it is written here.
    Braces(String),
    /// A catch-all parameter is written as another framework does; its name.
    CatchAllBraces(String),
    /// The braces of a segment do not make a parameter.
    Unbalanced(String),
    /// A segment contains several parameters.
    SeveralParameters(String),
    /// The segment of `{*rest}` contains more than the parameter; the parameter.
    BesideCatchAll(String),
    /// Something comes after `{*rest}`; its name.
    AfterCatchAll(String),
    /// A parameter has no name; its segment.
    NoName(String),
    /// A parameter has a regular expression; the parameter without it.
    Regex(String),
    /// This cannot be the name of a parameter.
    Name(String),
    /// Two parameters have this name.
    Duplicate(String),
    /// It has so many segments.
    TooManySegments(usize),
}

/// How many segments a path may have. A router visits them recursively, so that the stack
/// bounds their number.
pub const MAX_SEGMENTS: usize = 256;

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
    let count = path[1..].split('/').count();
    if count > MAX_SEGMENTS {
        return Err(PathError::TooManySegments(count));
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
            return Err(PathError::AfterCatchAll(name.to_owned()));
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

/// The names of the parameters of a path that was checked, without the star of a catch-all.
pub fn parameters(path: &str) -> impl Iterator<Item = &str> {
    let parameters = path
        .split('/')
        .filter_map(|segment| parameter(segment).ok().flatten());
    parameters.map(|name| name.trim_start_matches('*'))
}

/// The parameter in a segment, without its braces.
fn parameter(segment: &str) -> Result<Option<&str>, PathError> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(PathError::Braces(name.to_owned()));
    }
    if let Some(name) = segment.strip_prefix('*') {
        return Err(PathError::CatchAllBraces(name.to_owned()));
    }
    if let Some(name) = segment
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    {
        return Err(match name.strip_suffix("..") {
            Some(name) => PathError::CatchAllBraces(name.to_owned()),
            None => PathError::Braces(name.to_owned()),
        });
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
        return Err(PathError::BesideCatchAll(name.to_owned()));
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
        Some((bare, ".*" | ".+")) => PathError::Regex(format!("*{bare}")),
        Some((bare, _)) => PathError::Regex(bare.to_owned()),
        None => PathError::Name(name.to_owned()),
    })
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => f.write_str("expected only a path: remove the scheme and the host"),
            Self::NoSlash(path) => write!(f, "a path must start with a slash: write \"/{path}\""),
            Self::Character('?') => {
                f.write_str("a path cannot contain a query: remove it from the `?` on")
            }
            Self::Character('#') => {
                f.write_str("a path cannot contain a fragment: browsers do not send it")
            }
            Self::Character(' ') => f.write_str("a path cannot contain a space: write `%20`"),
            Self::Character(c) if c.is_whitespace() || c.is_control() => {
                write!(f, "a path cannot contain `{}`", c.escape_debug())
            }
            Self::Character(c) => write!(f, "a path cannot contain `{c}`"),
            Self::Braces(name) => write!(f, "write path parameters in braces: `{{{name}}}`"),
            Self::CatchAllBraces(name) => {
                write!(f, "write a catch-all parameter as `{{*{name}}}`")
            }
            Self::Unbalanced(segment) => write!(
                f,
                "`{segment}` is not a valid parameter: expected `{{name}}`. To write a literal \
                 brace, double it: `{{{{`"
            ),
            Self::SeveralParameters(segment) => write!(
                f,
                "`{segment}` has several parameters: a segment can have only one parameter"
            ),
            Self::BesideCatchAll(name) => write!(
                f,
                "the catch-all parameter `{{{name}}}` must be a whole segment"
            ),
            Self::AfterCatchAll(name) => write!(
                f,
                "the catch-all parameter `{{*{name}}}` must be the last segment"
            ),
            Self::NoName(segment) => write!(
                f,
                "the parameter in `{segment}` has no name: expected `{{name}}`"
            ),
            Self::Regex(name) => write!(
                f,
                "a path parameter cannot contain a regular expression: write `{{{name}}}`"
            ),
            Self::Name(name) => write!(
                f,
                "`{name}` is not a valid parameter name: expected letters, digits, `_` or `-`"
            ),
            Self::Duplicate(name) => write!(f, "duplicate path parameter `{{{name}}}`"),
            Self::TooManySegments(count) => write!(
                f,
                "the path has {count} segments: at most {MAX_SEGMENTS} can be compared"
            ),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::{MAX_SEGMENTS, PathError, check, parameters};

    #[test]
    fn a_path_has_a_limited_number_of_segments() {
        assert_eq!(check(&"/a".repeat(MAX_SEGMENTS)), Ok(()));
        let error = check(&"/a".repeat(11_400)).unwrap_err();
        assert_eq!(error, PathError::TooManySegments(11_400));
        assert_eq!(
            error.to_string(),
            "the path has 11400 segments: at most 256 can be compared"
        );
    }

    #[test]
    fn parameters_are_known_by_their_names() {
        let names: Vec<&str> = parameters("/{id}/v{{1}}/{a}.txt/{*rest}").collect();
        assert_eq!(names, ["id", "a", "rest"]);
    }

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
