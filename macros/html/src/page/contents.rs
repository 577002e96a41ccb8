//! What the walk through a page finds in it: forms, controls, links, htmx calls,
//! each in one case of the branches around it.

use std::cell::RefCell;
use std::rc::Rc;

use super::conditions::Conditions;
use super::element::Element;
use crate::form::Note;
use crate::value::Value;

/// What a page holds.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its forms.
    pub(crate) forms: Vec<FormElement>,
    /// Its controls that can be sent, in their order, and radio buttons.
    pub(crate) controls: Vec<Control>,
    /// Its elements with a call of htmx.
    pub(crate) calls: Vec<Call>,
    /// Which element has which `id`.
    pub(crate) ids: Vec<Id>,
    /// Its links.
    pub(crate) links: Vec<Element>,
    /// Its `<base href>`, in each case.
    pub(crate) base: Vec<Element>,
    /// What comments say of the element that follows, by their offsets.
    pub(crate) notes: Vec<(usize, Note)>,
    /// Whether it says what browsers without scripts show.
    pub(crate) has_noscript: bool,
    /// Whether the page takes too many steps to tell where its elements end. Then all
    /// that sends a request is here, but not which control is sent with it.
    pub(crate) is_too_complex: bool,
}

/// A `<form>`.
#[derive(Debug)]
pub(crate) struct FormElement {
    /// Its tag.
    pub(crate) element: Element,
    /// Whether an expression in it may hold more controls.
    pub(crate) holds_markup: bool,
}

/// An `id`.
#[derive(Debug)]
pub(crate) struct Id {
    pub(crate) value: Rc<Value>,
    /// When the element is there.
    pub(crate) conditions: Conditions,
    /// The form or the control that it is.
    pub(crate) own: OwnValues,
}

/// A control that can be sent.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug)]
pub(crate) struct Control {
    /// Its tag.
    pub(crate) element: Element,
    /// Which forms it belongs to.
    pub(crate) owner: Owner,
    /// The forms around it in the tree.
    pub(crate) around: Vec<usize>,
    /// Whether what is around it may disable it.
    pub(crate) may_be_disabled: bool,
    /// Whether it is disabled: it is a radio button then.
    pub(crate) is_disabled: bool,
    /// Whether it stands in a `datalist`, where nobody sees it: it is not checked.
    pub(crate) is_in_datalist: bool,
    /// The options of a `select`.
    pub(crate) options: Options,
    /// Whether a `textarea` holds a text from the start.
    pub(crate) holds_text: bool,
}

/// Which forms a control belongs to.
#[derive(Debug)]
pub(crate) enum Owner {
    /// Those that are open where it stands: several only if no two are there at once.
    Open(Vec<usize>),
    /// That with this id.
    Named(Rc<Value>),
}

/// The options of a `select`.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Those that are written.
    pub(crate) all: Vec<Choice>,
    /// Whether an expression holds others.
    pub(crate) is_open: bool,
}

/// An `<option>`.
#[derive(Debug)]
pub(crate) struct Choice {
    /// What it sends; `None`: an expression.
    pub(crate) value: Option<String>,
    /// When it is there.
    pub(crate) conditions: Conditions,
    /// Whether it cannot be chosen.
    pub(crate) is_disabled: bool,
    /// Whether it is chosen from the start.
    pub(crate) is_selected: bool,
    /// Whether it stands in an `<optgroup>`.
    pub(crate) is_grouped: bool,
}

/// An element with a call of htmx.
#[derive(Debug)]
pub(crate) struct Call {
    /// Its tag.
    pub(crate) element: Element,
    /// What htmx takes the element's own values from.
    pub(crate) own: OwnValues,
    /// Which forms it belongs to.
    pub(crate) owner: Owner,
    /// The forms around it in the tree.
    pub(crate) around: Vec<usize>,
    /// Whether it is a link or a form that htmx sends as the browser would.
    pub(crate) is_boosted: bool,
    /// Whether a `fieldset` around it is disabled, even if it stands in its `legend`.
    pub(crate) is_barred: bool,
    /// Whether it is a control that is disabled: nobody can press it.
    pub(crate) is_disabled: bool,
    /// What stands in it.
    pub(crate) inner: Rc<RefCell<Inner>>,
    /// What is set for it, and by the elements around it.
    pub(crate) settings: Settings,
}

/// What stands in an element.
#[derive(Debug, Default)]
pub(crate) struct Inner {
    /// The controls.
    pub(crate) controls: Vec<usize>,
    /// Whether something else may stand there that is sent.
    pub(crate) is_open: bool,
}

/// What an element sends of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnValues {
    /// Nothing.
    Nothing,
    /// The controls of a form.
    Form(usize),
    /// The value of a control.
    Control(usize),
}

/// The attributes of htmx that say how a request is made, each from the nearest element on.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) vals: Vec<Setting>,
    pub(crate) vars: Vec<Setting>,
    pub(crate) include: Vec<Setting>,
    pub(crate) params: Vec<Setting>,
    pub(crate) encoding: Vec<Setting>,
    pub(crate) extensions: Vec<Setting>,
    pub(crate) method: Vec<Setting>,
}

/// A value that is set for an element.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The value; `None`: a condition chooses it.
    pub(crate) value: Option<Rc<Value>>,
    /// What stands in the element that sets it.
    pub(crate) inner: Rc<RefCell<Inner>>,
}

impl Setting {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        let value = self.value.as_deref().and_then(Value::literal);
        value.map(str::trim)
    }
}

impl Control {
    /// About how many steps it takes to say what the control sends.
    pub(crate) fn weight(&self) -> usize {
        let options = self.options.all.iter();
        let options = options.map(|one| 4 + one.value.as_ref().map_or(0, String::len) / 8);
        32 + self.element.size() / 8 + options.sum::<usize>()
    }
}
