//! What an address in a page says about where a request goes.
//!
//! <https://url.spec.whatwg.org/#url-parsing>

mod expression;
mod names;
mod path;
mod query;
mod resolve;
#[cfg(test)]
mod tests;

use crate::form::Url;
use crate::value::{Part, Value};

pub(crate) use self::query::query;
pub use self::resolve::resolve;

/// The longest address that is read, in bytes: servers commonly refuse longer ones.
const LONGEST: usize = 8192;

/// What the addresses of a page are relative to: its `<base href>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The page's own address.
    Page,
    /// This path.
    Path(String),
    /// This path, itself relative to the page's own.
    Relative(String),
    /// Another site.
    Elsewhere,
    /// An expression.
    Unknown,
}

impl Base {
    /// What an `href` of `<base>` says.
    pub(crate) fn new(href: &Value) -> Self {
        let parts = clean(href);
        if let [Part::Text(text), ..] = parts.as_slice()
            && scheme(text).is_some_and(|scheme| is_one_of(scheme, &["data", "javascript"]))
        {
            return Self::Page;
        }
        match url(href, &Self::Page) {
            None => Self::Elsewhere,
            Some(Url::Page) => Self::Page,
            Some(Url::Path(path)) => Self::Path(path),
            Some(Url::Relative(path)) => Self::Relative(path),
            Some(_) => Self::Unknown,
        }
    }
}

/// Where a request to an address goes; `None`: out of the app, for sure.
pub(crate) fn url(value: &Value, base: &Base) -> Option<Url> {
    let parts = clean(value);
    match parts.as_slice() {
        [] => relative("", base),
        [Part::Text(text), rest @ ..] if names_host(text) && leaves_app(text, rest) => None,
        _ if value.size() > LONGEST => Some(Url::Unknown("…".to_owned())),
        [Part::Hole(first), rest @ ..] => Some(behind_hole(first, rest, value)),
        [Part::Text(text), ..] if text.starts_with(['?', '#']) => relative("", base),
        [Part::Text(text), ..] if names_host(text) => Some(Url::Unknown(value.written())),
        [Part::Text(text), ..] if text.starts_with('/') => match base {
            Base::Elsewhere => None,
            _ => Some(Url::Path(path::absolute(&parts))),
        },
        _ => relative(&path::relative(&parts), base),
    }
}

fn relative(path: &str, base: &Base) -> Option<Url> {
    match base {
        Base::Page if path.is_empty() => Some(Url::Page),
        Base::Page => Some(Url::Relative(path.to_owned())),
        Base::Path(base) => Some(Url::Path(resolve(base, path))),
        Base::Relative(base) if path.is_empty() => Some(Url::Relative(base.clone())),
        Base::Relative(base) => {
            let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
            let slash = if folder.is_empty() { "" } else { "/" };
            Some(Url::Relative(format!("{folder}{slash}{path}")))
        }
        Base::Elsewhere => None,
        Base::Unknown => Some(Url::Based(resolve("/", path))),
    }
}

/// An address that begins with an expression.
fn behind_hole(first: &str, rest: &[Part], value: &Value) -> Url {
    let handler = expression::handler(first);
    match (rest, handler) {
        ([], Some((path, constant))) => Url::Handler { path, constant },
        ([Part::Text(text), ..], Some((path, constant))) if text.starts_with(['?', '#']) => {
            Url::Handler { path, constant }
        }
        ([Part::Text(text), ..], None) if text.starts_with('/') => Url::Based(path::absolute(rest)),
        ([], None) => Url::Unknown(first.to_owned()),
        ([Part::Text(text), ..], None) if text.starts_with(['?', '#']) => {
            Url::Unknown(first.to_owned())
        }
        _ => Url::Unknown(value.written()),
    }
}

/// The address as the URL parser begins with it: without whitespace around it,
/// tabs and line breaks, and with slashes alone in its path.
fn clean(value: &Value) -> Vec<Part> {
    let parts = value.parts();
    let mut is_path = true;
    let clean = parts.iter().enumerate().map(|(index, part)| {
        let Part::Text(text) = part else {
            return part.clone();
        };
        let is_outer = |c: char| c.is_ascii_control() || c == ' ';
        let mut text = text.as_str();
        if index == 0 {
            text = text.trim_start_matches(is_outer);
            text = without_scheme(text);
        }
        if index + 1 == parts.len() {
            text = text.trim_end_matches(is_outer);
        }
        let kept = text.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
        let kept = kept.map(|c| {
            is_path &= !matches!(c, '?' | '#');
            if c == '\\' && is_path { '/' } else { c }
        });
        Part::Text(kept.collect())
    });
    let is_empty = |part: &Part| *part == Part::Text(String::new());
    clean.filter(|part| !is_empty(part)).collect()
}

/// An address without a scheme that says nothing of a host: `http:a` is relative to a page
/// of the same scheme.
fn without_scheme(text: &str) -> &str {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    match text.split_once(':') {
        Some((scheme, rest))
            if is_one_of(scheme, &["http", "https"])
                && !rest.is_empty()
                && !(rest.starts_with(is_slash)
                    && rest.get(1..).unwrap_or_default().starts_with(is_slash)) =>
        {
            rest
        }
        _ => text,
    }
}

fn is_one_of(scheme: &str, names: &[&str]) -> bool {
    names.iter().any(|name| scheme.eq_ignore_ascii_case(name))
}

/// Whether an address begins with a host, or with a scheme that has none.
fn names_host(text: &str) -> bool {
    text.starts_with("//") || scheme(text).is_some()
}

/// Whether an address that begins so is out of the app for sure:
/// `https://{{ host }}/x` may come back to it, `intent://{{ host }}` does not.
fn leaves_app(text: &str, rest: &[Part]) -> bool {
    let host = text.split_once("//").map_or(text, |(_, host)| host);
    let is_http = |scheme: &str| matches!(&*scheme.to_ascii_lowercase(), "http" | "https");
    let is_other = scheme(text).is_some_and(|scheme| !is_http(scheme));
    is_other || !text.contains("//") || host.contains('/') || rest.is_empty()
}

/// The scheme that an address names: `mailto`.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let is_named =
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_scheme);
    is_named.then_some(scheme)
}
