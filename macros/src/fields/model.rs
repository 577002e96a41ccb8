//! The model of a type that derives `Fields`.

use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Generics};

use super::reader::Reader;
use super::rocket;
use super::serde::{self, Container};
use super::shape::{Required, Shape};
use crate::errors::Errors;

/// What a request holds for the type.
pub(super) enum Model {
    /// Several fields.
    Struct {
        deny_unknown_fields: bool,
        fields: Vec<Field>,
    },
    /// One value, that of the only field.
    Transparent(Shape),
    /// One value out of these.
    Choice(Vec<String>),
    /// The same, in upper or lower case, as Rocket reads it.
    ChoiceInAnyCase(Vec<String>),
    /// One value; what is no choice is taken, too.
    OpenChoice,
}

/// A field of a struct.
pub(super) enum Field {
    /// A field of its own.
    Named {
        name: String,
        aliases: Vec<String>,
        shape: Shape,
    },
    /// The fields of another type, in this one's place.
    Flattened(Shape),
}

impl Model {
    /// Reads the type and its attributes; reports all mistakes.
    pub(super) fn new(input: &DeriveInput) -> syn::Result<Self> {
        let mut mistakes = Errors::default();
        let reader = Reader::of(input);
        let container = match reader {
            // Its attributes concern what is written.
            Reader {
                rocket: true,
                serde: false,
            } => Container::default(),
            _ => Container::parse(&input.attrs, &mut mistakes),
        };
        let model = match &input.data {
            Data::Struct(data) => of_struct(data, &container, reader, input, &mut mistakes),
            Data::Enum(data) => Some(of_enum(data, &container, reader, &mut mistakes)),
            Data::Union(data) => {
                mistakes.at(
                    data.union_token.span,
                    "`Fields` goes on a struct or on an enum of unit variants: a request cannot hold a union",
                );
                None
            }
        };
        mistakes.finish(model)
    }
}

fn of_struct(
    data: &DataStruct,
    container: &Container,
    reader: Reader,
    input: &DeriveInput,
    mistakes: &mut Errors,
) -> Option<Model> {
    let is_named = matches!(data.fields, syn::Fields::Named(_));
    if container.transparent || (!is_named && data.fields.len() == 1) {
        return transparent(data, reader, &input.generics, mistakes);
    }
    if !is_named && !data.fields.is_empty() {
        mistakes.at(
            data.fields.span(),
            "a request's fields have names: expected a struct with named fields, or with one unnamed",
        );
        return None;
    }
    let rockets = rocket::Field::parse(&input.attrs);
    let fields = data.fields.iter().filter_map(|field| {
        if reader.rocket {
            in_rocket(field, &rockets, container, reader, &input.generics)
        } else {
            of_field(field, container, &input.generics, mistakes)
        }
    });
    let fields = fields.collect();
    Some(Model::Struct {
        deny_unknown_fields: container.deny_unknown_fields && !reader.rocket,
        fields,
    })
}

fn transparent(
    data: &DataStruct,
    reader: Reader,
    generics: &Generics,
    mistakes: &mut Errors,
) -> Option<Model> {
    if reader.rocket
        && let Some(field) = data.fields.iter().next()
    {
        return Some(Model::Transparent(Shape::in_rocket(&field.ty, generics)));
    }
    for field in &data.fields {
        let attrs = serde::Field::parse(&field.attrs, mistakes);
        if !(attrs.skip || attrs.default && data.fields.len() > 1) {
            let shape = Shape::of(&field.ty, generics);
            let value = if attrs.custom {
                super::shape::Value::NotDeclared
            } else {
                shape.value
            };
            return Some(Model::Transparent(Shape { value, ..shape }));
        }
    }
    mistakes.at(data.fields.span(), "no field is left for a request to hold");
    None
}

fn of_field(
    field: &syn::Field,
    container: &Container,
    generics: &Generics,
    mistakes: &mut Errors,
) -> Option<Field> {
    let attrs = serde::Field::parse(&field.attrs, mistakes);
    if attrs.skip {
        return None;
    }
    let mut shape = Shape::of(&field.ty, generics);
    if attrs.flatten {
        return Some(Field::Flattened(shape));
    }
    if attrs.custom {
        // serde asks the user's function about a field that is left out, too.
        shape = Shape {
            value: super::shape::Value::NotDeclared,
            many: false,
            required: Required::Yes,
        };
    }
    if attrs.default || container.default {
        shape.required = Required::No;
    }
    if matches!(shape.required, Required::Unknown) {
        mistakes.at(
            field.ty.span(),
            "`Fields` cannot judge a parameter: whether a request must hold this field depends on \
             the type it stands for. Name a type here, or mark the field `#[serde(default)]`",
        );
    }
    let ident = field.ident.as_ref()?.unraw().to_string();
    let name = attrs.rename.unwrap_or_else(|| container.renamed(&ident));
    Some(Field::Named {
        name,
        aliases: attrs.aliases,
        shape,
    })
}

/// A field as Rocket reads it. If serde reads the type, too, what either takes is taken.
fn in_rocket(
    field: &syn::Field,
    all: &rocket::Field,
    container: &Container,
    reader: Reader,
    generics: &Generics,
) -> Option<Field> {
    let ident = field.ident.as_ref()?.unraw().to_string();
    let attrs = rocket::Field::parse(&field.attrs);
    let mut shape = Shape::in_rocket(&field.ty, generics);
    let mut names = attrs.names;
    if names.is_empty() {
        names.push(ident.clone());
    }
    // All ways to write a name cannot be listed.
    let mut may_be_left_out = attrs.default || all.default || attrs.uncased;
    if reader.serde {
        let attrs = serde::Field::parse(&field.attrs, &mut Errors::default());
        names.push(attrs.rename.unwrap_or_else(|| container.renamed(&ident)));
        names.extend(attrs.aliases);
        may_be_left_out |= attrs.default || container.default || attrs.skip || attrs.flatten;
    }
    if may_be_left_out {
        shape.required = Required::No;
    }
    if shape.many {
        names.push(format!("{}[]", names[0]));
    }
    let name = names.remove(0);
    names.retain(|other| *other != name);
    names.dedup();
    Some(Field::Named {
        name,
        aliases: names,
        shape,
    })
}

fn of_enum(data: &DataEnum, container: &Container, reader: Reader, mistakes: &mut Errors) -> Model {
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
        mistakes.at(
            variant.fields.span(),
            "a choice is a variant without fields: `Fields` reads enums of unit variants only",
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
        let attrs = serde::Variant::parse(&variant.attrs, mistakes);
        is_open |= attrs.other;
        if attrs.skip || attrs.other {
            continue;
        }
        let renamed = || {
            container
                .rename_all
                .map_or_else(|| ident.clone(), |case| case.of_variant(&ident))
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
