//! How long a value can be, in one unit, where its limits count in others.

use super::premises::Premises;
use crate::registry::{Constraint, Unit, Value};

/// Lengths in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lengths {
    pub(super) least: u64,
    /// `None`: there is no bound.
    pub(super) greatest: Option<u64>,
}

impl Lengths {
    /// Of the values of which this is known, and which are not empty.
    pub(super) fn of(premises: &Premises<'_>, unit: Unit) -> Self {
        let mut lengths = Self {
            least: 1,
            greatest: None,
        };
        let mut add = |from: Unit, least: u64, greatest: Option<u64>| {
            lengths.least = lengths.least.max(least_in(from, unit, least));
            let greatest = greatest.and_then(|greatest| greatest_in(from, unit, greatest));
            lengths.greatest = [lengths.greatest, greatest].into_iter().flatten().min();
        };
        for value in &premises.values {
            if **value == Value::Character {
                add(Unit::Characters, 1, Some(1));
            }
        }
        for limit in &premises.limits {
            match limit {
                Constraint::Length { unit, min, max } => add(*unit, min.unwrap_or(0), *max),
                Constraint::Pattern { pattern } => {
                    let texts = pattern.all_texts();
                    let [least, greatest] = [texts.lengths().start(), texts.lengths().end()];
                    let least = u64::try_from(*least).unwrap_or(u64::MAX);
                    let greatest = (*greatest != usize::MAX)
                        .then(|| u64::try_from(*greatest).unwrap_or(u64::MAX));
                    let of = if texts.is_ascii() {
                        unit
                    } else {
                        Unit::Characters
                    };
                    add(of, least, greatest);
                }
                // The least is `a@b`.
                Constraint::Email {} => add(Unit::Characters, 3, None),
                Constraint::Range { .. } | Constraint::Url {} | Constraint::Unknown {} => {}
            }
        }
        lengths
    }

    /// Whether all are between these.
    pub(super) fn are_within(self, min: Option<u64>, max: Option<u64>) -> bool {
        let is_short = |max| self.greatest.is_some_and(|greatest| greatest <= max);
        min.is_none_or(|min| min <= self.least) && max.is_none_or(is_short)
    }
}

/// How many characters values have that are too long or too short for a length.
pub(super) fn longer_and_shorter(min: Option<u64>, max: Option<u64>) -> Vec<u64> {
    let longer = max.and_then(|max| max.checked_add(1));
    let shorter = min.and_then(|min| min.checked_sub(1));
    // Of characters that count several times, fewer are too long.
    let fewer = longer.map(|longer| longer.div_ceil(2));
    let fewest = longer.map(|longer| longer.div_ceil(4));
    let lengths = [longer, shorter, fewer, fewest];
    lengths.into_iter().flatten().collect()
}

/// The least length in another unit.
fn least_in(from: Unit, to: Unit, least: u64) -> u64 {
    use Unit::{Bytes, Characters, Graphemes, Textarea, Utf16};
    match (from, to) {
        (Graphemes, _)
        | (Bytes, Bytes)
        | (Utf16, Bytes | Utf16)
        | (Characters, Bytes | Utf16 | Characters)
        | (Textarea, Bytes | Utf16 | Textarea) => least,
        (Bytes, Utf16) => least.div_ceil(3),
        (Bytes, Characters | Textarea) => least.div_ceil(4),
        (Utf16 | Textarea, Characters) | (Utf16 | Characters, Textarea) => least.div_ceil(2),
        (Bytes | Utf16 | Characters | Textarea, Graphemes) => least.min(1),
    }
}

/// The greatest length in another unit; `None`: there is no bound.
fn greatest_in(from: Unit, to: Unit, greatest: u64) -> Option<u64> {
    use Unit::{Bytes, Characters, Graphemes, Textarea, Utf16};
    match (from, to) {
        (Graphemes, Graphemes)
        | (Bytes, _)
        | (Utf16, Utf16 | Characters | Graphemes | Textarea)
        | (Characters, Characters | Graphemes)
        | (Textarea, Textarea | Graphemes) => Some(greatest),
        (Characters, Bytes) => greatest.checked_mul(4),
        (Characters, Utf16 | Textarea) | (Textarea, Characters | Utf16) => greatest.checked_mul(2),
        (Utf16 | Textarea, Bytes) => greatest.checked_mul(3),
        (Graphemes, Bytes | Characters | Utf16 | Textarea) => None,
    }
}
