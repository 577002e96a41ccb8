//! The JSON of fields, as snapshots and records share it. A field's value is flat
//! there: `"type"`, and beside it what that type needs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde::de::value::BorrowedStrDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::constraint::Constraint;
use super::field::{Field, Fields, Flattened, UnknownFields, Value};
use crate::support::visible::{REFUSED, escaped, refused_in};

/// A field as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the format has as many keys")]
pub(crate) struct FlatField<'a> {
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    always: Option<bool>,
    #[serde(default, skip_serializing_if = "is_default")]
    flatten: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    flattened: Flattened,
    #[serde(default, skip_serializing_if = "is_default")]
    optional: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    once: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    empty: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    constraints: Vec<Constraint>,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i128>,
    #[serde(default, skip_serializing_if = "is_default")]
    choices: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    ignore_case: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    many: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    unknown_fields: UnknownFields,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<FlatField<'a>>>,
}

/// The name of a kind of value.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Text,
    Character,
    Boolean,
    Integer,
    Number,
    Choice,
    Object,
}

/// What is written of a value that is not an object.
#[derive(Default)]
pub(super) struct FlatValue {
    /// `None`: it is not declared.
    pub(super) kind: Option<Kind>,
    pub(super) min: Option<i128>,
    pub(super) max: Option<i128>,
    pub(super) choices: Vec<String>,
    pub(super) ignore_case: bool,
}

impl FlatValue {
    /// The value; `None`: it is an object.
    pub(super) fn read(self) -> Option<Value> {
        Some(match self.kind {
            None => Value::NotDeclared,
            Some(Kind::Text) => Value::Text,
            Some(Kind::Character) => Value::Character,
            Some(Kind::Boolean) => Value::Boolean,
            Some(Kind::Integer) => Value::Integer {
                min: self.min,
                max: self.max,
            },
            Some(Kind::Number) => Value::Number,
            Some(Kind::Choice) => Value::Choice {
                choices: self.choices,
                ignore_case: self.ignore_case,
            },
            Some(Kind::Object) => return None,
        })
    }

    /// What is written of a value; of an object its kind alone.
    pub(super) fn new(value: &Value) -> Self {
        let of_kind = |kind| Self {
            kind: Some(kind),
            ..Self::default()
        };
        match value {
            Value::NotDeclared => Self::default(),
            Value::Text => of_kind(Kind::Text),
            Value::Character => of_kind(Kind::Character),
            Value::Boolean => of_kind(Kind::Boolean),
            Value::Number => of_kind(Kind::Number),
            Value::Integer { min, max } => Self {
                min: *min,
                max: *max,
                ..of_kind(Kind::Integer)
            },
            Value::Choice {
                choices,
                ignore_case,
            } => Self {
                choices: choices.clone(),
                ignore_case: *ignore_case,
                ..of_kind(Kind::Choice)
            },
            Value::Object { .. } => of_kind(Kind::Object),
        }
    }
}

/// What serde reads from this name: a kind, an encoding.
pub(crate) fn named<'de, T: Deserialize<'de>>(name: &'de str) -> Option<T> {
    T::deserialize(BorrowedStrDeserializer::<serde::de::value::Error>::new(
        name,
    ))
    .ok()
}

/// Any format, for its number alone.
#[derive(Deserialize)]
struct Numbered {
    format: u64,
}

/// The number of the format that a text states, if it is greater than `known`.
pub(crate) fn newer_format(json: &str, known: u32) -> Option<u64> {
    let Numbered { format } = serde_json::from_str(json).ok()?;
    (format > u64::from(known)).then_some(format)
}

/// Where fields are written: that decides which keys they may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a handler in a snapshot.
    Handler,
    /// On a form in a snapshot.
    Form,
    /// In a record: on either, as the type declares them.
    Record,
}

/// Reads the lists of fields in records; each text that recurs is read once.
#[derive(Default)]
pub(crate) struct FieldsReader {
    known: HashMap<Arc<str>, Option<Fields>, FixedState>,
}

impl FieldsReader {
    /// Reads a list; `None` if it holds the fields of a type that declares none.
    pub(crate) fn read(&mut self, json: Option<&RawValue>) -> serde_json::Result<Option<Fields>> {
        match json.map(RawValue::get) {
            None | Some("null") => Ok(None),
            Some(json) => self.read_text(json, |_| None),
        }
    }

    /// Reads the text of a list, as [`read`](Self::read) does; `fast` may know a
    /// faster way for this one.
    pub(crate) fn read_text(
        &mut self,
        json: &str,
        fast: impl FnOnce(&Arc<str>) -> Option<Fields>,
    ) -> serde_json::Result<Option<Fields>> {
        if let Some(known) = self.known.get(json) {
            return Ok(known.clone());
        }
        let text: Arc<str> = json.into();
        let fields = match fast(&text) {
            Some(fields) => Some(fields),
            None => unflattened(serde_json::from_str(json)?, Place::Record)?.map(Fields::from),
        };
        self.known.insert(text, fields.clone());
        Ok(fields)
    }
}

/// The fields, with those of flattened types in their place.
pub(crate) fn unflattened(
    flat: Vec<FlatField<'_>>,
    place: Place,
) -> serde_json::Result<Option<Vec<Field>>> {
    let mut fields = Vec::with_capacity(flat.len());
    for flat in flat {
        if flat.flatten && place == Place::Record {
            let Some(inner) = flat.fields else {
                return Ok(None);
            };
            let Some(inner) = unflattened(inner, place)? else {
                return Ok(None);
            };
            let around = if flat.optional {
                Flattened::Option
            } else {
                Flattened::Struct
            };
            fields.extend(inner.into_iter().map(|field| Field {
                // An `Option` is none if one of them is missing.
                always_present: field.always_present && !flat.optional,
                flattened: field.flattened.max(around),
                ..field
            }));
        } else {
            fields.push(flat.checked(place)?);
        }
    }
    Ok(Some(fields))
}

impl FlatField<'_> {
    fn checked(self, place: Place) -> serde_json::Result<Field> {
        let always_present = match (place, self.required, self.always) {
            (Place::Form, None, always) => always,
            (Place::Handler | Place::Record, required, None) => required,
            (Place::Form, Some(_), _) => {
                return Err(wrong(
                    &self.name,
                    "`required` is a handler's key; a form says `always`",
                ));
            }
            (_, _, Some(_)) => {
                return Err(wrong(
                    &self.name,
                    "`always` is a form's key; a handler says `required`",
                ));
            }
        };
        if self.empty && place == Place::Handler {
            return Err(wrong(
                &self.name,
                "`empty` is a form's key; a handler says `optional`",
            ));
        }
        if self.name.is_empty() {
            return Err(wrong(&self.name, "it has no `name`"));
        }
        let mut names = std::iter::once(&*self.name).chain(self.aliases.iter().map(|name| &**name));
        if names.any(|name| refused_in(name).is_some()) {
            return Err(wrong(
                &self.name,
                &format!("its name or an alias has {REFUSED}"),
            ));
        }
        if self.flatten {
            return Err(wrong(
                &self.name,
                "`flatten` is for records: list the fields themselves",
            ));
        }
        let fields = match self.fields {
            Some(fields) => unflattened(fields, place)?,
            None => None,
        };
        // A record says of a type with fields just these.
        let kind = self.kind.or(fields.as_ref().map(|_| Kind::Object));
        let value = FlatValue {
            kind,
            min: self.min,
            max: self.max,
            choices: self.choices,
            ignore_case: self.ignore_case,
        };
        let mut value = match (value.read(), fields) {
            (Some(value), _) => value,
            (None, Some(fields)) => Value::Object {
                unknown_fields: self.unknown_fields,
                fields,
            },
            (None, None) => Value::NotDeclared,
        };
        let mut constraints = self.constraints;
        constraints.retain(|constraint| !constraint.narrow(&mut value));
        Ok(Field {
            name: self.name.into_owned(),
            always_present: always_present.unwrap_or_default(),
            aliases: self.aliases,
            many: self.many,
            is_optional: self.optional,
            is_once: self.once,
            may_be_empty: self.empty,
            flattened: self.flattened,
            value,
            constraints,
        })
    }

    /// A key that format 1 does not have.
    pub(crate) fn key_of_format_2(&self) -> Option<&'static str> {
        let own = [
            ("optional", self.optional),
            ("once", self.once),
            ("empty", self.empty),
            ("flattened", self.flattened != Flattened::No),
            ("constraints", !self.constraints.is_empty()),
        ];
        let own = own.into_iter().find(|(_, is_there)| *is_there);
        own.map(|(key, _)| key).or_else(|| {
            let mut inner = self.fields.iter().flatten();
            inner.find_map(FlatField::key_of_format_2)
        })
    }

    /// The field as it is written on a handler or a form.
    pub(crate) fn from_field(field: &Field, place: Place) -> FlatField<'static> {
        let value = FlatValue::new(&field.value);
        let mut flat = FlatField {
            name: Cow::Owned(field.name.clone()),
            kind: value.kind,
            min: value.min,
            max: value.max,
            choices: value.choices,
            ignore_case: value.ignore_case,
            many: field.many,
            optional: field.is_optional,
            once: field.is_once,
            empty: field.may_be_empty,
            flattened: field.flattened,
            constraints: field.constraints.clone(),
            aliases: field.aliases.clone(),
            ..FlatField::default()
        };
        match place {
            Place::Form => flat.always = Some(field.always_present),
            Place::Handler | Place::Record => flat.required = Some(field.always_present),
        }
        if let Value::Object {
            unknown_fields,
            fields,
        } = &field.value
        {
            flat.unknown_fields = *unknown_fields;
            let fields = fields.iter().map(|field| Self::from_field(field, place));
            flat.fields = Some(fields.collect());
        }
        flat
    }
}

fn wrong(name: &str, message: &str) -> serde_json::Error {
    serde::de::Error::custom(format!("field `{}`: {message}", escaped(name)))
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
