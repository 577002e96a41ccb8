//! What a value is made of, as far as its type tells.

use std::collections::BTreeSet;

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

/// The names of the types that a value is made of, beside texts, numbers and the containers of
/// the standard library: none for `&[String]`, `Note` for `Option<&Note>`. Whatever is taken out
/// of a value is made of no others. `None`: nobody knows.
pub(super) type Shape = Option<BTreeSet<String>>;

/// Texts, numbers, and what is displayed as one.
const TEXTS: [&str; 28] = [
    "Decimal",
    "Duration",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "String",
    "Utc",
    "Uuid",
    "bool",
    "char",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
    "Local",
    "Arguments",
    "Infallible",
];

/// Types that hold values of their arguments, and nothing else that is displayed; the extractors
/// of axum and actix-web are among them.
const CONTAINERS: [&str; 34] = [
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Cell",
    "Cow",
    "Data",
    "DateTime",
    "Extension",
    "Form",
    "HashMap",
    "HashSet",
    "IndexMap",
    "Iter",
    "Json",
    "LinkedList",
    "Mutex",
    "NonZero",
    "Option",
    "Path",
    "Query",
    "Range",
    "RangeInclusive",
    "Rc",
    "Ref",
    "RefCell",
    "Result",
    "Reverse",
    "RwLock",
    "State",
    "Vec",
    "VecDeque",
    "Wrapping",
];

/// A text, or several.
#[expect(clippy::unnecessary_wraps, reason = "it is a shape")]
pub(super) fn text() -> Shape {
    Some(BTreeSet::new())
}

/// What holds values of each of these shapes.
pub(super) fn all(shapes: impl IntoIterator<Item = Shape>) -> Shape {
    let mut joined = BTreeSet::new();
    for shape in shapes {
        joined.extend(shape?);
    }
    Some(joined)
}

/// The shape of the values of a type; `owner` is the name of `Self`.
pub(super) fn of_type(ty: &Type, owner: &str) -> Shape {
    match ty {
        Type::Reference(ty) => of_type(&ty.elem, owner),
        Type::Paren(ty) => of_type(&ty.elem, owner),
        Type::Group(ty) => of_type(&ty.elem, owner),
        Type::Slice(ty) => of_type(&ty.elem, owner),
        Type::Array(ty) => of_type(&ty.elem, owner),
        Type::Tuple(ty) => all(ty.elems.iter().map(|ty| of_type(ty, owner))),
        Type::Path(ty) if ty.qself.is_none() => {
            let last = ty.path.segments.last()?;
            let name = last.ident.to_string();
            match name.as_str() {
                "Self" if !owner.is_empty() => Some([owner.to_owned()].into()),
                name if TEXTS.contains(&name) => text(),
                name if CONTAINERS.contains(&name) && !last.arguments.is_none() => {
                    of_arguments(&last.arguments, owner)
                }
                // A type of somebody's, perhaps an alias.
                _ => Some([name].into()),
            }
        }
        Type::ImplTrait(ty) => of_bounds(ty.bounds.iter(), owner),
        Type::TraitObject(ty) => of_bounds(ty.bounds.iter(), owner),
        _ => None,
    }
}

/// The shape of what a function returns.
pub(super) fn of_output(output: &ReturnType, owner: &str) -> Shape {
    match output {
        ReturnType::Default => text(),
        ReturnType::Type(_, ty) => of_type(ty, owner),
    }
}

/// The shape of the values of a type with these bounds, of which nothing else is known: as
/// `impl Display`, maud knows them as texts alone.
pub(super) fn of_bounds<'b>(
    bounds: impl Iterator<Item = &'b TypeParamBound>,
    owner: &str,
) -> Shape {
    let mut shape = None;
    for bound in bounds {
        let TypeParamBound::Trait(bound) = bound else {
            continue;
        };
        let Some(last) = bound.path.segments.last() else {
            continue;
        };
        let of_bound = match last.ident.to_string().as_str() {
            "Display" | "ToString" => text(),
            "AsRef"
            | "Borrow"
            | "Deref"
            | "DoubleEndedIterator"
            | "ExactSizeIterator"
            | "Into"
            | "IntoIterator"
            | "Iterator" => of_arguments(&last.arguments, owner),
            "Clone" | "Copy" | "Debug" | "Send" | "Sized" | "Sync" | "Unpin" => continue,
            _ => return None,
        };
        shape = Some(of_bound?);
    }
    shape
}

fn of_arguments(arguments: &PathArguments, owner: &str) -> Shape {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    all(arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(of_type(ty, owner)),
        GenericArgument::AssocType(ty) => Some(of_type(&ty.ty, owner)),
        GenericArgument::Lifetime(_) | GenericArgument::Const(_) => None,
        _ => Some(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::of_type;

    #[track_caller]
    fn assert_shape(ty: &str, expected: Option<&[&str]>) {
        let shape = of_type(&syn::parse_str(ty).unwrap(), "Me");
        let names = shape.map(|names| names.into_iter().collect::<Vec<_>>());
        let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(names, expected, "{ty}");
    }

    #[test]
    fn a_type_is_made_of_those_that_it_holds() {
        for ty in [
            "&str",
            "Option<&'static [String]>",
            "(u8, std::collections::HashMap<String, Vec<f64>>)",
            "impl std::fmt::Display + Clone",
            "impl Iterator<Item = u32>",
            "impl AsRef<str>",
            "axum::extract::Path<u64>",
            "Result<String, chrono::NaiveDate>",
            "[u8; 4]",
        ] {
            assert_shape(ty, Some(&[]));
        }
        assert_shape("maud::Markup", Some(&["Markup"]));
        assert_shape("Vec<(Note, &Self)>", Some(&["Me", "Note"]));
        assert_shape("fmt::Result", Some(&["Result"]));
        assert_shape("PreEscaped<String>", Some(&["PreEscaped"]));
        for ty in [
            "impl Render",
            "impl Clone",
            "&dyn Render",
            "fn() -> u8",
            "<T as A>::B",
            "_",
        ] {
            assert_shape(ty, None);
        }
    }
}
