//! The fields of a request, as a handler reads them or as a form sends them.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::constraint::Constraint;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "the format has as many keys")]
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
    /// Of a handler (`optional`): it is an `Option`, for which some readers take an empty value
    /// as none.
    pub is_optional: bool,
    /// Of a handler (`once`): a request that has it twice is refused, where its reader would
    /// otherwise take one of them.
    pub is_once: bool,
    /// Of a form (`empty`): its value may also be empty, whatever its type.
    pub may_be_empty: bool,
    /// Whether it is a field of a flattened type, which serde reads in another way.
    pub flattened: Flattened,
    /// What its value is.
    pub value: Value,
    /// What else limits its values, those that are not empty where it `may_be_empty`.
    pub constraints: Vec<Constraint>,
}

/// How the type around a field is flattened (serde's `flatten`).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Flattened {
    /// It is not.
    #[default]
    No,
    /// A struct is: its fields are read without their types, and then converted.
    Struct,
    /// An `Option` is: what does not fit makes it `None`.
    Option,
}

impl Field {
    /// The names under which a handler takes it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(|alias| &**alias);
        std::iter::once(&*self.name).chain(aliases)
    }

    /// Whether something limits its values that is not known.
    pub(crate) fn has_unknown_limit(&self) -> bool {
        self.constraints.contains(&Constraint::Unknown {})
    }

    /// Whether an empty text may be such a value.
    pub(crate) fn may_hold_empty(&self) -> bool {
        let mut constraints = self.constraints.iter();
        self.value.has("") && constraints.all(|constraint| constraint.holds("") != Some(false))
    }
}

/// The kind of a field's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// It is not declared.
    #[default]
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
