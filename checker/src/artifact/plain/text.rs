//! Takes the text of a record apart, as the macros write it: literals, texts without escapes,
//! numbers.

#![allow(
    clippy::option_option,
    reason = "the outer one: not plain; the inner one: absent"
)]

use serde::Deserialize;

use crate::registry::wire::named;

/// What is still to be read.
pub(super) struct Text<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    pub(super) fn take(&mut self, literal: &str) -> bool {
        let rest = self.0.strip_prefix(literal);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, literal: &str) -> Option<()> {
        self.take(literal).then_some(())
    }

    /// A text up to its quote, which is passed over; not if it needs a closer look.
    pub(super) fn until_quote(&mut self) -> Option<&'a str> {
        let end = self
            .0
            .bytes()
            .position(|b| b == b'"' || b == b'\\' || b < b' ')?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    pub(super) fn id(&mut self) -> Option<String> {
        let id = self.until_quote()?;
        let is_raw = id.starts_with("r#") || id.contains("::r#");
        (!is_raw).then(|| id.to_owned())
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        let end = self
            .0
            .bytes()
            .position(|b| !b.is_ascii_digit() && b != b'-')?;
        let (digits, rest) = self.0.split_at(end);
        // JSON has neither `007` nor `-0`.
        let is_plain = !digits.trim_start_matches('-').starts_with('0') || digits == "0";
        self.0 = rest;
        digits.parse().ok().filter(|_| is_plain)
    }

    /// The value of a key that may be missing, by its name.
    pub(super) fn named<T: Deserialize<'a>>(&mut self, key: &str) -> Option<Option<T>> {
        match self.value_of(key)? {
            None => Some(None),
            Some(name) => named(name).map(Some),
        }
    }

    /// The text of a key that may be missing.
    pub(super) fn text(&mut self, key: &str) -> Option<Option<String>> {
        self.value_of(key).map(|text| text.map(str::to_owned))
    }

    pub(super) fn value_of(&mut self, key: &str) -> Option<Option<&'a str>> {
        let rest = self.0.strip_prefix(",\"");
        let rest = rest.and_then(|rest| rest.strip_prefix(key)?.strip_prefix("\":\""));
        let Some(rest) = rest else {
            return Some(None);
        };
        self.0 = rest;
        self.until_quote().map(Some)
    }
}
