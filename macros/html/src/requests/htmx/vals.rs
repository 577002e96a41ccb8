//! The fields that `hx-vals` sets: a JSON object, in which holes may stand.
//!
//! <https://htmx.org/attributes/hx-vals/>

use serde_json::Value as Json;

use crate::form::{Field, Kind};
use crate::value::{Part, Value};

/// Stands for a hole in the JSON; in a text that holds it already, the value of
/// that field is taken to be any text, which it is.
const HOLE: char = '\u{F0000}';

/// The fields; `None`: they are made by a script or by an expression.
pub(crate) fn vals(value: &Value) -> Option<Vec<Field>> {
    let json = json(value);
    let json = json.trim();
    if json.starts_with("js:") || json.starts_with("javascript:") {
        return None;
    }
    // htmx adds the braces where they are missing.
    let object = if json.starts_with('{') {
        serde_json::from_str(json)
    } else {
        serde_json::from_str(&format!("{{{json}}}"))
    };
    let Ok(Json::Object(object)) = object else {
        return None;
    };
    let is_relevant = object.keys().all(|name| !name.contains(HOLE));
    is_relevant.then(|| object.into_iter().filter_map(field).collect())
}

/// The JSON with its holes as texts.
fn json(value: &Value) -> String {
    let mut json = String::new();
    let (mut is_text, mut is_escaped) = (false, false);
    for part in value.parts() {
        match part {
            Part::Hole(_) if is_text => json.push(HOLE),
            Part::Hole(_) => json.extend(['"', HOLE, '"']),
            Part::Text(text) => {
                for c in text.chars() {
                    is_text ^= c == '"' && !is_escaped;
                    is_escaped = is_text && c == '\\' && !is_escaped;
                }
                json.push_str(text);
            }
        }
    }
    json
}

fn field((name, value): (String, Json)) -> Option<Field> {
    let is_list = value.is_array();
    let kind = match value {
        // Each element is sent under the same name; of none, nothing is.
        Json::Array(values) if values.is_empty() => return None,
        Json::Array(values) => {
            let texts: Option<Vec<String>> = values.iter().map(text).collect();
            texts.map_or(Kind::Text, Kind::Choice)
        }
        value => text(&value).map_or(Kind::Text, |text| Kind::Choice(vec![text])),
    };
    Some(Field {
        may_be_empty: false,
        constraints: Vec::new(),
        name,
        always: true,
        many: is_list,
        kind,
    })
}

/// What a value is sent as, if it is a constant.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()).filter(|text| !text.contains(HOLE)),
        Json::Array(_) | Json::Object(_) => None,
        value => Some(value.to_string()),
    }
}
