//! The fields that stand in the query of an address.

use super::expression::{handler, may_be_query};
use crate::form::{Field, Kind};
use crate::value::{Part, Value};

/// A character of a name or of a value, or `None` for a hole.
type Symbol = Option<char>;

/// The fields in the query of an address; `None`: an expression may hold some.
pub(crate) fn query(address: &Value) -> Option<Vec<Field>> {
    let mut parts: Vec<Symbol> = Vec::new();
    for part in address.parts() {
        match part {
            Part::Text(text) => parts.extend(text.chars().map(Some)),
            Part::Hole(_) => parts.push(None),
        }
    }
    let Some(begin) = parts.iter().position(|part| *part == Some('?')) else {
        return (!may_hold_query(address)).then(Vec::new);
    };
    let query = parts.get(begin + 1..).unwrap_or_default();
    let query = query
        .split(|part| *part == Some('#'))
        .next()
        .unwrap_or_default();
    let pairs = query
        .split(|part| *part == Some('&'))
        .filter(|pair| !pair.is_empty());
    pairs.map(field).collect()
}

/// Whether an expression at the end of an address may hold its query.
fn may_hold_query(address: &Value) -> bool {
    match address.parts() {
        [Part::Hole(hole)] => handler(hole).is_none(),
        [.., Part::Hole(hole)] => may_be_query(hole),
        _ => false,
    }
}

fn field(pair: &[Symbol]) -> Option<Field> {
    let mut halves = pair.splitn(2, |part| *part == Some('='));
    let name = text(halves.next()?)?;
    let value = text(halves.next().unwrap_or_default());
    Some(Field {
        name,
        always: true,
        may_be_empty: false,
        constraints: Vec::new(),
        many: false,
        kind: value.map_or(Kind::Text, |value| Kind::Choice(vec![value])),
    })
}

/// A text without holes, decoded.
fn text(parts: &[Symbol]) -> Option<String> {
    let text: String = parts.iter().copied().collect::<Option<_>>()?;
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let escaped = after
            .first_chunk::<2>()
            .and_then(|digits| hex(*digits))
            .filter(|_| *byte == b'%');
        rest = after;
        if let Some(escaped) = escaped {
            bytes.push(escaped);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *byte == b'+' { b' ' } else { *byte });
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn hex(digits: [u8; 2]) -> Option<u8> {
    let digits = std::str::from_utf8(&digits).ok()?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}
