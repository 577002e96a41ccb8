//! Compares what a form sends with what its handler reads.

use super::message::named;
use super::reach::goes_to;
use crate::metadata::{Field, FormMetadata, HandlerMetadata, Value};
use crate::text::{Text, eq, eq_in_any_case};

/// The form must send what the handler requires, nothing that it rejects, and
/// only choices that it has: in the body, and in the query of its address.
#[track_caller]
pub const fn fields_fit(form: &FormMetadata, handler: &HandlerMetadata) {
    if !goes_to(form, handler) {
        return;
    }
    let complaints = Text::new("");
    let body = Reader::new(handler.reader, "");
    let complaints = compared(complaints, &form.fields, &handler.fields, body);
    let query = Reader::new(handler.query_reader, "?");
    let complaints = compared(complaints, &form.query, &handler.query, query);
    if !complaints.is_empty() {
        let text = named("the form ", form, " does not fit its handler ", handler);
        panic!("{}", text.and(complaints.as_str()).as_str())
    }
}

/// Adds what does not fit of the fields that are sent, as far as they are known.
const fn compared(mut text: Text, form: &Value, handler: &Value, reader: Reader) -> Text {
    let (Some(sent), Some(read)) = (form.list(), handler.list()) else {
        return text;
    };
    if is_whole(sent) {
        text = missing(text, sent, read, reader.mark);
    }
    let rejects = matches!(
        handler,
        Value::Fields {
            deny_unknown: true,
            ..
        }
    );
    unfit(text, sent, read, rejects && is_whole(read), reader)
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
const fn missing(
    mut text: Text,
    sent: &'static [Field],
    read: &'static [Field],
    mark: &str,
) -> Text {
    let mut next = 0;
    while next < read.len() {
        let field = &read[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list()
                && !field.optional
            {
                text = missing(text, sent, inner, mark);
            }
        } else if field.required && find(sent, field).is_none() {
            text = text
                .and("\nthe handler requires `")
                .and(mark)
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
    reader: Reader,
) -> Text {
    let mut next = 0;
    while next < sent.len() {
        let field = &sent[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list() {
                text = unfit(text, inner, read, rejects_others, reader);
            }
        } else {
            match find(read, field) {
                Some(found) => text = refused(text, field, &found, reader),
                None if rejects_others => {
                    text = text.and("\nthe form sends `").and(reader.mark).and(field.name).and(
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

/// Adds what the handler's reader does not accept of a field that is sent, as the tables of
/// readers in the tests have it.
const fn refused(text: Text, sent: &Field, found: &Found, reader: Reader) -> Text {
    let accepted = found.field;
    if matches!(found.flattened, Flattened::Option) {
        return text;
    }
    let is_flattened = matches!(found.flattened, Flattened::Struct);
    if reader.has_texts() {
        if accepted.many && (matches!(reader.library, Library::Urlencoded) || is_flattened) {
            let why = if is_flattened {
                "the handler reads into a flattened struct as a list: serde has one text there"
            } else {
                "the handler reads as a list: `serde_urlencoded` reads none. With axum, take `Form` of axum-extra"
            };
            return because(text, sent, why, reader.mark);
        }
        if is_flattened && matches!(accepted.value, Value::Boolean | Value::Number) {
            return because(
                text,
                sent,
                "the handler reads into a flattened struct: serde has a text there, and accepts no number or `bool`. Read it outside of that struct, or with `deserialize_with`",
                reader.mark,
            );
        }
    }
    unknown_choices(text, sent, accepted, reader)
}

const fn because(text: Text, sent: &Field, why: &str, mark: &str) -> Text {
    text.and("\nthe form sends `")
        .and(mark)
        .and(sent.name)
        .and("`, which ")
        .and(why)
}

/// Adds the choices of `sent` that the handler's field does not have.
const fn unknown_choices(mut text: Text, sent: &Field, accepted: &Field, reader: Reader) -> Text {
    let (Value::Choice(offered) | Value::ChoiceInAnyCase(offered)) = sent.value else {
        return text;
    };
    let compared = matches!(accepted.value, Value::Choice(_) | Value::ChoiceInAnyCase(_));
    if !compared && !reader.has_texts() {
        return text;
    }
    let (mut next, mut found) = (0, 0);
    while next < offered.len() {
        if !takes(accepted, offered[next], reader) {
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
        .and(reader.mark)
        .and(sent.name)
        .and("`, which the handler does not accept: expected ");
    expected(text, &accepted.value)
}

/// Whether a field accepts a text.
const fn takes(accepted: &Field, text: &str, reader: Reader) -> bool {
    if text.is_empty() && reader.takes_empty(accepted) {
        return true;
    }
    match accepted.value {
        Value::Choice(known) => contains(known, text, false),
        Value::ChoiceInAnyCase(known) => contains(known, text, true),
        Value::Boolean => eq(text, "true") || eq(text, "false"),
        Value::Number => may_be_number(text),
        Value::NotDeclared | Value::Any | Value::Fields { .. } => true,
    }
}

/// Adds what a value is, in words.
const fn expected(mut text: Text, value: &Value) -> Text {
    let known = match *value {
        Value::Choice(known) | Value::ChoiceInAnyCase(known) => known,
        Value::Boolean => &["true", "false"],
        _ => return text.and("a number"),
    };
    text = text.and(if known.len() > 1 { "one of " } else { "" });
    let mut next = 0;
    while next < known.len() {
        let separator = if next == 0 { "\"" } else { ", \"" };
        text = text.and(separator).and(known[next]).and("\"");
        next += 1;
    }
    text
}

/// Whether it begins as a number: which ones a type has, the checker knows.
const fn may_be_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut next = 0;
    if !bytes.is_empty() && matches!(bytes[0], b'-' | b'+') {
        next = 1;
    }
    if next < bytes.len() && bytes[next] == b'.' {
        next += 1;
    }
    // Rust also parses `inf` and `NaN` as numbers.
    next < bytes.len() && matches!(bytes[next], b'0'..=b'9' | b'i' | b'I' | b'n' | b'N')
}

/// What a handler reads with.
#[derive(Clone, Copy)]
struct Reader {
    library: Library,
    /// What stands before the names of its fields in messages: `?` for those of the query.
    mark: &'static str,
}

#[derive(Clone, Copy)]
enum Library {
    /// `serde_urlencoded`: it reads no lists.
    Urlencoded,
    /// `serde_html_form`: an empty text for an `Option` is none.
    HtmlForm,
    /// `serde_qs`: an empty text for a list is an empty one, and for a `bool` `true`.
    Qs,
    /// One that is not known, or does not have a text for each value.
    Other,
}

impl Reader {
    const fn new(name: Option<&str>, mark: &'static str) -> Self {
        let library = match name {
            Some(name) if eq(name, "serde_urlencoded") => Library::Urlencoded,
            Some(name) if eq(name, "serde_html_form") => Library::HtmlForm,
            Some(name) if eq(name, "serde_qs") => Library::Qs,
            _ => Library::Other,
        };
        Self { library, mark }
    }

    /// Whether it has a text for each value, whatever the type.
    const fn has_texts(self) -> bool {
        !matches!(self.library, Library::Other)
    }

    /// Whether an empty text is a value of a field, whatever its type.
    const fn takes_empty(self, field: &Field) -> bool {
        match self.library {
            Library::HtmlForm => field.optional,
            Library::Qs => field.many || matches!(field.value, Value::Boolean),
            Library::Urlencoded | Library::Other => false,
        }
    }
}

/// A field of a handler.
struct Found {
    field: &'static Field,
    flattened: Flattened,
}

/// Whether the type around a field is flattened.
#[derive(Clone, Copy)]
enum Flattened {
    No,
    Struct,
    /// What does not fit makes an `Option` be none.
    Option,
}

/// The field among `fields` that has one of this one's names.
const fn find(fields: &'static [Field], wanted: &Field) -> Option<Found> {
    let mut next = 0;
    while next < fields.len() {
        let field = &fields[next];
        if field.name.is_empty() {
            if let Some(inner) = field.value.list()
                && let Some(found) = find(inner, wanted)
            {
                let flattened = match found.flattened {
                    Flattened::Option => Flattened::Option,
                    Flattened::No | Flattened::Struct if field.optional => Flattened::Option,
                    Flattened::No | Flattened::Struct => Flattened::Struct,
                };
                return Some(Found { flattened, ..found });
            }
        } else if eq(field.name, wanted.name)
            || contains(field.aliases, wanted.name, false)
            || contains(wanted.aliases, field.name, false)
        {
            return Some(Found {
                field,
                flattened: Flattened::No,
            });
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
