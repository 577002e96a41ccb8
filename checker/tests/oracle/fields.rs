//! Generates the fields that handlers read and forms send.

use coexist_checker::registry::{Field, Fields, UnknownFields, Value};

use crate::choices::Choices;

pub(crate) const NAMES: &[&str] = &["name", "kind", "count", "notes"];
const TEXTS: &[&str] = &["red", "blue", "7", "true", "a"];
const BOUNDS: &[(Option<i128>, Option<i128>)] = &[
    (Some(0), Some(255)),
    (Some(i32::MIN as i128), Some(i32::MAX as i128)),
    (Some(1), Some(10)),
    (Some(7), Some(7)),
    (Some(0), None),
    (None, None),
    (Some(0), Some(u64::MAX as i128)),
    (Some(0), Some(9)),
];

pub(crate) fn unknown_fields(choices: &mut Choices<'_>) -> UnknownFields {
    if choices.once_in(3) {
        UnknownFields::Deny
    } else {
        UnknownFields::Ignore
    }
}

/// The fields of a handler.
pub(crate) fn fields(choices: &mut Choices<'_>, objects: bool) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for _ in 0..choices.below(4) {
        add(choices, &mut fields, objects);
    }
    fields
}

/// Adds a field with a name that no other field has.
pub(crate) fn add(choices: &mut Choices<'_>, fields: &mut Vec<Field>, objects: bool) {
    let name = choices.pick(NAMES);
    if !knows(fields, name) {
        fields.push(field(choices, name, objects));
        alias(choices, fields);
    }
}

/// Renames the last field, if the new name is free.
fn alias(choices: &mut Choices<'_>, fields: &mut [Field]) {
    let alias = choices.pick(NAMES);
    if choices.once_in(4)
        && !knows(fields, alias)
        && let Some(last) = fields.last_mut()
    {
        last.aliases.push(alias.to_owned());
    }
}

pub(crate) fn knows(fields: &[Field], name: &str) -> bool {
    let mut all = fields.iter();
    all.any(|field| field.name == name || field.aliases.iter().any(|alias| alias == name))
}

fn field(choices: &mut Choices<'_>, name: &str, objects: bool) -> Field {
    let (always_present, many) = (!choices.once_in(2), choices.once_in(8));
    Field {
        name: name.to_owned(),
        always_present,
        aliases: Vec::new(),
        many,
        is_optional: !always_present && !many && choices.once_in(2),
        value: value(choices, objects),
        ..Field::default()
    }
}

pub(crate) fn value(choices: &mut Choices<'_>, objects: bool) -> Value {
    match choices.below(if objects { 10 } else { 8 }) {
        0 => Value::Text,
        1 | 2 => {
            let (min, max) = choices.pick(BOUNDS);
            Value::Integer { min, max }
        }
        3 | 4 => {
            let (first, count) = (choices.below(TEXTS.len()), 1 + choices.below(3));
            let all = TEXTS.iter().cycle().skip(first).take(count);
            Value::Choice {
                choices: all.map(|text| (*text).to_owned()).collect(),
                ignore_case: choices.once_in(6),
            }
        }
        5 => Value::Boolean,
        6 => choices.pick(&[Value::Number, Value::Character]),
        7 => Value::NotDeclared,
        _ => {
            let mut inner = Vec::new();
            for _ in 0..choices.below(3) {
                let name = choices.pick(&["zip", "city"]);
                if !knows(&inner, name) {
                    inner.push(field(choices, name, false));
                }
            }
            Value::Object {
                unknown_fields: unknown_fields(choices),
                fields: inner,
            }
        }
    }
}

/// The fields that a form sends to a handler with these.
pub(crate) fn sent(choices: &mut Choices<'_>, read: &[Field]) -> Fields {
    let mut sent: Vec<Field> = Vec::new();
    for field in read {
        let name = match field.aliases.first() {
            Some(alias) if choices.once_in(2) => alias,
            _ => &field.name,
        };
        let value = sent_value(choices, &field.value);
        let field = Field {
            name: name.clone(),
            always_present: !choices.once_in(3),
            aliases: Vec::new(),
            many: field.many && !choices.once_in(3),
            value,
            ..Field::default()
        };
        // An optional field may be left out.
        if !choices.once_in(5) {
            sent.push(field);
        }
    }
    if choices.once_in(5) {
        let name = choices.pick(NAMES);
        if !knows(&sent, name) {
            let field = field(choices, name, false);
            sent.push(Field {
                is_optional: false,
                ..field
            });
        }
    }
    sent.into()
}

/// A value to send to a handler that accepts this one: mostly the same.
fn sent_value(choices: &mut Choices<'_>, taken: &Value) -> Value {
    let is_object = matches!(taken, Value::Object { .. });
    match choices.below(5) {
        3 if !is_object => Value::Text,
        4 => value(choices, is_object),
        // Of texts, a form lists those that it sends.
        _ => match taken.clone() {
            Value::Choice { choices, .. } => Value::Choice {
                choices,
                ignore_case: false,
            },
            other => other,
        },
    }
}
