//! What limits the values of a field, as JSON of a record.

use super::Constraint;

/// The list of a field; `string` writes a text.
#[must_use]
pub fn json(constraints: &[Constraint], string: fn(&str) -> String) -> String {
    let constraints: Vec<String> = constraints
        .iter()
        .map(|one| self::one(one, string))
        .collect();
    format!("[{}]", constraints.join(","))
}

fn one(constraint: &Constraint, string: fn(&str) -> String) -> String {
    let bound = |key: &str, bound: Option<&str>| {
        bound.map_or_else(String::new, |bound| format!(",\"{key}\":{bound}"))
    };
    match constraint {
        Constraint::Length { unit, min, max } => {
            let [min, max] = [min, max].map(|bound| bound.map(|bound| bound.to_string()));
            format!(
                "{{\"kind\":\"length\",\"unit\":{}{}{}}}",
                string(unit.name()),
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
            format!("{{\"kind\":\"pattern\",\"pattern\":{}}}", string(pattern))
        }
        Constraint::Email => "{\"kind\":\"email\"}".to_owned(),
        Constraint::Url => "{\"kind\":\"url\"}".to_owned(),
        Constraint::Unknown => "{\"kind\":\"unknown\"}".to_owned(),
    }
}
