//! The fields that `hx-vals` of htmx 4 sets: JSON, or HCON, its own small language
//! (`a:1, b:"two words"`).
//!
//! <https://four.htmx.org/docs#hcon>

use serde_json::Value as Json;

use crate::form::{Field, Kind};
use crate::value::Value;

/// The fields; `None`: they are made by a script or by an expression. Several values that are
/// joined are HCON, whatever each is.
pub(super) fn fields(value: &Value, is_joined: bool) -> Option<Vec<Field>> {
    let Some(text) = value.literal() else {
        return super::vals::vals(value).map(|fields| fields.into_iter().map(as_one).collect());
    };
    if text.starts_with("js:") || text.starts_with("javascript:") {
        return None;
    }
    if text.starts_with('{') {
        let Ok(Json::Object(object)) = serde_json::from_str(text) else {
            return is_joined.then(|| pairs(text)).flatten();
        };
        return Some(object.into_iter().map(field).collect());
    }
    pairs(text)
}

/// Lists are sent as one text.
fn as_one(field: Field) -> Field {
    if !field.many {
        return field;
    }
    Field {
        many: false,
        kind: Kind::Text,
        ..field
    }
}

fn field((name, value): (String, Json)) -> Field {
    let kind = match value {
        Json::Array(_) | Json::Object(_) => Kind::Text,
        Json::String(text) => Kind::Choice(vec![text]),
        value => Kind::Choice(vec![value.to_string()]),
    };
    Field {
        may_be_empty: false,
        name,
        always: true,
        many: false,
        kind,
        constraints: Vec::new(),
    }
}

/// The pairs of HCON, `name:value` with a comma or a space between them; a name alone is true.
/// `None`: what is beyond that.
fn pairs(text: &str) -> Option<Vec<Field>> {
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'));
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (name, after, is_quoted) = word(rest, ':')?;
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix(':') {
            Some(after) => {
                let (value, after, _) = word(after.trim_start(), '\0')?;
                (value, after)
            }
            None => ("true".to_owned(), after),
        };
        if name.is_empty() || !is_quoted && name.contains('.') || value.starts_with(['<', '[', '{'])
        {
            return None;
        }
        let value = match serde_json::from_str(value.trim()) {
            Ok(json) => json,
            Err(_) => Json::String(value.trim().to_owned()),
        };
        fields.push(field((name, value)));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    Some(fields)
}

/// The first word of a text, what follows, and whether it is quoted.
fn word(text: &str, end: char) -> Option<(String, &str, bool)> {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let (word, after) = inner.split_once(quote)?;
            return Some((word.to_owned(), after, true));
        }
    }
    let is_end = |c: char| c.is_whitespace() || c == ',' || c == end;
    let (word, after) = text.split_at(text.find(is_end).unwrap_or(text.len()));
    Some((word.to_owned(), after, false))
}
