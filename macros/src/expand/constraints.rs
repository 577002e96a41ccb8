//! What limits the values of a field, as JSON of a record.

use coexist_html::Constraint as Shown;
use coexist_source::fields::constraints::{Constraint, Unit};

use super::json;

/// The list of a field.
pub(crate) fn json(constraints: &[Constraint]) -> String {
    let constraints: Vec<String> = constraints.iter().map(one).collect();
    format!("[{}]", constraints.join(","))
}

fn one(constraint: &Constraint) -> String {
    let bound = |key: &str, bound: Option<&str>| {
        bound.map_or_else(String::new, |bound| format!(",\"{key}\":{bound}"))
    };
    match constraint {
        Constraint::Length { unit, min, max } => {
            let [min, max] = [min, max].map(|bound| bound.map(|bound| bound.to_string()));
            format!(
                "{{\"kind\":\"length\",\"unit\":{}{}{}}}",
                json::string(unit.name()),
                bound("min", min.as_deref()),
                bound("max", max.as_deref())
            )
        }
        Constraint::Range {
            min,
            max,
            above,
            below,
        } => {
            let bounds = [
                ("min", min),
                ("max", max),
                ("above", above),
                ("below", below),
            ];
            let bounds = bounds.map(|(key, value)| bound(key, value.as_deref()));
            format!("{{\"kind\":\"range\"{}}}", bounds.concat())
        }
        Constraint::Pattern(pattern) => {
            format!(
                "{{\"kind\":\"pattern\",\"pattern\":{}}}",
                json::string(pattern)
            )
        }
        Constraint::Email => "{\"kind\":\"email\"}".to_owned(),
        Constraint::Url => "{\"kind\":\"url\"}".to_owned(),
        Constraint::Unknown => "{\"kind\":\"unknown\"}".to_owned(),
    }
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
