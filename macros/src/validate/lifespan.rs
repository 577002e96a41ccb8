//! The releases in which an item is there: `[since, until)`.

use proc_macro2::Span;
use semver::Version;
use syn::LitStr;

use super::version;
use crate::attr::{Keys, Range};
use crate::mistakes::Mistakes;

/// From the first release with the item to the first without it.
pub(crate) struct Lifespan {
    pub(crate) since: Version,
    pub(crate) until: Option<Version>,
}

impl Lifespan {
    /// Checks the bounds and their order; `keys` are those of the annotation.
    pub(crate) fn new(range: &Range, keys: &Keys, mistakes: &mut Mistakes) -> Option<Self> {
        let until = range.until.as_ref().map(|text| bound(text, mistakes));
        let Some(since_text) = &range.since else {
            if !keys.may_hold("since") {
                mistakes.at(
                    Span::call_site(),
                    "missing `since`: say in which release this appears, `since = \"1.0.0\"`",
                );
            }
            return None;
        };
        let since = bound(since_text, mistakes)?;
        let until = match until {
            Some(until) => Some(until?),
            None => None,
        };
        if let (Some(until), Some(text)) = (&until, &range.until)
            && *until <= since
        {
            mistakes.at(
                text.span(),
                format!("`until` is the first release without this: expected one after {since}"),
            );
        }
        Some(Self { since, until })
    }
}

fn bound(text: &LitStr, mistakes: &mut Mistakes) -> Option<Version> {
    version::parse_bound(&text.value())
        .map_err(|message| mistakes.at(text.span(), message))
        .ok()
}
