//! What a browser lets through of a text: the attributes of a control that limit it, and its type.
//!
//! They bind what people enter. A value that stands in the page may be longer or shorter; it has
//! to be of the type and of the pattern all the same. More than `maxlength` nobody can type, also
//! where the browser looks at nothing before it sends the form.
//!
//! <https://html.spec.whatwg.org/multipage/input.html#common-input-element-attributes>

use super::dates;
use super::pattern;
use super::sent_field::SentField;
use crate::form::Constraint;
use crate::page::contents::Control;
use crate::page::element::Element;

/// How a browser looks at a control.
#[derive(Clone, Copy)]
pub(super) struct Checked {
    /// Whether it insists on a value.
    pub(super) is_required: bool,
    /// Whether it looks at the value at all before it sends the form.
    pub(super) is_validated: bool,
}

/// The types of which the value is any text.
const TEXTS: [&str; 8] = [
    "text", "search", "tel", "password", "url", "email", "textarea", "",
];

/// The types that are something else than a text.
const OTHERS: [&str; 16] = [
    "button",
    "checkbox",
    "color",
    "date",
    "datetime-local",
    "file",
    "hidden",
    "image",
    "month",
    "number",
    "radio",
    "range",
    "reset",
    "submit",
    "time",
    "week",
];

/// What a control sends, with what limits it.
pub(super) fn limited(
    control: &Control,
    kind: &str,
    sent: SentField,
    checked: Checked,
) -> SentField {
    let element = &control.element;
    let constraints = match kind {
        "date" | "month" | "week" | "time" | "datetime-local" => {
            dates::limits(element, kind, checked.is_validated)
        }
        "color" => dates::color(element),
        // A type that does not exist is that of a text.
        kind if TEXTS.contains(&kind) || !OTHERS.contains(&kind) => {
            return text(control, kind, sent, checked);
        }
        _ => return sent,
    };
    SentField {
        may_be_empty: kind != "color" && !checked.is_required,
        constraints,
        ..sent
    }
}

fn text(control: &Control, kind: &str, sent: SentField, checked: Checked) -> SentField {
    let element = &control.element;
    if element.has("readonly") {
        return sent;
    }
    let mut constraints = Vec::new();
    if checked.is_validated {
        looks(element, kind, &mut constraints);
    }
    length(control, checked, &mut constraints);
    if element.is_open {
        // An expression may add others.
        constraints.push(Constraint::Unknown);
    }
    constraints.dedup();
    SentField {
        may_be_empty: !checked.is_required && !constraints.is_empty(),
        constraints,
        ..sent
    }
}

/// Adds how a text has to look.
fn looks(element: &Element, kind: &str, constraints: &mut Vec<Constraint>) {
    match kind {
        "email" if !element.has("multiple") => constraints.push(Constraint::Email),
        // A list of them.
        "email" => constraints.push(Constraint::Unknown),
        "url" => constraints.push(Constraint::Url),
        _ => {}
    }
    if let Some(pattern) = element.get("pattern").filter(|_| kind != "textarea") {
        let pattern = pattern.literal().and_then(pattern::translated);
        constraints.push(pattern.map_or(Constraint::Unknown, Constraint::Pattern));
    }
}

/// Adds the limits of the length.
fn length(control: &Control, checked: Checked, constraints: &mut Vec<Constraint>) {
    let element = &control.element;
    let bound = |name: &str| {
        let attribute = element.get(name)?;
        Some(attribute.literal().map(whole))
    };
    let least = bound("minlength").filter(|_| checked.is_validated);
    let is_textarea = element.name == "textarea";
    let given = if is_textarea {
        (!control.holds_text).then_some(0)
    } else {
        element.text("value").map(units)
    };
    let is_limited = least.is_some() || element.has("maxlength");
    let (mut min, mut max) = (None, None);
    match (least, bound("maxlength"), given) {
        // An expression decides it.
        (Some(None), ..) | (_, Some(None), _) => constraints.push(Constraint::Unknown),
        (_, _, None) if is_limited => constraints.push(Constraint::Unknown),
        (least, greatest, given) => {
            let given = given.unwrap_or(0);
            min = least.flatten().flatten().filter(|min| *min > 0);
            min = min.map(|min| if given > 0 { min.min(given) } else { min });
            max = greatest.flatten().flatten().map(|max| max.max(given));
        }
    }
    if checked.is_required {
        min = Some(min.unwrap_or(1));
    }
    if min.is_some() || max.is_some() {
        constraints.push(Constraint::Length {
            min,
            max,
            is_textarea,
        });
    }
}

/// How many code units of UTF-16 a text has.
fn units(text: &str) -> u64 {
    u64::try_from(text.encode_utf16().count()).unwrap_or(u64::MAX)
}

/// A whole number as HTML reads it; `None`: the attribute says nothing.
fn whole(text: &str) -> Option<u64> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let text = text.strip_prefix('+').unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.get(..end.unwrap_or(text.len()))?.parse().ok()
}

/// The limits of a value that one control sends, or another.
pub(crate) fn either_limit<'a>(
    all: impl Iterator<Item = &'a [Constraint]> + Clone,
) -> Vec<Constraint> {
    let mut others = all;
    let Some(first) = others.next() else {
        return Vec::new();
    };
    let mut common = first.to_vec();
    if others.clone().all(|other| other == first) {
        return common;
    }
    // What limits only some of them is left out, and that there is something.
    common.retain(|limit| others.clone().all(|other| other.contains(limit)));
    if !common.contains(&Constraint::Unknown) {
        common.push(Constraint::Unknown);
    }
    common
}
