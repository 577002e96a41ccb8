//! Compares what a form sends with what its handler reads.

use super::message::named;
use super::reach::goes_to;
use crate::metadata::{Field, FormMetadata, HandlerMetadata, Value};
use crate::text::{Text, eq, eq_in_any_case};

/// The form must send what the handler requires, nothing that it rejects, and
/// only choices that it has.
#[track_caller]
pub const fn fields_fit(form: &FormMetadata, handler: &HandlerMetadata) {
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
    let rejects = matches!(
        handler.fields,
        Value::Fields {
            deny_unknown: true,
            ..
        }
    );
    complaints = unfit(complaints, sent, read, rejects && is_whole(read));
    if !complaints.is_empty() {
        let text = named("the form ", form, " does not fit its handler ", handler);
        panic!("{}", text.and(complaints.as_str()).as_str())
    }
}

/// Whether each field is known: an empty name stands for the fields of a type that declares none.
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

/// Adds the fields that `read` requires and `sent` never contains.
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
                .and("`, which the form does not send: send it, or make it optional in the handler (an `Option`, or a default)");
        }
        next += 1;
    }
    text
}

/// Adds what `sent` contains and `read` does not accept.
const fn unfit(
    mut text: Text,
    sent: &'static [Field],
    read: &'static [Field],
    rejects_others: bool,
) -> Text {
    let mut next = 0;
    while next < sent.len() {
        let field = &sent[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list() {
                text = unfit(text, inner, read, rejects_others);
            }
        } else {
            match find(read, field) {
                Some(accepted) => text = unknown_choices(text, field, accepted),
                None if rejects_others => {
                    text = text.and("\nthe form sends `").and(field.name).and(
                        "`, which the handler rejects (`deny_unknown_fields`): add the field to the handler, or remove it from the form",
                    );
                }
                None => {}
            }
        }
        next += 1;
    }
    text
}

/// Adds the choices of `sent` that the handler's field does not have.
const fn unknown_choices(mut text: Text, sent: &Field, accepted: &Field) -> Text {
    let (Value::Choice(offered) | Value::ChoiceInAnyCase(offered)) = sent.value else {
        return text;
    };
    let (known, in_any_case) = match accepted.value {
        Value::Choice(known) => (known, false),
        Value::ChoiceInAnyCase(known) => (known, true),
        Value::NotDeclared | Value::Any | Value::Fields { .. } => return text,
    };
    let (mut next, mut found) = (0, 0);
    while next < offered.len() {
        if !contains(known, offered[next], in_any_case) {
            text = text.and(if found == 0 {
                "\nthe form offers "
            } else {
                ", "
            });
            text = text.and("\"").and(offered[next]).and("\"");
            found += 1;
        }
        next += 1;
    }
    if found == 0 {
        return text;
    }
    text = text
        .and(" for `")
        .and(sent.name)
        .and("`, which the handler does not accept: expected ")
        .and(if known.len() > 1 { "one of " } else { "" });
    next = 0;
    while next < known.len() {
        let separator = if next == 0 { "\"" } else { ", \"" };
        text = text.and(separator).and(known[next]).and("\"");
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
