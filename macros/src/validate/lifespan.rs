//! The releases in which an item is there: `[since, until)`.

use std::cmp::Ordering;
use std::fmt;

use proc_macro2::Span;
use semver::Version;
use syn::LitStr;

use super::version::{self, Build};
use crate::attr::{Keys, Range};
use crate::errors::Errors;

/// What stands for a release that has no number yet.
const NEXT: &str = "next";

/// From the first release with the item to the first without it.
pub(crate) struct Lifespan {
    pub(crate) since: Bound,
    pub(crate) until: Option<Version>,
    /// Where the two are written.
    pub(crate) since_span: Span,
    pub(crate) until_span: Option<Span>,
}

/// The first release with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Version(Version),
    /// The one that is being made: `coexist stamp` writes its number in its place.
    Next,
}

impl Lifespan {
    /// Checks the bounds and their order; `keys` are those of the annotation.
    pub(crate) fn new(range: &Range, keys: &Keys, mistakes: &mut Errors) -> Option<Self> {
        let until = range.until.as_ref().map(|text| end(text, mistakes));
        let Some(since_text) = &range.since else {
            if !keys.may_hold("since") {
                mistakes.at(
                    Span::call_site(),
                    "missing `since`: say in which release this appears, `since = \"1.0.0\"`",
                );
            }
            return None;
        };
        let since = beginning(since_text, mistakes)?;
        let until = match until {
            Some(until) => Some(until?),
            None => None,
        };
        if let (Some(until), Some(text)) = (&until, &range.until) {
            check_end(&since, until, text, mistakes);
        }
        Some(Self {
            since,
            until,
            since_span: since_text.span(),
            until_span: range.until.as_ref().map(LitStr::span),
        })
    }
}

fn check_end(since: &Bound, until: &Version, text: &LitStr, mistakes: &mut Errors) {
    if since.partial_cmp(until) != Some(Ordering::Less) && *since != Bound::Next {
        mistakes.at(
            text.span(),
            format!("`until` is the first release without this: expected one after {since}"),
        );
    } else if let Some(Build { version, stated_by }) = Build::known()
        && *until <= version
    {
        mistakes.at(
            text.span(),
            format!(
                "this is gone in {until}, and this build is {version} (by {stated_by}): take it out, \
                 or let it stay longer"
            ),
        );
    }
}

fn beginning(text: &LitStr, mistakes: &mut Errors) -> Option<Bound> {
    if text.value() == NEXT {
        return Some(Bound::Next);
    }
    bound(text, mistakes).map(Bound::Version)
}

fn end(text: &LitStr, mistakes: &mut Errors) -> Option<Version> {
    if text.value() == NEXT {
        let message =
            "`until` is a release's version: what is gone in the next one is taken out now";
        mistakes.at(text.span(), message);
        return None;
    }
    bound(text, mistakes)
}

fn bound(text: &LitStr, mistakes: &mut Errors) -> Option<Version> {
    version::parse_bound(&text.value())
        .map_err(|message| mistakes.at(text.span(), message))
        .ok()
}

impl PartialEq<Version> for Bound {
    fn eq(&self, other: &Version) -> bool {
        matches!(self, Self::Version(version) if version == other)
    }
}

impl PartialOrd<Version> for Bound {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        Some(match self {
            Self::Version(version) => version.cmp(other),
            Self::Next => Ordering::Greater,
        })
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(f),
            Self::Next => f.write_str(NEXT),
        }
    }
}
