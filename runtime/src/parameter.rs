//! What the parameters of a path take, by the types that they are parsed as: fragments of a
//! record's JSON, found in constants.

use crate::fields::NotDeclared as _;
use crate::fields::Probe;
use crate::text::eq;

/// What nothing is known of.
const NOT_DECLARED: &str = <Probe<NotDeclaredType>>::WIRE;

/// A type that declares nothing.
struct NotDeclaredType;

/// Whether a parameter of which this is known takes only some texts.
#[must_use]
pub const fn is_limited(fragment: &str) -> bool {
    !eq(fragment, NOT_DECLARED) && !eq(fragment, str_wire())
}

const fn str_wire() -> &'static str {
    <str as crate::fields::Fields>::WIRE
}

/// What the only parameter takes that is parsed as a type which declares this. Of a type with
/// several fields, it is the field of its name.
#[must_use]
pub const fn of_type(wire: &'static str, name: &str) -> &'static str {
    if is_value(wire) {
        single(wire)
    } else {
        of_field(wire, name)
    }
}

/// What the parameter of this name takes, if a type that declares this is parsed from all of them.
#[must_use]
pub const fn of_field(wire: &'static str, name: &str) -> &'static str {
    if is_value(wire) {
        return NOT_DECLARED;
    }
    match find(wire, name) {
        Some(found) => single(found),
        None => NOT_DECLARED,
    }
}

/// What a parameter takes that is parsed as a type which the annotation names.
///
/// # Panics
///
/// If the type has several fields: in a constant, that is an error of the compiler.
#[track_caller]
#[must_use]
pub const fn stated(wire: &'static str) -> &'static str {
    assert!(
        is_value(wire),
        "this type has several fields, and a parameter of a path has one value"
    );
    single(wire)
}

/// Whether a type declares one value, not fields.
const fn is_value(wire: &str) -> bool {
    starts_with(wire.as_bytes(), 0, b"\"type\":")
}

/// A value that is not a list.
const fn single(wire: &'static str) -> &'static str {
    const MANY: &[u8] = b",\"many\":true";
    let bytes = wire.as_bytes();
    let is_list = bytes.len() > MANY.len() && starts_with(bytes, bytes.len() - MANY.len(), MANY);
    if is_list { NOT_DECLARED } else { wire }
}

/// The value of the field of this name among the fields in a fragment.
const fn find(wire: &'static str, name: &str) -> Option<&'static str> {
    const NAME: &[u8] = b"{\"name\":\"";
    const TYPE: &[u8] = b"\"type\":";
    let bytes = wire.as_bytes();
    let (mut at, mut depth, mut is_text) = (0, 0_usize, false);
    // Inside the field, at this depth; and where its value begins.
    let (mut inside, mut value) = (0, 0);
    while at < bytes.len() {
        if is_text {
            match bytes[at] {
                b'\\' => at += 1,
                b'"' => is_text = false,
                _ => {}
            }
        } else if inside > 0 && depth == inside && value == 0 && starts_with(bytes, at, TYPE) {
            value = at;
            is_text = true;
        } else {
            match bytes[at] {
                b'"' => is_text = true,
                b'{' | b'[' => {
                    depth += 1;
                    // The fields themselves stand in one list.
                    let is_it = depth == 2
                        && starts_with(bytes, at, NAME)
                        && starts_with(bytes, at + NAME.len(), name.as_bytes())
                        && starts_with(bytes, at + NAME.len() + name.len(), b"\"");
                    if is_it {
                        inside = depth;
                    }
                }
                b'}' | b']' => {
                    if inside > 0 && depth == inside {
                        return if value > 0 {
                            Some(wire.split_at(at).0.split_at(value).1)
                        } else {
                            None
                        };
                    }
                    depth -= 1;
                }
                _ => {}
            }
        }
        at += 1;
    }
    None
}

const fn starts_with(bytes: &[u8], at: usize, expected: &[u8]) -> bool {
    if at + expected.len() > bytes.len() {
        return false;
    }
    let mut next = 0;
    while next < expected.len() {
        if bytes[at + next] != expected[next] {
            return false;
        }
        next += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{is_limited, of_field, of_type};

    const FIELDS: &str = r#""unknown_fields":"ignore","fields":[{"name":"id","required":true,"type":"integer","min":0,"max":255},{"name":"a\"}","required":true,"aliases":["type"],"type":"choice","choices":["}","id"]},{"name":"inner","required":true,"unknown_fields":"ignore","fields":[{"name":"deep","required":true,"type":"boolean"}]},{"name":"list","required":true,"type":"text","many":true},{"flatten":true,"type":null},{"name":"last","required":false,"type":"boolean"}]"#;

    #[test]
    fn a_field_says_what_its_parameter_takes() {
        for (name, expected) in [
            ("id", r#""type":"integer","min":0,"max":255"#),
            (r#"a\"}"#, r#""type":"choice","choices":["}","id"]"#),
            ("last", r#""type":"boolean""#),
            ("inner", r#""type":null"#),
            ("deep", r#""type":null"#),
            ("list", r#""type":null"#),
            ("missing", r#""type":null"#),
        ] {
            assert_eq!(of_field(FIELDS, name), expected, "{name}");
            assert_eq!(of_type(FIELDS, name), expected, "{name}");
        }
    }

    #[test]
    fn a_value_is_that_of_the_only_parameter() {
        for (wire, expected) in [
            (r#""type":"boolean""#, true),
            (r#""type":"text""#, false),
            (r#""type":null"#, false),
            (r#""type":"integer","many":true"#, false),
        ] {
            assert_eq!(is_limited(of_type(wire, "id")), expected, "{wire}");
            assert!(!is_limited(of_field(wire, "id")), "{wire}");
        }
    }
}
