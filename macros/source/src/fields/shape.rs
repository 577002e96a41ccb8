//! What the type of a field tells: the kind of value, how many there may be, and whether a request
//! may leave it out.

use syn::{GenericArgument, Generics, PathArguments, PathSegment, Type};

use super::values::literal;
use crate::generics::mentions_any;

/// What the type of a field tells.
pub struct Shape {
    /// The kind of value.
    pub value: Value,
    /// The field may occur several times.
    pub many: bool,
    /// Whether a request must hold the field.
    pub required: Required,
}

/// The kind of value.
pub enum Value {
    /// A fragment of JSON.
    Known(&'static str),
    /// What this type declares, which only the compiler knows.
    Probed(Box<Type>),
    /// The same, but nothing for a type that has several fields: Rocket's.
    One(Box<Type>),
    /// Any text, if the type is a single value: Rocket's.
    AnyOf(Box<Type>),
    /// One of these texts, in any case: a `bool` of Rocket's.
    AnyCase(&'static [&'static str]),
    /// Unknown.
    NotDeclared,
}

/// Whether a request must hold the field.
pub enum Required {
    /// It may be left out.
    No,
    /// The same, since it is an `Option`.
    Optional,
    /// It must be there.
    Yes,
    /// It must, unless the compiler finds this type to be an `Option`.
    Probed(Box<Type>),
    /// It may be left out, and the compiler finds out whether this type is an `Option`.
    DefaultOf(Box<Type>),
    /// It must, if the compiler finds that Rocket has no default for this type.
    MustArrive(Box<Type>),
    /// It depends on a parameter of the struct.
    Unknown,
}

impl Required {
    /// The same for a field that has a default.
    pub(super) fn or_default(self) -> Self {
        match self {
            Self::Probed(ty) | Self::DefaultOf(ty) => Self::DefaultOf(ty),
            Self::Optional => Self::Optional,
            Self::No | Self::Yes | Self::MustArrive(_) | Self::Unknown => Self::No,
        }
    }
}

impl Shape {
    /// Reads a type in a struct with these generics.
    #[must_use]
    pub fn new(ty: &Type, generics: &Generics) -> Self {
        match ty {
            Type::Paren(paren) => Self::new(&paren.elem, generics),
            Type::Group(group) => Self::new(&group.elem, generics),
            Type::Reference(reference) => Self::new(&reference.elem, generics),
            Type::Array(array) => Self::many(&array.elem, generics),
            Type::Slice(slice) => Self::many(&slice.elem, generics),
            Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last();
                last.and_then(|last| {
                    Self::from_segment(last, path.path.segments.len() == 1, generics)
                })
                .unwrap_or_else(|| Self::other(ty, generics))
            }
            _ => Self::other(ty, generics),
        }
    }

    /// Reads a type by its last word, if that is one of the standard library's.
    fn from_segment(last: &PathSegment, is_plain: bool, generics: &Generics) -> Option<Self> {
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
                required: Required::Optional,
                ..Self::new(inner, generics)
            }),
            "Box" | "Rc" | "Arc" | "Cow" => Some(Self::new(inner, generics)),
            "Vec" | "VecDeque" | "LinkedList" | "HashSet" | "BTreeSet" => {
                Some(Self::many(inner, generics))
            }
            _ => None,
        }
    }

    fn many(inner: &Type, generics: &Generics) -> Self {
        let inner = Self::new(inner, generics);
        // Lists of lists have no place in a form, and what is empty in a list is not known.
        let value = if inner.many || matches!(inner.required, Required::Optional) {
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
pub(crate) fn type_argument(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
