//! The releases that contain an item: `[since, until)`.

use std::cmp::Ordering;
use std::fmt;

use proc_macro2::Span;
use semver::Version;
use syn::LitStr;

use crate::annotation::keys::{Keys, Range};
use crate::errors::Errors;
use crate::version::{self, NEXT};

/// The releases from the first with the item to the last before the first without it.
pub struct Lifespan {
    /// The first release with the item.
    pub since: Bound,
    /// The first release without it, if that is announced.
    pub until: Option<Version>,
    /// Where `since` is written.
    pub since_span: Span,
    /// Where `until` is written.
    pub until_span: Option<Span>,
}

/// The first release with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// This release.
    Version(Version),
    /// The release that is in development: `coexist stamp` replaces it by a version.
    Next,
}

/// The release that a build is.
pub struct BuildRelease {
    /// Its version.
    pub version: Version,
    /// What has the version, for a message: "the version of package `x`".
    pub source: String,
}

impl Lifespan {
    /// Checks the bounds and their order. `keys` are those of the annotation; `build` returns the
    /// release that is being built, if that is known, and is called only where it matters.
    pub fn new(
        range: &Range,
        keys: &Keys,
        build: fn() -> Option<BuildRelease>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let until = range.until.as_ref().map(|text| end(text, errors));
        let Some(since_text) = &range.since else {
            if !keys.may_hold("since") {
                errors.push(
                    Span::call_site(),
                    "missing `since`: add the release in which this first appears, such as \
                     `since = \"1.0.0\"`, or `since = \"next\"`",
                );
            }
            return None;
        };
        let since = beginning(since_text, errors)?;
        let until = match until {
            Some(until) => Some(until?),
            None => None,
        };
        if let (Some(until), Some(text)) = (&until, &range.until) {
            check_end(&since, until, text, build, errors);
        }
        Some(Self {
            since,
            until,
            since_span: since_text.span(),
            until_span: range.until.as_ref().map(LitStr::span),
        })
    }
}

fn check_end(
    since: &Bound,
    until: &Version,
    text: &LitStr,
    build: fn() -> Option<BuildRelease>,
    errors: &mut Errors,
) {
    if since.partial_cmp(until) != Some(Ordering::Less) && *since != Bound::Next {
        errors.push(
            text.span(),
            format!(
                "`until` must be later than `since` ({since}): it is the first release without this item"
            ),
        );
    } else if let Some(BuildRelease { version, source }) = build()
        && *until <= version
    {
        errors.push(
            text.span(),
            format!(
                "`until = \"{until}\"` has been reached: this build is {version} ({source}). Remove \
                 the item, or set a later `until`"
            ),
        );
    }
}

fn beginning(text: &LitStr, errors: &mut Errors) -> Option<Bound> {
    let value = text.value();
    if value == NEXT {
        return Some(Bound::Next);
    }
    if is_next(&value) {
        errors.push(
            text.span(),
            format!("`{value}` is not a version: write \"{NEXT}\""),
        );
        return None;
    }
    bound(text, errors).map(Bound::Version)
}

fn end(text: &LitStr, errors: &mut Errors) -> Option<Version> {
    if is_next(&text.value()) {
        let message = "`until` cannot be \"next\": remove the item now if the next release should \
                       not contain it";
        errors.push(text.span(), message);
        return None;
    }
    bound(text, errors)
}

/// Whether the text is `next`, perhaps with another case.
fn is_next(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case(NEXT)
}

fn bound(text: &LitStr, errors: &mut Errors) -> Option<Version> {
    let value = text.value();
    let bound = version::parse_bound(&value);
    errors.ok_at(text.span(), bound.map_err(|error| error.of_literal(&value)))
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
