//! What limits the values of a field, as JSON of a record.

use coexist_html::Constraint as Shown;
use coexist_source::fields::constraints::{Constraint, Unit};

use super::json;

/// The list of a field.
pub(crate) fn json(constraints: &[Constraint]) -> String {
    coexist_source::fields::constraints::json(constraints, json::string)
}

/// As the annotation of a type would say it.
pub(crate) fn shown(constraint: &Shown) -> Constraint {
    match constraint {
        Shown::Length {
            min,
            max,
            is_textarea,
        } => Constraint::Length {
            unit: if *is_textarea {
                Unit::Textarea
            } else {
                Unit::Utf16
            },
            min: *min,
            max: *max,
        },
        Shown::Range { min, max } => Constraint::Range {
            min: min.clone(),
            max: max.clone(),
            above: None,
            below: None,
        },
        Shown::Pattern(pattern) => Constraint::Pattern(pattern.clone()),
        Shown::Email => Constraint::Email,
        Shown::Url => Constraint::Url,
        Shown::Unknown => Constraint::Unknown,
    }
}
