//! What a handler accepts, in words.

use crate::registry::{Constraint, Unit, Value};
use crate::support::text::enumerate;

/// The noun phrase for a kind of value.
pub(crate) fn describe_value(value: &Value) -> String {
    match value {
        Value::NotDeclared => "a value of an undeclared type".to_owned(),
        Value::Text => "any text".to_owned(),
        Value::Character => "one character".to_owned(),
        Value::Boolean => "true or false".to_owned(),
        Value::Integer { min, max } => match (min, max) {
            (None, None) => "a whole number".to_owned(),
            (Some(min), None) => format!("a whole number from {min}"),
            (None, Some(max)) => format!("a whole number up to {max}"),
            (Some(min), Some(max)) => format!("a whole number from {min} to {max}"),
        },
        Value::Number => "a number".to_owned(),
        Value::Choice { choices, .. } if choices.len() > 6 => {
            format!("one of {} choices", choices.len())
        }
        Value::Choice { choices, .. } => {
            let choices = choices.iter().map(|choice| format!("\"{choice}\""));
            format!("only {}", enumerate(&choices.collect::<Vec<_>>(), "or"))
        }
        Value::Object { .. } => "an object of fields".to_owned(),
    }
}

/// The noun phrase for the values within a limit.
pub(crate) fn describe_limit(limit: &Constraint) -> String {
    match limit {
        Constraint::Length { unit, min, max } => {
            let unit = |count: u64| match (unit, count) {
                (Unit::Bytes, 1) => "byte",
                (Unit::Bytes, _) => "bytes",
                (Unit::Utf16, 1) => "code unit of UTF-16",
                (Unit::Utf16, _) => "code units of UTF-16",
                (Unit::Characters | Unit::Graphemes | Unit::Textarea, 1) => "character",
                (Unit::Characters | Unit::Graphemes | Unit::Textarea, _) => "characters",
            };
            match (min, max) {
                (Some(min), Some(max)) if min == max => format!("a text of {min} {}", unit(*min)),
                (Some(min), Some(max)) => format!("a text of {min} to {max} {}", unit(*max)),
                (Some(1), None) => "a text that is not empty".to_owned(),
                (Some(min), None) => format!("a text of at least {min} {}", unit(*min)),
                (None, Some(max)) => format!("a text of at most {max} {}", unit(*max)),
                (None, None) => "any text".to_owned(),
            }
        }
        Constraint::Range {
            min,
            max,
            above,
            below,
        } => {
            let bounds = [
                ("from", min),
                ("above", above),
                ("to", max),
                ("below", below),
            ];
            let bounds = bounds.iter().filter_map(|(word, bound)| {
                let bound = bound.as_ref()?;
                Some(format!(" {word} {bound}"))
            });
            format!("a number{}", bounds.collect::<String>())
        }
        Constraint::Pattern { pattern } => format!("a text that matches `{pattern}`"),
        Constraint::Email {} => "an email address".to_owned(),
        Constraint::Url {} => "a URL".to_owned(),
        Constraint::Unknown {} => "what it checks itself".to_owned(),
    }
}
