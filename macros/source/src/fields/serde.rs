//! The serde attributes that decide what a request may hold.

use quote::ToTokens as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, Error, LitStr, Result, Token};

use super::case::Case;
use crate::errors::Errors;

/// The attributes of a struct or an enum.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "serde has as many flags")]
pub(super) struct Container {
    pub(super) rename_all: Option<Case>,
    pub(super) default: bool,
    pub(super) deny_unknown_fields: bool,
    pub(super) transparent: bool,
    /// There is one that `Fields` cannot read.
    pub(super) refused: bool,
}

/// The attributes of a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "serde has as many flags")]
pub(super) struct Field {
    pub(super) rename: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) default: bool,
    pub(super) skip: bool,
    pub(super) flatten: bool,
    /// A function of the user reads the field: its type tells nothing.
    pub(super) custom: bool,
}

/// The attributes of a variant.
#[derive(Default)]
pub(super) struct Variant {
    pub(super) rename: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) skip: bool,
    pub(super) other: bool,
}

impl Container {
    /// Reads all `#[serde(…)]` among `attrs`.
    pub(super) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        each(attrs, errors, |key, meta| {
            match key {
                "rename_all" => {
                    parsed.rename_all = deserialize_name(meta)?.as_ref().map(case).transpose()?;
                }
                "default" => parsed.default = flag_or_value(meta)?,
                "deny_unknown_fields" => parsed.deny_unknown_fields = true,
                "transparent" => parsed.transparent = true,
                // They rename the type, or the fields of variants that are refused anyway.
                "rename" | "rename_all_fields" | "bound" | "crate" | "expecting" | "into" => {
                    skip_value(meta)?;
                }
                "from" | "try_from" => {
                    parsed.refused = true;
                    return Err(meta.error(format!(
                        "with `#[serde({key})]`, requests contain the fields of another type: \
                         derive `Fields` for that type, and name it in `accepts` or `sends`"
                    )));
                }
                _ => {
                    parsed.refused = true;
                    return Err(unsupported(key, meta, Level::Container));
                }
            }
            Ok(())
        });
        parsed
    }
}

impl Container {
    /// The name of a field that says none itself.
    pub(super) fn renamed(&self, field: &str) -> String {
        self.rename_all
            .map_or_else(|| field.to_owned(), |case| case.rename_field(field))
    }
}

impl Field {
    /// Reads all `#[serde(…)]` among `attrs`.
    pub(super) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        each(attrs, errors, |key, meta| {
            match key {
                "rename" => parsed.rename = deserialize_name(meta)?.map(|name| name.value()),
                "alias" => parsed.aliases.push(value(meta)?.value()),
                "default" => parsed.default = flag_or_value(meta)?,
                "skip" | "skip_deserializing" => parsed.skip = true,
                "flatten" => parsed.flatten = true,
                "with" | "deserialize_with" => {
                    skip_value(meta)?;
                    parsed.custom = true;
                }
                // They concern what is written, not what is read.
                "skip_serializing"
                | "skip_serializing_if"
                | "serialize_with"
                | "borrow"
                | "bound"
                | "getter" => skip_value(meta)?,
                _ => return Err(unsupported(key, meta, Level::Field)),
            }
            Ok(())
        });
        parsed
    }
}

impl Variant {
    /// Reads all `#[serde(…)]` among `attrs`.
    pub(super) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        each(attrs, errors, |key, meta| {
            match key {
                "rename" => parsed.rename = deserialize_name(meta)?.map(|name| name.value()),
                "alias" => parsed.aliases.push(value(meta)?.value()),
                "skip" | "skip_deserializing" => parsed.skip = true,
                "other" => parsed.other = true,
                "skip_serializing" | "rename_all" | "serialize_with" | "bound" | "borrow" => {
                    skip_value(meta)?;
                }
                _ => return Err(unsupported(key, meta, Level::Variant)),
            }
            Ok(())
        });
        parsed
    }
}

/// Calls `take` for each key in each `#[serde(…)]`.
fn each(
    attrs: &[Attribute],
    errors: &mut Errors,
    mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let parsed = attr.parse_nested_meta(|meta| {
            let key = meta.path.to_token_stream().to_string().replace(' ', "");
            take(&key, &meta)
        });
        errors.ok(parsed);
    }
}

/// The item whose attributes are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Container,
    Variant,
    Field,
}

/// The attributes of serde that not every level has: each with the levels at which serde accepts
/// it.
const ATTRIBUTES: &[(&str, &[Level])] = {
    use Level::{Container, Field, Variant};
    &[
        ("tag", &[Container]),
        ("content", &[Container]),
        ("untagged", &[Container, Variant]),
        ("remote", &[Container]),
        ("variant_identifier", &[Container]),
        ("field_identifier", &[Container]),
        ("rename_all", &[Container, Variant]),
        ("rename_all_fields", &[Container]),
        ("deny_unknown_fields", &[Container]),
        ("transparent", &[Container]),
        ("from", &[Container]),
        ("try_from", &[Container]),
        ("into", &[Container]),
        ("crate", &[Container]),
        ("expecting", &[Container]),
        ("default", &[Container, Field]),
        ("alias", &[Variant, Field]),
        ("skip", &[Variant, Field]),
        ("skip_serializing", &[Variant, Field]),
        ("skip_deserializing", &[Variant, Field]),
        ("with", &[Variant, Field]),
        ("serialize_with", &[Variant, Field]),
        ("deserialize_with", &[Variant, Field]),
        ("borrow", &[Variant, Field]),
        ("other", &[Variant]),
        ("flatten", &[Field]),
        ("skip_serializing_if", &[Field]),
        ("getter", &[Field]),
    ]
};

/// The error of an attribute that `Fields` does not read at this level.
fn unsupported(key: &str, meta: &ParseNestedMeta<'_>, level: Level) -> Error {
    let known = ATTRIBUTES.iter().find(|(name, _)| *name == key);
    let message = match known {
        None => format!("unknown serde attribute `{key}`"),
        Some((_, levels)) if !levels.contains(&level) => {
            let place = match level {
                Level::Container => "a struct or an enum",
                Level::Variant => "a variant",
                Level::Field => "a field",
            };
            format!("`#[serde({key})]` is not supported on {place}")
        }
        Some(_) => format!(
            "`Fields` does not support `#[serde({key})]`. Derive `Fields` for a type without this \
             attribute, and name that type in `accepts` or `sends`"
        ),
    };
    Error::new(meta.path.span(), message)
}

/// Parses `= "value"`.
fn value(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    let key = meta.path.to_token_stream();
    if !meta.input.peek(Token![=]) {
        return Err(Error::new(
            meta.path.span(),
            format!("`{key}` has no value: expected `{key} = \"…\"`"),
        ));
    }
    let value = meta.value()?;
    if !value.peek(LitStr) {
        return Err(value.error(format!("expected a string (`{key} = \"…\"`)")));
    }
    value.parse()
}

/// Parses `= "name"`, or `(serialize = "…", deserialize = "name")`, of which only
/// the second concerns a request.
fn deserialize_name(meta: &ParseNestedMeta<'_>) -> Result<Option<LitStr>> {
    if !meta.input.peek(syn::token::Paren) {
        return value(meta).map(Some);
    }
    let mut name = None;
    meta.parse_nested_meta(|direction| {
        let text = value(&direction)?;
        if direction.path.is_ident("deserialize") {
            name = Some(text);
        }
        Ok(())
    })?;
    Ok(name)
}

fn case(name: &LitStr) -> Result<Case> {
    Case::parse(&name.value()).map_err(|message| Error::new(name.span(), message))
}

/// Parses a key with or without a value.
fn flag_or_value(meta: &ParseNestedMeta<'_>) -> Result<bool> {
    skip_value(meta)?;
    Ok(true)
}

/// Skips `= value` or `(…)`, if there is one.
pub(super) fn skip_value(meta: &ParseNestedMeta<'_>) -> Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        meta.input.parse::<proc_macro2::Group>()?;
    }
    Ok(())
}
