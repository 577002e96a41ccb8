//! The model of a type that derives `Fields`.

use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DataEnum, DataStruct, DeriveInput, Generics};

use super::constraints::{Constraint, Constraints};
use super::multipart::{self, Multipart};
use super::reader::Reader;
use super::rocket;
use super::serde::{self, Container};
use super::shape::{Required, Shape, Value};
use crate::errors::Errors;

/// What a request holds for the type.
pub enum Model {
    /// Several fields.
    Struct {
        /// Other fields are refused.
        deny_unknown_fields: bool,
        /// A field that is there twice is refused, where its reader would take one of them.
        denies_duplicates: bool,
        /// The fields.
        fields: Vec<Field>,
    },
    /// One value, that of the only field.
    Transparent(Shape),
    /// One of these values.
    Choice(Vec<String>),
    /// The same in any case, as Rocket reads it.
    ChoiceInAnyCase(Vec<String>),
    /// One value; the choices are not the only ones that are accepted.
    OpenChoice,
}

/// A field of a struct.
pub enum Field {
    /// A field of its own.
    Named {
        /// Its name.
        name: String,
        /// Other names under which it is accepted.
        aliases: Vec<String>,
        /// What its type tells.
        shape: Shape,
        /// What else limits its values.
        constraints: Vec<Constraint>,
    },
    /// The fields of another type, in this one's place.
    Flattened(Shape),
}

impl Model {
    /// Reads the type and its attributes, for whoever reads it out of a request.
    ///
    /// # Errors
    ///
    /// All that is wrong with them, each at its token.
    pub fn new(input: &DeriveInput, reader: Reader) -> syn::Result<Self> {
        let mut errors = Errors::default();
        let container = match reader {
            // Its attributes concern what is written.
            Reader {
                rocket: true,
                serde: false,
                ..
            } => Container::default(),
            _ => Container::parse(&input.attrs, &mut errors),
        };
        let model = match &input.data {
            Data::Struct(data) => from_struct(data, &container, reader, input, &mut errors),
            Data::Enum(data) => Some(from_enum(
                data,
                (&container, &input.attrs),
                reader,
                &mut errors,
            )),
            Data::Union(data) => {
                errors.push(
                    data.union_token.span,
                    "`Fields` cannot be derived for unions",
                );
                None
            }
        };
        errors.finish(model)
    }
}

impl Field {
    /// A field of its own, with these attributes.
    fn new(name: String, aliases: Vec<String>, mut shape: Shape, attrs: &[Attribute]) -> Self {
        let constraints = Constraints::parse(attrs, shape.many);
        if constraints.is_required && matches!(shape.required, Required::Optional) {
            shape.required = Required::Yes;
        }
        Self::Named {
            name,
            aliases,
            shape,
            constraints: constraints.of_value,
        }
    }
}

fn from_struct(
    data: &DataStruct,
    container: &Container,
    reader: Reader,
    input: &DeriveInput,
    errors: &mut Errors,
) -> Option<Model> {
    if let Some(whose) = reader.multipart {
        return Some(multipart_fields(data, whose, input));
    }
    let is_named = matches!(data.fields, syn::Fields::Named(_));
    if container.transparent || (!is_named && data.fields.len() == 1) {
        return transparent(data, reader, &input.generics, errors);
    }
    if !is_named && !data.fields.is_empty() {
        errors.push(
            data.fields.span(),
            "`Fields` can only be derived for structs with named fields or exactly one unnamed field",
        );
        return None;
    }
    let rockets = rocket::Field::parse(&input.attrs);
    let fields = data.fields.iter().filter_map(|field| {
        if reader.rocket {
            rocket_field(field, &rockets, container, reader, &input.generics)
        } else {
            serde_field(field, container, &input.generics, errors)
        }
    });
    let fields = fields.collect();
    Some(Model::Struct {
        deny_unknown_fields: container.deny_unknown_fields && !reader.rocket,
        denies_duplicates: false,
        fields,
    })
}

/// The fields as a derive for multipart bodies reads them.
fn multipart_fields(data: &DataStruct, whose: Multipart, input: &DeriveInput) -> Model {
    let container = multipart::Container::parse(&input.attrs);
    let fields = data.fields.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?.unraw().to_string();
        let attrs = multipart::Field::parse(&field.attrs);
        let mut shape = Shape::for_multipart(&field.ty, whose, &input.generics);
        if attrs.default {
            shape.required = shape.required.or_default();
        }
        let name = attrs.rename.unwrap_or_else(|| container.renamed(&ident));
        Some(Field::new(name, Vec::new(), shape, &field.attrs))
    });
    Model::Struct {
        fields: fields.collect(),
        deny_unknown_fields: container.deny_unknown_fields,
        denies_duplicates: container.denies_duplicates,
    }
}

fn transparent(
    data: &DataStruct,
    reader: Reader,
    generics: &Generics,
    errors: &mut Errors,
) -> Option<Model> {
    if reader.rocket
        && let Some(field) = data.fields.iter().next()
    {
        return Some(Model::Transparent(Shape::for_rocket(&field.ty, generics)));
    }
    for field in &data.fields {
        let attrs = serde::Field::parse(&field.attrs, errors);
        if !(attrs.skip || attrs.default && data.fields.len() > 1) {
            let shape = Shape::new(&field.ty, generics);
            let value = if attrs.custom {
                Value::NotDeclared
            } else {
                shape.value
            };
            return Some(Model::Transparent(Shape { value, ..shape }));
        }
    }
    errors.push(
        data.fields.span(),
        "all fields are skipped: a request would contain none",
    );
    None
}

fn serde_field(
    field: &syn::Field,
    container: &Container,
    generics: &Generics,
    errors: &mut Errors,
) -> Option<Field> {
    let attrs = serde::Field::parse(&field.attrs, errors);
    if attrs.skip {
        return None;
    }
    let mut shape = Shape::new(&field.ty, generics);
    if attrs.flatten {
        return Some(Field::Flattened(shape));
    }
    if attrs.custom {
        // serde also calls the user's function for a missing field.
        shape = Shape {
            value: Value::NotDeclared,
            many: false,
            required: Required::Yes,
        };
    }
    if attrs.default || container.default {
        shape.required = shape.required.or_default();
    }
    if matches!(shape.required, Required::Unknown) {
        errors.push(
            field.ty.span(),
            "the type of this field is generic, so `Fields` cannot tell whether requests must \
             contain it: use a concrete type, or add `#[serde(default)]`",
        );
    }
    let ident = field.ident.as_ref()?.unraw().to_string();
    let name = attrs.rename.unwrap_or_else(|| container.renamed(&ident));
    Some(Field::new(name, attrs.aliases, shape, &field.attrs))
}

/// A field as Rocket reads it. If serde also reads the type, what either takes is taken.
fn rocket_field(
    field: &syn::Field,
    all: &rocket::Field,
    container: &Container,
    reader: Reader,
    generics: &Generics,
) -> Option<Field> {
    let ident = field.ident.as_ref()?.unraw().to_string();
    let attrs = rocket::Field::parse(&field.attrs);
    let mut shape = Shape::for_rocket(&field.ty, generics);
    let mut names = attrs.names;
    if names.is_empty() {
        names.push(ident.clone());
    }
    let mut may_be_left_out = attrs.default || all.default;
    if reader.serde {
        let attrs = serde::Field::parse(&field.attrs, &mut Errors::default());
        names.push(attrs.rename.unwrap_or_else(|| container.renamed(&ident)));
        names.extend(attrs.aliases);
        may_be_left_out |= attrs.default || container.default || attrs.skip || attrs.flatten;
    }
    if may_be_left_out {
        shape.required = shape.required.or_default();
    }
    if shape.many {
        names.push(format!("{}[]", names[0]));
    }
    let name = names.remove(0);
    names.retain(|other| *other != name);
    names.dedup();
    Some(Field::new(name, names, shape, &field.attrs))
}

/// The choices of an enum as `TryFromField` reads them.
fn typed_choices(data: &DataEnum, attrs: &[Attribute]) -> Model {
    let container = multipart::Container::parse(attrs);
    let variants = data.variants.iter().map(|variant| {
        let ident = variant.ident.unraw().to_string();
        let renamed = multipart::Field::parse(&variant.attrs).rename;
        renamed.unwrap_or_else(|| match container.rename_all {
            Some(case) => case.rename_variant(&ident),
            None => ident,
        })
    });
    Model::Choice(variants.collect())
}

fn from_enum(
    data: &DataEnum,
    (container, attrs): (&Container, &[Attribute]),
    reader: Reader,
    errors: &mut Errors,
) -> Model {
    if reader.multipart == Some(Multipart::Typed) {
        return typed_choices(data, attrs);
    }
    let mut choices = Vec::new();
    let mut is_open = false;
    let with_fields = data
        .variants
        .iter()
        .find(|variant| !matches!(variant.fields, syn::Fields::Unit));
    // Where an attribute says how the variants' fields are read, that is refused already.
    if let Some(variant) = with_fields
        && !container.refused
        && !reader.rocket
    {
        errors.push(
            variant.fields.span(),
            "`Fields` can only be derived for enums whose variants have no fields",
        );
    }
    for variant in &data.variants {
        let ident = variant.ident.unraw().to_string();
        if reader.rocket {
            let values = rocket::values(&variant.attrs);
            if values.is_empty() {
                choices.push(ident.clone());
            }
            choices.extend(values);
            if !reader.serde {
                continue;
            }
        }
        let attrs = serde::Variant::parse(&variant.attrs, errors);
        is_open |= attrs.other;
        if attrs.skip || attrs.other {
            continue;
        }
        let renamed = || {
            container
                .rename_all
                .map_or_else(|| ident.clone(), |case| case.rename_variant(&ident))
        };
        choices.push(attrs.rename.unwrap_or_else(renamed));
        choices.extend(attrs.aliases);
    }
    // A name and an alias may be the same.
    let mut seen = std::collections::HashSet::new();
    choices.retain(|choice| seen.insert(choice.clone()));
    if is_open {
        Model::OpenChoice
    } else if reader.rocket {
        Model::ChoiceInAnyCase(choices)
    } else {
        Model::Choice(choices)
    }
}
