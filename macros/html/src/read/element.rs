//! A start tag without branches: its attributes, as far as they say something
//! about requests.

use super::conditions::Conditions;
use super::value::Value;

/// The name under which an element's text stands among its attributes.
pub(super) const TEXT: &str = "#text";

/// The attributes that say something about requests.
const TOLD: [&str; 33] = [
    TEXT,
    "action",
    "checked",
    "command",
    "commandfor",
    "dirname",
    "disabled",
    "enctype",
    "form",
    "formaction",
    "formenctype",
    "formmethod",
    "formnovalidate",
    "href",
    "id",
    "max",
    "method",
    "min",
    "multiple",
    "name",
    "novalidate",
    "required",
    "selected",
    "size",
    "step",
    "type",
    "value",
    "hx-get",
    "hx-post",
    "hx-put",
    "hx-patch",
    "hx-delete",
    "hx-disable",
];

/// The attributes of htmx that say how a request is made.
const SETTINGS: [&str; 7] = [
    "hx-disinherit",
    "hx-encoding",
    "hx-ext",
    "hx-include",
    "hx-params",
    "hx-vals",
    "hx-vars",
];

/// A start tag in one case.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// The tag's name.
    pub(super) name: String,
    /// When it is there, and is so.
    pub(super) conditions: Conditions,
    /// Whether an expression may add attributes.
    pub(super) is_open: bool,
    /// Where the tag begins and ends.
    pub(super) span: (usize, usize),
    attributes: Vec<(String, Value)>,
}

/// Whether an attribute says something about requests.
pub(super) fn is_told(name: &str) -> bool {
    let name = canonical(name);
    TOLD.contains(&name) || SETTINGS.contains(&name)
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
    pub(super) fn new(name: &str, conditions: Conditions, span: (usize, usize)) -> Self {
        Self {
            name: name.to_owned(),
            conditions,
            is_open: false,
            span,
            attributes: Vec::new(),
        }
    }

    /// Sets an attribute; the first of a name counts.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        let name = canonical(name);
        if !self.has(name) {
            self.attributes.push((name.to_owned(), value));
        }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Whether there is an attribute.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The text of an attribute; of one that is missing, nothing. `None`: it is
    /// up to an expression.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map_or(Some(""), Value::literal)
    }

    /// The text of an attribute, in small letters, as of [`Element::text`].
    pub(super) fn keyword(&self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.trim().to_ascii_lowercase())
    }

    /// The attribute's text, if it has one.
    pub(super) fn nonempty(&self, name: &str) -> Option<&str> {
        let text = self.get(name).and_then(Value::literal);
        text.filter(|text| !text.is_empty())
    }
}
