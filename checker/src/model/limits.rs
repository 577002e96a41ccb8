//! Whether all values that a form may send, and that its own handler accepts, are within a limit
//! of another handler. That is proved, or refuted by a value, or it stays undecided.

use super::lengths::{Lengths, longer_and_shorter};
use super::premises::Premises;
use super::tries::tries;
use crate::registry::{Constraint, Value};
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

impl Premises<'_> {
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
                // The same bound, beside others.
                let is_said = |same: &dyn Fn(&Constraint) -> bool| {
                    let mut limits = self.limits.iter();
                    limits.any(|limit| same(limit))
                };
                is(min, &|min| min <= least)
                    && is(max, &|max| greatest <= max)
                    && (is(above, &|above| above < least)
                        || is_said(
                            &|limit| matches!(limit, Constraint::Range { above: said, .. } if said == above),
                        ))
                    && (is(below, &|below| greatest < below)
                        || is_said(
                            &|limit| matches!(limit, Constraint::Range { below: said, .. } if said == below),
                        ))
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
}

#[cfg(test)]
mod tests;
