//! What a page sends in its fields, as JSON of a record.

use coexist_html::{Constraint as Limit, Field, Kind};

use super::constraints::{self, Constraint, Unit};

/// A list of fields.
#[derive(Debug)]
pub struct Written {
    /// The list.
    pub json: String,
    /// Whether it has keys that came with format 2.
    pub is_of_format_2: bool,
}

/// The list of these fields; `string` writes a text.
#[must_use]
pub fn json(fields: &[Field], string: fn(&str) -> String) -> Written {
    let list: Vec<String> = fields.iter().map(|field| one(field, string)).collect();
    Written {
        json: format!("[{}]", list.join(",")),
        is_of_format_2: fields
            .iter()
            .any(|field| field.may_be_empty || !field.constraints.is_empty()),
    }
}

fn one(field: &Field, string: fn(&str) -> String) -> String {
    let Field {
        name,
        always,
        may_be_empty,
        many,
        kind,
        constraints,
    } = field;
    let mut json = format!("{{\"name\":{},\"required\":{always}", string(name));
    if *may_be_empty {
        json.push_str(",\"empty\":true");
    }
    if !constraints.is_empty() {
        let limits: Vec<Constraint> = constraints.iter().map(limit).collect();
        let limits = constraints::json(&limits, string);
        json.push_str(&format!(",\"constraints\":{limits}"));
    }
    json.push_str(&match kind {
        Kind::Text => ",\"type\":\"text\"".to_owned(),
        Kind::Number => ",\"type\":\"number\"".to_owned(),
        Kind::Unknown => ",\"type\":null".to_owned(),
        Kind::Choice(choices) => {
            let choices: Vec<String> = choices.iter().map(|choice| string(choice)).collect();
            format!(",\"type\":\"choice\",\"choices\":[{}]", choices.join(","))
        }
        Kind::Integer { min, max } => {
            let bound = |key: &str, bound: &Option<i64>| {
                bound.map_or_else(String::new, |bound| format!(",\"{key}\":{bound}"))
            };
            let (min, max) = (bound("min", min), bound("max", max));
            format!(",\"type\":\"integer\"{min}{max}")
        }
    });
    json.push_str(if *many { ",\"many\":true}" } else { "}" });
    json
}

/// A limit of HTML, as the annotation of a type would say it.
fn limit(limit: &Limit) -> Constraint {
    match limit {
        Limit::Length {
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
        Limit::Range { min, max } => Constraint::Range {
            min: min.clone(),
            max: max.clone(),
            above: None,
            below: None,
        },
        Limit::Pattern(pattern) => Constraint::Pattern(pattern.clone()),
        Limit::Email => Constraint::Email,
        Limit::Url => Constraint::Url,
        Limit::Unknown => Constraint::Unknown,
    }
}
