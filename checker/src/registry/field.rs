//! The fields of a request, as a handler reads them or as a form sends them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A list of fields. Most are there twice, on a handler and on its form, so they
/// are shared.
pub type Fields = Arc<[Field]>;

/// A field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the request.
    pub name: String,
    /// Of a handler (`required`): a request without it is refused. Of a form
    /// (`always`): every submission holds it.
    pub certain: bool,
    /// Other names under which a handler takes it.
    pub aliases: Vec<String>,
    /// It may be there several times.
    pub many: bool,
    /// What its value is.
    pub value: Value,
}

/// The kind of a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing is said of it.
    NotDeclared,
    /// Any text.
    Text,
    /// One character.
    Character,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// The least; `None`: no bound.
        min: Option<i128>,
        /// The greatest; `None`: no bound.
        max: Option<i128>,
    },
    /// A number with a fraction.
    Number,
    /// One of these texts.
    Choice(Vec<String>),
    /// Several fields, in JSON.
    Object {
        /// What it does with others.
        unknown_fields: UnknownFields,
        /// Which.
        fields: Vec<Field>,
    },
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
