//! What the type of one field says: its value's kind, how many, and whether a
//! request may leave it out.

use syn::{GenericArgument, Generics, PathArguments, PathSegment, Type};

use super::values::literal;
use crate::validate::mentions_any;

/// What a field's type says.
pub(super) struct Shape {
    pub(super) value: Value,
    /// The field may be there several times.
    pub(super) many: bool,
    pub(super) required: Required,
}

/// The kind of value.
pub(super) enum Value {
    /// A fragment of JSON.
    Known(&'static str),
    /// What the compiler finds for this type.
    Probed(Box<Type>),
    /// The same, but not the fields of a type that has several: Rocket's.
    One(Box<Type>),
    /// Any text, if it is one value: Rocket's.
    AnyOf(Box<Type>),
    /// Rocket's `bool`.
    Switch,
    /// Nothing can be said.
    NotDeclared,
}

/// Whether a request must hold the field.
pub(super) enum Required {
    /// It may be left out.
    No,
    /// It must be there.
    Yes,
    /// It must, unless the compiler finds this type to be an `Option`.
    Probed(Box<Type>),
    /// It must, if the compiler finds that Rocket has no default for this type.
    MustArrive(Box<Type>),
    /// It depends on a parameter of the struct.
    Unknown,
}

impl Shape {
    /// Judges a type in a struct with these generics.
    pub(super) fn of(ty: &Type, generics: &Generics) -> Self {
        match ty {
            Type::Paren(paren) => Self::of(&paren.elem, generics),
            Type::Group(group) => Self::of(&group.elem, generics),
            Type::Reference(reference) => Self::of(&reference.elem, generics),
            Type::Array(array) => Self::many(&array.elem, generics),
            Type::Slice(slice) => Self::many(&slice.elem, generics),
            Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last();
                last.and_then(|last| {
                    Self::of_segment(last, path.path.segments.len() == 1, generics)
                })
                .unwrap_or_else(|| Self::other(ty, generics))
            }
            _ => Self::other(ty, generics),
        }
    }

    /// Judges a type by its last word, if that is one of the standard library's.
    fn of_segment(last: &PathSegment, is_plain: bool, generics: &Generics) -> Option<Self> {
        let word = last.ident.to_string();
        if is_plain
            && last.arguments.is_none()
            && let Some(wire) = literal(&word)
        {
            return Some(Self {
                value: Value::Known(wire),
                many: false,
                required: Required::Yes,
            });
        }
        let inner = type_argument(&last.arguments)?;
        match word.as_str() {
            "Option" => Some(Self {
                required: Required::No,
                ..Self::of(inner, generics)
            }),
            "Box" | "Rc" | "Arc" | "Cow" => Some(Self::of(inner, generics)),
            "Vec" | "VecDeque" | "LinkedList" | "HashSet" | "BTreeSet" => {
                Some(Self::many(inner, generics))
            }
            _ => None,
        }
    }

    fn many(inner: &Type, generics: &Generics) -> Self {
        let inner = Self::of(inner, generics);
        // Lists of lists have no place in a form.
        let value = if inner.many {
            Value::NotDeclared
        } else {
            inner.value
        };
        Self {
            value,
            many: true,
            required: Required::Yes,
        }
    }

    fn other(ty: &Type, generics: &Generics) -> Self {
        if mentions_any(ty, generics) {
            return Self {
                value: Value::NotDeclared,
                many: false,
                required: Required::Unknown,
            };
        }
        Self {
            value: Value::Probed(Box::new(ty.clone())),
            many: false,
            required: Required::Probed(Box::new(ty.clone())),
        }
    }
}

/// The first type among the arguments: `T` of `Option<T>` and of `Cow<'a, T>`.
pub(super) fn type_argument(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
