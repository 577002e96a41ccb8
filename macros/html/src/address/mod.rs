//! What an address in a page says about where a request goes.
//!
//! <https://url.spec.whatwg.org/#url-parsing>

mod expression;
mod path;
mod query;
mod resolve;
#[cfg(test)]
mod tests;

use crate::Url;
use crate::read::value::{Bit, Value};

pub(crate) use self::query::query;
pub use self::resolve::resolve;

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
    let bits = clean(value);
    match bits.as_slice() {
        [] => Some(Url::Page),
        [Bit::Hole(first), rest @ ..] => Some(behind_hole(first, rest, value)),
        [Bit::Text(text), ..] if text.starts_with('#') => Some(Url::Page),
        [Bit::Text(text), ..] if text.starts_with('?') => match base {
            Base::Page => Some(Url::Page),
            base => relative("", base),
        },
        [Bit::Text(text), rest @ ..] if text.starts_with("//") || has_scheme(text) => {
            // `https://{{ host }}/x` may come back to the app.
            let host = text
                .split_once("//")
                .map_or(text.as_str(), |(_, host)| host);
            let is_host_open = text.contains("//") && !host.contains('/') && !rest.is_empty();
            is_host_open.then(|| Url::Unknown(value.written()))
        }
        [Bit::Text(text), ..] if text.starts_with('/') => match base {
            Base::Elsewhere => None,
            _ => Some(Url::Path(path::absolute(&bits))),
        },
        _ => relative(&path::relative(&bits), base),
    }
}

fn relative(path: &str, base: &Base) -> Option<Url> {
    match base {
        Base::Page => Some(Url::Relative(path.to_owned())),
        Base::Path(base) => Some(Url::Path(resolve(base, path))),
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
fn behind_hole(first: &str, rest: &[Bit], value: &Value) -> Url {
    let handler = expression::handler(first);
    match (rest, handler) {
        ([], Some((path, constant))) => Url::Handler { path, constant },
        ([Bit::Text(text), ..], Some((path, constant))) if text.starts_with(['?', '#']) => {
            Url::Handler { path, constant }
        }
        ([Bit::Text(text), ..], None) if text.starts_with('/') => Url::Based(path::absolute(rest)),
        ([], None) => Url::Unknown(first.to_owned()),
        ([Bit::Text(text), ..], None) if text.starts_with(['?', '#']) => {
            Url::Unknown(first.to_owned())
        }
        _ => Url::Unknown(value.written()),
    }
}

/// The address as the URL parser begins with it: without whitespace around it,
/// tabs and line breaks, and with slashes alone in its path.
fn clean(value: &Value) -> Vec<Bit> {
    let bits = value.bits();
    let mut is_path = true;
    let clean = bits.iter().enumerate().map(|(index, bit)| {
        let Bit::Text(text) = bit else {
            return bit.clone();
        };
        let is_outer = |c: char| c.is_ascii_control() || c == ' ';
        let mut text = text.as_str();
        if index == 0 {
            text = text.trim_start_matches(is_outer);
        }
        if index + 1 == bits.len() {
            text = text.trim_end_matches(is_outer);
        }
        let kept = text.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
        let kept = kept.map(|c| {
            is_path &= !matches!(c, '?' | '#');
            if c == '\\' && is_path { '/' } else { c }
        });
        Bit::Text(kept.collect())
    });
    let is_empty = |bit: &Bit| *bit == Bit::Text(String::new());
    clean.filter(|bit| !is_empty(bit)).collect()
}

/// Whether an address names a scheme: `mailto:`.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_scheme)
}
