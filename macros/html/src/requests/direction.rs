//! The direction of a text, which a control sends under the name in its `dirname`.

use super::sent_field::SentField;
use crate::form::Kind;
use crate::page::contents::Control;
use crate::page::element::Element;

/// The direction of the label of a button, which is sent whichever button is pressed.
pub(crate) fn of_label(control: &Control) -> Option<SentField> {
    let element = &control.element;
    let is_one = element.is_input("submit") && element.nonempty("name").is_some();
    let sent = direction(element).filter(|_| is_one)?;
    Some(SentField {
        always: !control.may_be_disabled,
        ..sent
    })
}

/// Whether a control of this type sends the direction of its text.
pub(super) fn has_direction(kind: &str) -> bool {
    let others = [
        "checkbox",
        "color",
        "date",
        "datetime-local",
        "file",
        "month",
        "number",
        "radio",
        "range",
        "time",
        "week",
    ];
    !others.contains(&kind)
}

/// The direction of a text, under the name that `dirname` asks for.
pub(super) fn direction(element: &Element) -> Option<SentField> {
    let name = element.get("dirname")?.literal()?.to_owned();
    let directions = ["ltr", "rtl"].map(str::to_owned).to_vec();
    Some(SentField::new(
        Some(name),
        element,
        Kind::Choice(directions),
    ))
}
