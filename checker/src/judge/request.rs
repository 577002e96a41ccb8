//! What the fields of a form do at another handler than that of its own release:
//! which of its requests its own handler takes, and the other one does not.

use crate::registry::Value;

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name; `outer.inner` for one within another.
    pub field: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Whether it cannot be told from what is declared.
    pub is_undecided: bool,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The handler requires it, and no submission holds it.
    Missing,
    /// The handler requires it, and not every submission holds it.
    SometimesMissing,
    /// The handler refuses fields that it does not know, and does not know this one.
    Unknown,
    /// The handler takes it for the field of that name, which is sent, too.
    Twice(String),
    /// It may be there several times, and the handler takes one.
    Several,
    /// Its value may be one that the handler does not take.
    Value {
        /// What the form sends.
        sent: Value,
        /// What the handler takes.
        taken: Value,
        /// A value that fails, if one can be named.
        example: Option<String>,
    },
}
