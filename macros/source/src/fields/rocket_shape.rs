//! What the type of a field tells Rocket, by the rules of `FromForm`; otherwise as in
//! [`shape`](super::shape). Forms are read leniently. `Strict`, with which Rocket refuses more, is
//! not modelled.

use syn::{Generics, PathSegment, Type};

use super::shape::{Required, Shape, Value, type_argument};
use super::values::{ROCKET_BOOL, TEXT, literal};
use crate::generics::mentions_any;

impl Shape {
    /// A field of which nothing is known, and that need not be there.
    pub(super) fn undeclared() -> Self {
        Self {
            value: Value::NotDeclared,
            many: false,
            required: Required::No,
        }
    }

    /// The same for a type whose fields stand in its place: all of them.
    pub(crate) fn of_fields(self) -> Self {
        let value = match self.value {
            Value::One(ty) => Value::Probed(ty),
            _ => Value::NotDeclared,
        };
        Self { value, ..self }
    }

    /// Reads a type in a struct with these generics, as Rocket does.
    pub(crate) fn for_rocket(ty: &Type, generics: &Generics) -> Self {
        match ty {
            Type::Paren(paren) => Self::for_rocket(&paren.elem, generics),
            Type::Group(group) => Self::for_rocket(&group.elem, generics),
            Type::Reference(reference) => match &*reference.elem {
                // Bytes, whatever the text.
                Type::Slice(_) => known(TEXT),
                elem => Self::for_rocket(elem, generics),
            },
            Type::Path(path) if path.qself.is_none() => {
                let segments = &path.path.segments;
                let last = segments.last();
                last.and_then(|last| segment(last, segments.len() == 1, generics))
                    .unwrap_or_else(|| other(ty, generics))
            }
            _ => other(ty, generics),
        }
    }
}

/// Reads a type by its last word, if that is one that Rocket knows.
fn segment(last: &PathSegment, is_plain: bool, generics: &Generics) -> Option<Shape> {
    let word = last.ident.to_string();
    match word.as_str() {
        "bool" if is_plain => {
            return Some(Shape {
                value: Value::AnyCase(&ROCKET_BOOL),
                many: false,
                required: Required::No,
            });
        }
        // A file.
        "TempFile" => {
            return Some(Shape {
                value: Value::NotDeclared,
                many: false,
                required: Required::Yes,
            });
        }
        _ => {}
    }
    if is_plain
        && last.arguments.is_none()
        && let Some(wire) = literal(&word)
    {
        return Some(known(wire));
    }
    let inner = type_argument(&last.arguments)?;
    let of_inner = || Shape::for_rocket(inner, generics);
    match word.as_str() {
        "Arc" | "Cow" | "Lenient" | "Strict" => Some(of_inner()),
        // It says whether all of the file came.
        "Capped" => Some(Shape {
            value: Value::NotDeclared,
            ..of_inner()
        }),
        "Vec" => Some(Shape {
            many: true,
            required: Required::No,
            ..list_of(of_inner())
        }),
        // What cannot be read makes it `None` or `Err`, and the request is not refused.
        "Option" | "Result" => Some(optional(of_inner())),
        // Their fields have names of their own, `map[key]`.
        "HashMap" | "BTreeMap" | "Contextual" => Some(Shape::undeclared()),
        _ => None,
    }
}

fn known(wire: &'static str) -> Shape {
    Shape {
        value: Value::Known(wire),
        many: false,
        required: Required::Yes,
    }
}

fn list_of(inner: Shape) -> Shape {
    // Lists of lists have no place in a form.
    let value = if inner.many {
        Value::NotDeclared
    } else {
        inner.value
    };
    Shape { value, ..inner }
}

fn optional(inner: Shape) -> Shape {
    let value = match inner.value {
        Value::Known(_) | Value::AnyCase(_) => Value::Known(TEXT),
        Value::One(ty) | Value::Probed(ty) => Value::AnyOf(ty),
        value @ (Value::AnyOf(_) | Value::NotDeclared) => value,
    };
    Shape {
        value,
        many: inner.many,
        required: Required::Optional,
    }
}

fn other(ty: &Type, generics: &Generics) -> Shape {
    // What a parameter stands for, and what a type of the user's does without a value,
    // is not known here.
    if mentions_any(ty, generics) || !matches!(ty, Type::Path(_)) {
        return Shape::undeclared();
    }
    Shape {
        value: Value::One(Box::new(ty.clone())),
        many: false,
        required: Required::MustArrive(Box::new(ty.clone())),
    }
}
