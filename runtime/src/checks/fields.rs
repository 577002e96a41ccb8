//! Compares what a form sends with what its handler reads.

use super::message::named;
use super::reach::goes_to;
use crate::metadata::{Field, FormFacts, HandlerFacts, Value};
use crate::text::{Text, eq, eq_in_any_case};

/// The form must send what the handler requires, nothing that it refuses, and
/// only choices that it has.
#[track_caller]
pub const fn fields_fit(form: &FormFacts, handler: &HandlerFacts) {
    let (Some(sent), Some(read)) = (form.fields.list(), handler.fields.list()) else {
        return;
    };
    if !goes_to(form, handler) {
        return;
    }
    let mut complaints = Text::new("");
    if is_whole(sent) {
        complaints = missing(complaints, sent, read);
    }
    let refuses = matches!(
        handler.fields,
        Value::Fields {
            deny_unknown: true,
            ..
        }
    );
    complaints = unfit(complaints, sent, read, refuses && is_whole(read));
    if !complaints.is_empty() {
        let text = named("the form ", form, " does not fit its handler ", handler);
        panic!("{}", text.and(complaints.as_str()).as_str())
    }
}

/// Whether each field is known: none stands for those of a type that declares nothing.
const fn is_whole(fields: &[Field]) -> bool {
    let mut next = 0;
    while next < fields.len() {
        let field = &fields[next];
        if field.name.is_empty() {
            match field.value.list() {
                Some(inner) if is_whole(inner) => {}
                _ => return false,
            }
        }
        next += 1;
    }
    true
}

/// Adds the fields that `read` requires and `sent` never holds.
const fn missing(mut text: Text, sent: &'static [Field], read: &'static [Field]) -> Text {
    let mut next = 0;
    while next < read.len() {
        let field = &read[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list() {
                text = missing(text, sent, inner);
            }
        } else if field.required && find(sent, field).is_none() {
            text = text
                .and("\nthe handler requires `")
                .and(field.name)
                .and("`, which the form does not send: send it, or make it optional in the handler, with an `Option` or a default");
        }
        next += 1;
    }
    text
}

/// Adds what `sent` holds and `read` does not take.
const fn unfit(
    mut text: Text,
    sent: &'static [Field],
    read: &'static [Field],
    refuses_others: bool,
) -> Text {
    let mut next = 0;
    while next < sent.len() {
        let field = &sent[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list() {
                text = unfit(text, inner, read, refuses_others);
            }
        } else {
            match find(read, field) {
                Some(taken) => text = unknown_choices(text, field, taken),
                None if refuses_others => {
                    text = text.and("\nthe form sends `").and(field.name).and(
                        "`, which the handler refuses (`deny_unknown_fields`): accept it first",
                    );
                }
                None => {}
            }
        }
        next += 1;
    }
    text
}

const fn unknown_choices(mut text: Text, sent: &Field, taken: &Field) -> Text {
    let (Value::Choice(sent_choices) | Value::ChoiceInAnyCase(sent_choices)) = sent.value else {
        return text;
    };
    let mut next = 0;
    while next < sent_choices.len() {
        let is_known = match taken.value {
            Value::Choice(known) => contains(known, sent_choices[next], false),
            Value::ChoiceInAnyCase(known) => contains(known, sent_choices[next], true),
            Value::NotDeclared | Value::Any | Value::Fields { .. } => true,
        };
        if !is_known {
            text = text
                .and("\nthe form offers \"")
                .and(sent_choices[next])
                .and("\" for `")
                .and(sent.name)
                .and("`, which the handler does not accept");
        }
        next += 1;
    }
    text
}

/// The field among `fields` that has one of this one's names.
const fn find(fields: &'static [Field], wanted: &Field) -> Option<&'static Field> {
    let mut next = 0;
    while next < fields.len() {
        let field = &fields[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list()
                && let Some(found) = find(inner, wanted)
            {
                return Some(found);
            }
        } else if eq(field.name, wanted.name)
            || contains(field.aliases, wanted.name, false)
            || contains(wanted.aliases, field.name, false)
        {
            return Some(field);
        }
        next += 1;
    }
    None
}

const fn contains(texts: &[&str], wanted: &str, in_any_case: bool) -> bool {
    let mut next = 0;
    while next < texts.len() {
        let is_it = if in_any_case {
            eq_in_any_case(texts[next], wanted)
        } else {
            eq(texts[next], wanted)
        };
        if is_it {
            return true;
        }
        next += 1;
    }
    false
}
