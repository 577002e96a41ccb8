//! What Rocket's forms make of a field, where that depends on what its type declares.

use crate::fields::Fields as _;
use crate::metadata::Value;
use crate::text::eq;

const NOT_DECLARED: &str = "\"type\":null";

/// A field that holds one value. Rocket finds the fields of a type with several under
/// names of their own, `person.name`: so the compiler's checks do not know them.
pub const fn one(value: Value) -> Value {
    match value {
        Value::Fields { .. } => Value::NotDeclared,
        one => one,
    }
}

/// The same as a fragment of a record's JSON: `wire` is that of the type.
pub const fn one_wire(value: &Value, wire: &'static str) -> &'static str {
    match value {
        // It takes more words than serde's.
        _ if eq(wire, bool::WIRE) => NOT_DECLARED,
        _ => wire,
    }
}

/// A field in an `Option` or a `Result`: what its type does not take makes it `None`,
/// and the request is not refused.
pub const fn any(value: &Value) -> Value {
    match value {
        Value::Fields { .. } | Value::NotDeclared => Value::NotDeclared,
        _ => Value::Any,
    }
}

/// The same as a fragment of a record's JSON.
pub const fn any_wire(value: &Value) -> &'static str {
    match value {
        Value::Fields { .. } | Value::NotDeclared => NOT_DECLARED,
        _ => str::WIRE,
    }
}

/// As JSON.
pub const fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
