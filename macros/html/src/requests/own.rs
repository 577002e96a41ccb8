//! What a control sends by itself, without its form: as htmx takes it out of the control.

use super::controls::{SubmitOptions, constant, field};
use super::sent_field::SentField;
use crate::form::Kind;
use crate::page::contents::Control;

impl SubmitOptions<'_> {
    /// What a control sends by itself, without its form: as htmx takes it out of the control.
    pub(crate) fn own(&self, control: &Control) -> Option<SentField> {
        let element = &control.element;
        if control.is_disabled || element.name == "button" {
            return None;
        }
        if element.is_input("image") || element.is_input("submit") || element.is_input("button") {
            return field(element, constant(element, ""));
        }
        if element.name == "select" {
            let is_multiple = element.has("multiple");
            let sent = self.select(control);
            return match sent {
                Some(sent) if is_multiple || sent.always => Some(sent),
                // Where nothing is chosen, that is what it is worth.
                Some(sent) => Some(SentField {
                    always: true,
                    kind: with_nothing(sent.kind),
                    ..sent
                }),
                None if is_multiple => None,
                None => field(element, Kind::Choice(vec![String::new()])),
            };
        }
        let kind = element.keyword("type");
        let kind = match element.name.as_str() {
            "input" => kind.as_deref(),
            name => Some(name),
        };
        let sent = self.input(control, kind, field(element, Kind::Text)?);
        // It is sent when it is chosen, or a file is.
        let is_radio = element.is_input("radio");
        Some(SentField {
            radio: None,
            always: sent.always && !control.may_be_disabled || is_radio,
            ..sent
        })
    }
}

fn with_nothing(kind: Kind) -> Kind {
    match kind {
        Kind::Choice(mut choices) => {
            if !choices.contains(&String::new()) {
                choices.push(String::new());
            }
            Kind::Choice(choices)
        }
        kind => kind,
    }
}
