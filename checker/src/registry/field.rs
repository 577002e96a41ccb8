//! The fields of a request, as a handler reads them or as a form sends them.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A list of fields.
///
/// The fields of a program stay text until they are needed: in most pairs of builds
/// most items are the same, and theirs are never read.
#[derive(Clone, Debug)]
pub struct Fields(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Read(Arc<[Field]>),
    /// A text, and what reads it.
    Text(Arc<str>, fn(&str) -> Vec<Field>),
}

impl Fields {
    /// Fields that stand in a text which `read` can read.
    pub(crate) fn from_text(text: Arc<str>, read: fn(&str) -> Vec<Field>) -> Self {
        Self(Repr::Text(text, read))
    }

    /// The fields.
    #[must_use]
    pub fn list(&self) -> Cow<'_, [Field]> {
        match &self.0 {
            Repr::Read(fields) => Cow::Borrowed(fields),
            Repr::Text(text, read) => Cow::Owned(read(text)),
        }
    }
}

impl From<Vec<Field>> for Fields {
    fn from(fields: Vec<Field>) -> Self {
        Self(Repr::Read(fields.into()))
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Text(text, _), Repr::Text(other, _)) if text == other => true,
            _ => self.list() == other.list(),
        }
    }
}

impl Eq for Fields {}

impl Hash for Fields {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.list().hash(state);
    }
}

/// A field of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name in the request.
    pub name: String,
    /// Of a handler (`required`): a request without it is refused. Of a form
    /// (`always`): every submission holds it.
    pub always_present: bool,
    /// Other names under which a handler takes it.
    pub aliases: Vec<String>,
    /// It may be there several times.
    pub many: bool,
    /// What its value is.
    pub value: Value,
}

impl Field {
    /// The names under which a handler takes it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(|alias| &**alias);
        std::iter::once(&*self.name).chain(aliases)
    }
}

/// The kind of a field's value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// It is not declared.
    NotDeclared,
    /// Any text.
    Text,
    /// One character.
    Character,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// The minimum; `None`: no bound.
        min: Option<i128>,
        /// The maximum; `None`: no bound.
        max: Option<i128>,
    },
    /// A number with a fraction.
    Number,
    /// One of several texts.
    Choice {
        /// The accepted texts.
        choices: Vec<String>,
        /// In upper or lower case.
        ignore_case: bool,
    },
    /// Several fields, in JSON.
    Object {
        /// What it does with unknown fields.
        unknown_fields: UnknownFields,
        /// Its fields.
        fields: Vec<Field>,
    },
}

/// What a handler does with a field that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// It ignores the field.
    #[default]
    Ignore,
    /// It refuses the request (serde's `deny_unknown_fields`).
    Deny,
}
