//! What is known of a value that is sent, and that the form's own handler accepts.

use super::own_handler::is_unknown;
use crate::registry::{Constraint, Field, Value, values};

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

    /// Whether it is known that a text is such a value.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        self.hold(text) == Some(true)
    }

    /// The values that are not empty, if they are a few.
    pub(super) fn listed(&self) -> Option<Vec<String>> {
        let mut listed = self.values.iter().find_map(|value| values::listed(value))?;
        listed.retain(|text| !text.is_empty());
        Some(listed)
    }

    /// Whether a text is such a value; `None`: that is not known.
    pub(super) fn hold(&self, text: &str) -> Option<bool> {
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

    /// Between which numbers a value is that is one; the greatest one that is not reached stands
    /// for it.
    pub(super) fn bounds(&self) -> [f64; 2] {
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
