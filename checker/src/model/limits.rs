//! Whether all values that a form may send, and that its own handler accepts, are within a limit
//! of another handler. That is proved, or refuted by a value, or it stays undecided.

use super::lengths::{Lengths, longer_and_shorter};
use super::own_handler::is_unknown;
use super::tries::tries;
use crate::registry::{Constraint, Field, Value, values};
use crate::support::steps;

/// What becomes of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// All are accepted.
    Kept,
    /// This one is not.
    Refused(String),
    /// Perhaps all are, perhaps not.
    Undecided,
}

/// What is known of a value that is not empty, and is sent and accepted at home.
pub(super) struct Premises<'a> {
    /// The types of which it is.
    pub(super) values: Vec<&'a Value>,
    /// The limits within which it is.
    pub(super) limits: Vec<&'a Constraint>,
    is_json: bool,
}

impl<'a> Premises<'a> {
    /// What a form sends, and what its own handler reads it as, if that looks at the value.
    pub(super) fn new(sent: &'a Field, own: Option<&'a Field>, is_json: bool) -> Self {
        let fields = || std::iter::once(sent).chain(own);
        Self {
            values: fields().map(|field| &field.value).collect(),
            limits: fields().flat_map(|field| &field.constraints).collect(),
            is_json,
        }
    }

    /// Whether all values are within this limit.
    pub(super) fn fit(&self, limit: &Constraint) -> Fit {
        if *limit == (Constraint::Unknown {}) {
            return Fit::Kept;
        }
        if self.listed().is_none() && self.imply(limit) {
            return Fit::Kept;
        }
        let lengths = match limit {
            Constraint::Length { min, max, .. } => longer_and_shorter(*min, *max),
            _ => Vec::new(),
        };
        self.tried(|text| limit.holds(text), &lengths, Some(limit))
    }

    /// Whether it is known that a text is such a value.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        self.hold(text) == Some(true)
    }

    /// Whether all values are of this type.
    pub(super) fn fit_type(&self, value: &Value) -> Fit {
        self.tried(|text| Some(value.has(text)), &[], None)
    }

    /// Asks for each of the values, if these are a few, or for some that may be among them.
    fn tried(
        &self,
        accepts: impl Fn(&str) -> Option<bool>,
        lengths: &[u64],
        limit: Option<&Constraint>,
    ) -> Fit {
        let listed = self.listed();
        let is_all = listed.is_some();
        let texts = listed.unwrap_or_else(|| tries(self, lengths, limit));
        let mut is_decided = is_all;
        for text in texts {
            steps::count(1 + text.len() / 64);
            if steps::is_used_up() {
                return Fit::Undecided;
            }
            match (self.hold(&text), accepts(&text)) {
                (Some(true), Some(false)) => return Fit::Refused(text),
                (Some(false), _) | (_, Some(true)) => {}
                (_, None) | (None, Some(false)) => is_decided = false,
            }
        }
        if is_decided {
            Fit::Kept
        } else {
            Fit::Undecided
        }
    }

    /// The values that are not empty, if they are a few.
    fn listed(&self) -> Option<Vec<String>> {
        let mut listed = self.values.iter().find_map(|value| values::listed(value))?;
        listed.retain(|text| !text.is_empty());
        Some(listed)
    }

    /// Whether a text is such a value; `None`: that is not known.
    fn hold(&self, text: &str) -> Option<bool> {
        let of_type = self.values.iter().map(|value| {
            if is_unknown(value, self.is_json) {
                None
            } else {
                Some(value.has(text))
            }
        });
        let within = self.limits.iter().map(|limit| limit.holds(text));
        let mut all = Some(true);
        for answer in of_type.chain(within) {
            match answer {
                Some(false) => return Some(false),
                Some(true) => {}
                None => all = None,
            }
        }
        all
    }

    /// Whether it is proved that all values are within the limit.
    fn imply(&self, limit: &Constraint) -> bool {
        if self.limits.contains(&limit) {
            return true;
        }
        match limit {
            Constraint::Length { unit, min, max } => {
                Lengths::of(self, *unit).are_within(*min, *max)
            }
            Constraint::Range {
                min,
                max,
                above,
                below,
            } => {
                let [least, greatest] = self.bounds();
                let is = |bound: &Option<serde_json::Number>, fits: &dyn Fn(f64) -> bool| {
                    let bound = bound.as_ref();
                    bound.is_none_or(|bound| bound.as_f64().is_some_and(fits))
                };
                is(min, &|min| min <= least)
                    && is(above, &|above| above < least)
                    && is(max, &|max| greatest <= max)
                    && is(below, &|below| greatest < below)
            }
            Constraint::Pattern { pattern } => {
                let Some(taken) = pattern.texts() else {
                    return false;
                };
                let mut limits = self.limits.iter();
                limits.any(|limit| match limit {
                    Constraint::Pattern { pattern } => taken.has_all_of(&pattern.all_texts()),
                    _ => false,
                })
            }
            Constraint::Email {} | Constraint::Url {} | Constraint::Unknown {} => false,
        }
    }

    /// Between which numbers a value is that is one; the greatest one that is not reached stands
    /// for it.
    fn bounds(&self) -> [f64; 2] {
        let (mut least, mut greatest) = (f64::NEG_INFINITY, f64::INFINITY);
        for value in &self.values {
            if let Value::Integer { min, max } = value {
                #[expect(clippy::cast_precision_loss, reason = "the nearest number is meant")]
                let [min, max] = [min, max].map(|bound| bound.map(|bound| bound as f64));
                least = least.max(min.unwrap_or(f64::NEG_INFINITY));
                greatest = greatest.min(max.unwrap_or(f64::INFINITY));
            }
        }
        for limit in &self.limits {
            if let Constraint::Range {
                min,
                max,
                above,
                below,
            } = limit
            {
                for bound in [min, above] {
                    let bound = bound.as_ref().and_then(serde_json::Number::as_f64);
                    least = least.max(bound.unwrap_or(f64::NEG_INFINITY));
                }
                for bound in [max, below] {
                    let bound = bound.as_ref().and_then(serde_json::Number::as_f64);
                    greatest = greatest.min(bound.unwrap_or(f64::INFINITY));
                }
            }
        }
        [least, greatest]
    }
}

#[cfg(test)]
mod tests;
