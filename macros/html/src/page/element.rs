//! A start tag without branches: its attributes, as far as they say something
//! about requests.

use std::rc::Rc;

use super::conditions::Conditions;
use crate::value::Value;

/// The name under which an element's text stands among its attributes.
pub(crate) const TEXT: &str = "#text";

/// The attributes that say something about requests.
const RELEVANT: &[&str] = &[
    TEXT,
    "accept-charset",
    "action",
    "alpha",
    "checked",
    "colorspace",
    "command",
    "commandfor",
    "dirname",
    "disabled",
    "download",
    "encoding",
    "enctype",
    "form",
    "formaction",
    "formenctype",
    "formmethod",
    "formnovalidate",
    "href",
    "id",
    "max",
    "maxlength",
    "method",
    "min",
    "minlength",
    "multiple",
    "name",
    "novalidate",
    "pattern",
    "ping",
    "readonly",
    "required",
    "selected",
    "size",
    "step",
    "target",
    "type",
    "value",
    "xlink:href",
    "hx-disable",
    "hx-ignore",
    "hx-trigger",
    "hx-validate",
];

/// The attributes of htmx that say how a request is made. Those of htmx 4 may have a modifier:
/// `hx-vals:inherited`.
const SETTINGS: [&str; 15] = [
    "hx-action",
    "hx-boost",
    "hx-delete",
    "hx-disinherit",
    "hx-encoding",
    "hx-ext",
    "hx-get",
    "hx-include",
    "hx-method",
    "hx-params",
    "hx-patch",
    "hx-post",
    "hx-put",
    "hx-vals",
    "hx-vars",
];

/// A start tag in one case.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// The tag's name.
    pub(crate) name: String,
    /// When it is there, and is so.
    pub(crate) conditions: Conditions,
    /// Whether an expression may add attributes.
    pub(crate) is_open: bool,
    /// Where the tag begins and ends.
    pub(crate) span: (usize, usize),
    /// The values are shared: they are copied for each case and each request.
    attributes: Vec<(String, Rc<Value>)>,
}

/// Whether an attribute says something about requests.
pub(crate) fn is_relevant(name: &str) -> bool {
    let name = canonical(name);
    let setting = name.split_once(':').map_or(name, |(setting, _)| setting);
    RELEVANT.contains(&name) || SETTINGS.contains(&setting)
}

/// htmx takes its attributes with `data-` as well.
fn canonical(name: &str) -> &str {
    match name.strip_prefix("data-") {
        Some(rest) if rest.starts_with("hx-") => rest,
        _ => name,
    }
}

impl Element {
    /// An element without attributes.
    pub(crate) fn new(name: &str, conditions: Conditions, span: (usize, usize)) -> Self {
        Self {
            name: name.to_owned(),
            conditions,
            is_open: false,
            span,
            attributes: Vec::new(),
        }
    }

    /// How many bytes the values of the attributes have.
    pub(crate) fn size(&self) -> usize {
        let values = self.attributes.iter().map(|(_, value)| value.size());
        values.sum()
    }

    /// Sets an attribute; the first of a name counts.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        let name = canonical(name);
        if !self.has(name) {
            self.attributes.push((name.to_owned(), Rc::new(value)));
        }
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.shared(name).map(|value| &**value)
    }

    /// The value of an attribute, to be kept.
    pub(crate) fn shared(&self, name: &str) -> Option<&Rc<Value>> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Whether no attribute of htmx is set.
    pub(crate) fn is_without_htmx(&self) -> bool {
        let mut names = self.attributes.iter().map(|(name, _)| name);
        !self.is_open && !names.any(|name| name.starts_with("hx-"))
    }

    /// Whether there is an attribute.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The text of an attribute; of one that is missing, nothing. `None`: it is
    /// up to an expression.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map_or(Some(""), Value::literal)
    }

    /// The text of an attribute, in lowercase, as of [`Element::text`].
    pub(crate) fn keyword(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_ascii_lowercase)
    }

    /// Whether it is an `<input>` of this type.
    pub(crate) fn is_input(&self, kind: &str) -> bool {
        self.name == "input" && self.keyword("type").as_deref() == Some(kind)
    }

    /// The attribute's text, if it has one.
    pub(crate) fn nonempty(&self, name: &str) -> Option<&str> {
        let text = self.get(name).and_then(Value::literal);
        text.filter(|text| !text.is_empty())
    }
}
