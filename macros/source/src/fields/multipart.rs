//! The attributes and types of `axum_typed_multipart` and `actix_multipart`, whose derives read
//! multipart bodies without serde. Errors in their attributes are ignored, because the derives
//! report them.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Generics, LitStr, Type};

use super::case::Case;
use super::shape::{Required, Shape, Value, type_argument};
use super::values::{TYPED_MULTIPART_BOOL, literal};

/// Whose derive reads a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multipart {
    /// `axum_typed_multipart`'s `TryFromMultipart` and `TryFromField`.
    Typed,
    /// `actix_multipart`'s `MultipartForm`.
    Actix,
}

/// The attributes of a struct or an enum.
#[derive(Default)]
pub(super) struct Container {
    pub(super) rename_all: Option<Case>,
    pub(super) deny_unknown_fields: bool,
    /// A field that is there twice is refused.
    pub(super) denies_duplicates: bool,
}

/// The attributes of a field or a variant.
#[derive(Default)]
pub(super) struct Field {
    pub(super) rename: Option<String>,
    pub(super) default: bool,
}

impl Multipart {
    /// Who declares this attribute, or this derive.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "TryFromMultipart" | "TryFromField" | "try_from_multipart" | "try_from_field"
            | "form_data" => Some(Self::Typed),
            "MultipartForm" | "multipart" => Some(Self::Actix),
            _ => None,
        }
    }
}

impl Container {
    pub(super) fn parse(attrs: &[Attribute]) -> Self {
        let mut parsed = Self::default();
        let names = ["try_from_multipart", "try_from_field", "multipart"];
        each(attrs, &names, |key, meta| {
            match key {
                "rename_all" => parsed.rename_all = Case::parse(&text(meta)?).ok(),
                "strict" => {
                    parsed.deny_unknown_fields = true;
                    parsed.denies_duplicates = true;
                }
                "deny_unknown_fields" => parsed.deny_unknown_fields = true,
                "duplicate_field" => parsed.denies_duplicates = text(meta)? == "deny",
                _ => skip(meta)?,
            }
            Ok(())
        });
        parsed
    }

    /// The name of a field that says none itself.
    pub(super) fn renamed(&self, field: &str) -> String {
        self.rename_all
            .map_or_else(|| field.to_owned(), |case| case.rename_field(field))
    }
}

impl Field {
    pub(super) fn parse(attrs: &[Attribute]) -> Self {
        let mut parsed = Self::default();
        each(attrs, &["form_data", "multipart", "field"], |key, meta| {
            match key {
                "field_name" | "rename" => parsed.rename = Some(text(meta)?),
                "default" => parsed.default = true,
                _ => skip(meta)?,
            }
            Ok(())
        });
        parsed
    }
}

impl Shape {
    /// Reads the type of a field as the derive does.
    pub(super) fn for_multipart(ty: &Type, whose: Multipart, generics: &Generics) -> Self {
        match ty {
            Type::Paren(paren) => return Self::for_multipart(&paren.elem, whose, generics),
            Type::Group(group) => return Self::for_multipart(&group.elem, whose, generics),
            _ => {}
        }
        let last = match ty {
            Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
            _ => None,
        };
        let Some(last) = last else {
            return one(Value::NotDeclared);
        };
        let word = last.ident.to_string();
        let inner = type_argument(&last.arguments);
        match (word.as_str(), inner, whose) {
            ("Option", Some(inner), _) => Self {
                required: Required::Optional,
                ..Self::for_multipart(inner, whose, generics)
            },
            ("Vec", Some(inner), _) => {
                let inner = Self::for_multipart(inner, whose, generics);
                let is_plain = !inner.many && matches!(inner.required, Required::Yes);
                Self {
                    value: if is_plain {
                        inner.value
                    } else {
                        Value::NotDeclared
                    },
                    many: true,
                    required: Required::No,
                }
            }
            ("FieldData", Some(inner), Multipart::Typed) => {
                Self::for_multipart(inner, whose, generics)
            }
            // serde's code reads the text.
            ("Text", Some(inner), Multipart::Actix) => {
                let inner = Self::new(inner, generics);
                let is_plain =
                    !inner.many && matches!(inner.required, Required::Yes | Required::Probed(_));
                one(if is_plain {
                    inner.value
                } else {
                    Value::NotDeclared
                })
            }
            ("bool", None, Multipart::Typed) => one(Value::AnyCase(&TYPED_MULTIPART_BOOL)),
            ("Bytes" | "TempFile" | "NamedTempFile", ..) | (_, _, Multipart::Actix) => {
                one(Value::NotDeclared)
            }
            (word, None, Multipart::Typed) => {
                one(literal(word).map_or_else(|| Value::Probed(Box::new(ty.clone())), Value::Known))
            }
            (_, Some(_), Multipart::Typed) => one(Value::NotDeclared),
        }
    }
}

/// A field with one value, which must be there.
fn one(value: Value) -> Shape {
    Shape {
        value,
        many: false,
        required: Required::Yes,
    }
}

/// Calls `take` for each key in each attribute of these names.
fn each(
    attrs: &[Attribute],
    names: &[&str],
    mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    let is_one = |attr: &&Attribute| names.iter().any(|name| attr.path().is_ident(name));
    for attr in attrs.iter().filter(is_one) {
        let _the_derive_says_it = attr.parse_nested_meta(|meta| match meta.path.get_ident() {
            Some(key) => take(&key.to_string(), &meta),
            None => skip(&meta),
        });
    }
}

fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// Passes over `= value` or `(…)`, if there is one.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    super::serde::skip_value(meta)
}
