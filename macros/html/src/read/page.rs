//! What the walk through a page finds in it: forms, controls, links, htmx calls,
//! each in one case of the branches around it.

use super::conditions::Conditions;
use super::element::Element;
use super::value::Value;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its forms.
    pub(super) forms: Vec<FormElement>,
    /// Its controls that can be sent, in their order.
    pub(super) controls: Vec<Control>,
    /// Its elements with a call of htmx.
    pub(super) calls: Vec<Call>,
    /// Its links.
    pub(super) links: Vec<Element>,
    /// Its `<base href>`, in each case.
    pub(super) base: Vec<Element>,
}

/// A `<form>`.
#[derive(Debug)]
pub(super) struct FormElement {
    /// Its tag.
    pub(super) element: Element,
    /// Whether an expression in it may hold more controls.
    pub(super) holds_markup: bool,
}

/// A control that can be sent.
#[derive(Debug)]
pub(super) struct Control {
    /// Its tag.
    pub(super) element: Element,
    /// Which forms it belongs to.
    pub(super) owner: Owner,
    /// Whether what is around it may disable it.
    pub(super) may_be_disabled: bool,
    /// The options of a `select`.
    pub(super) options: Options,
}

/// Which forms a control belongs to.
#[derive(Debug)]
pub(super) enum Owner {
    /// Those that are open where it stands: several only if no two are there at once.
    Open(Vec<usize>),
    /// That with this id.
    Named(Value),
}

/// The options of a `select`.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// Those that are written.
    pub(super) all: Vec<Choice>,
    /// Whether an expression holds others.
    pub(super) is_open: bool,
}

/// An `<option>`.
#[derive(Debug)]
pub(super) struct Choice {
    /// What it sends; `None`: an expression.
    pub(super) value: Option<String>,
    /// When it is there.
    pub(super) conditions: Conditions,
    /// Whether it cannot be chosen.
    pub(super) is_disabled: bool,
    /// Whether it is chosen from the start.
    pub(super) is_selected: bool,
    /// Whether it stands in an `<optgroup>`.
    pub(super) is_grouped: bool,
}

/// An element with a call of htmx.
#[derive(Debug)]
pub(super) struct Call {
    /// Its tag.
    pub(super) element: Element,
    /// What htmx takes the element's own values from.
    pub(super) own: Own,
    /// The forms around it.
    pub(super) forms: Vec<usize>,
    /// What is set for it, and by the elements around it.
    pub(super) settings: Settings,
}

/// What an element sends of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// Nothing.
    Nothing,
    /// The controls of a form.
    Form(usize),
    /// The value of a control.
    Control(usize),
}

/// The attributes of htmx that are inherited, each from the nearest element on.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) vals: Vec<Setting>,
    pub(super) vars: Vec<Setting>,
    pub(super) include: Vec<Setting>,
    pub(super) params: Vec<Setting>,
    pub(super) encoding: Vec<Setting>,
    pub(super) extensions: Vec<Setting>,
}

/// A value that is set for an element.
#[derive(Debug)]
pub(super) struct Setting {
    /// The value; `None`: a condition chooses it.
    pub(super) value: Option<Value>,
    /// Whether the element sets it itself.
    pub(super) is_own: bool,
}

impl Setting {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        self.value.as_ref().and_then(Value::literal).map(str::trim)
    }
}

impl Page {
    /// The controls of a form, in their order.
    pub(super) fn controls_of(&self, form: usize) -> Vec<&Control> {
        let Some(owner) = self.forms.get(form) else {
            return Vec::new();
        };
        let id = owner.element.get("id");
        let belongs = |control: &&Control| {
            let is_owned = match &control.owner {
                Owner::Open(forms) => forms.contains(&form),
                Owner::Named(name) => id == Some(name) && name.literal() != Some(""),
            };
            let element = &control.element;
            is_owned && !element.conditions.excludes(&owner.element.conditions)
        };
        self.controls.iter().filter(belongs).collect()
    }
}
