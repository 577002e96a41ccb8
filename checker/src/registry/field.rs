//! The fields of a request, as a handler reads them and as a form sends them.

use serde::{Deserialize, Serialize};

/// A field that a handler reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in the request.
    pub name: String,
    /// A request without it is refused.
    #[serde(default)]
    pub required: bool,
    /// The kind of value; `None`: not declared.
    #[serde(default, rename = "type")]
    pub kind: Option<Kind>,
    /// The least integer that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i128>,
    /// The greatest integer that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i128>,
    /// The values that are taken, of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// It may be there several times.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub many: bool,
    /// Other names under which it is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What an object does with fields that it does not know.
    #[serde(default, skip_serializing_if = "UnknownFields::is_default")]
    pub unknown_fields: UnknownFields,
    /// The fields of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<Field>>,
}

/// A field that a form sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentField {
    /// Its name in the request.
    pub name: String,
    /// Every submission holds it.
    #[serde(default)]
    pub always: bool,
    /// The kind of value; `None`: not declared.
    #[serde(default, rename = "type")]
    pub kind: Option<Kind>,
    /// The least integer that may be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i128>,
    /// The greatest integer that may be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i128>,
    /// The values that may be sent, of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// It may be sent several times.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub many: bool,
    /// The fields of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<SentField>>,
}

/// The kind of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Any text.
    Text,
    /// One character.
    Character,
    /// `true` or `false`.
    Boolean,
    /// A whole number between `min` and `max`; one that is missing is no bound.
    Integer,
    /// A number with a fraction.
    Number,
    /// One of `choices`.
    Choice,
    /// Several `fields`, in JSON.
    Object,
}

/// What a handler does with a field that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// It leaves the field aside.
    #[default]
    Ignore,
    /// It refuses the request (serde's `deny_unknown_fields`).
    Deny,
}

impl UnknownFields {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Field> for SentField {
    /// The field as a form sends it whose fields are declared by the type that
    /// the handler reads: what is required is always sent.
    fn from(field: Field) -> Self {
        Self {
            name: field.name,
            always: field.required,
            kind: field.kind,
            min: field.min,
            max: field.max,
            choices: field.choices,
            many: field.many,
            fields: field.fields.map(|fields| fields.into_iter().map(Self::from).collect()),
        }
    }
}
