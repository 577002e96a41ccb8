//! What a control sends under one name, before it is known what others send under it.

use crate::form::{Constraint, Kind};
use crate::page::conditions::Conditions;
use crate::page::element::Element;

/// What a control sends under one name.
#[derive(Clone, Debug)]
pub(crate) struct SentField {
    /// The name; `None`: an expression.
    pub(crate) name: Option<String>,
    /// When the control is there.
    pub(crate) conditions: Conditions,
    /// Whether it is sent each time, if the control is there.
    pub(crate) always: bool,
    /// Whether the control sends it several times.
    pub(crate) many: bool,
    /// Of what only one is sent.
    pub(crate) one_of: Option<OneOf>,
    /// What a radio button means for the others of its name.
    pub(crate) radio: Option<Radio>,
    /// Whether it may be empty, whatever its kind and its limits.
    pub(crate) may_be_empty: bool,
    /// What its value can be.
    pub(crate) kind: Kind,
    /// What else limits a value that is not empty.
    pub(crate) constraints: Vec<Constraint>,
}

impl SentField {
    /// What a control sends once, each time that it is there.
    pub(super) fn new(name: Option<String>, element: &Element, kind: Kind) -> Self {
        Self {
            name,
            conditions: element.conditions.clone(),
            always: true,
            many: false,
            one_of: None,
            may_be_empty: false,
            radio: None,
            kind,
            constraints: Vec::new(),
        }
    }
}

/// Controls of which only one is sent, whatever their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OneOf {
    /// The radio buttons of one name.
    Radio,
    /// The submit buttons of a form.
    Submit,
}

/// A radio button among the others of its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Radio {
    /// Whether one of them has to be chosen.
    pub(crate) is_required: bool,
    /// Whether it is chosen from the start.
    pub(crate) is_checked: bool,
    /// Whether it is not sent itself.
    pub(crate) is_disabled: bool,
}
