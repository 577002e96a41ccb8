//! The fields that a type holds, as records say them: what the derive asks the compiler for, a scan
//! looks up among the types of the program.

use coexist_source::fields::constraints;
use coexist_source::fields::model::{Field, Model};
use coexist_source::fields::reader::Reader;
use coexist_source::fields::shape::{Required, Shape, Value};
use coexist_source::fields::values::{ROCKET_BOOL, TEXT, literal};
use coexist_source::registration::names;
use syn::{DeriveInput, Generics, Type};

use super::program::index::{Index, TypeKind};
use crate::registry::wire::{FlatField, Place, unflattened};
use crate::registry::{Fields, UnknownFields};

/// How deep types are followed.
const MAX_DEPTH: usize = 8;

/// What nobody knows.
const NOT_DECLARED: &str = "\"type\":null";

/// What a type says of itself.
pub(super) struct Fragment {
    /// Its keys in JSON.
    pub(super) json: String,
    /// It has several fields.
    has_fields: bool,
    /// It is an `Option`.
    is_option: bool,
    /// Rocket refuses a request without it.
    must_arrive: bool,
}

impl Fragment {
    fn of(json: &str) -> Self {
        Self {
            json: json.to_owned(),
            has_fields: false,
            is_option: false,
            must_arrive: false,
        }
    }

    fn is_declared(&self) -> bool {
        self.json != NOT_DECLARED
    }

    /// Its fields, if it has several: the keys `unknown_fields` and `fields`.
    pub(super) fn fields(&self) -> Option<&str> {
        self.has_fields.then_some(&self.json)
    }
}

/// The types of a program.
#[derive(Clone, Copy)]
pub(super) struct Types<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    /// Whether a type declares nothing unless it derives `Fields`.
    pub(super) only_declared: bool,
}

impl Types<'_, '_> {
    /// What a model that is no type of its own says, in code of this scope.
    pub(super) fn of_parameters(&self, model: &Model, scope: &str) -> Fragment {
        self.of_model(model, scope, 0)
    }

    /// What a type says of itself, in code of this scope.
    pub(super) fn fragment(&self, ty: &Type, scope: &str) -> Fragment {
        self.of_type(ty, scope, 0)
    }

    fn of_type(&self, ty: &Type, scope: &str, depth: usize) -> Fragment {
        if depth > MAX_DEPTH {
            return Fragment::of(NOT_DECLARED);
        }
        let path = match ty {
            Type::Paren(inner) => return self.of_type(&inner.elem, scope, depth),
            Type::Group(inner) => return self.of_type(&inner.elem, scope, depth),
            Type::Reference(inner) => return self.of_type(&inner.elem, scope, depth),
            Type::Path(path) if path.qself.is_none() => &path.path,
            _ => return Fragment::of(NOT_DECLARED),
        };
        let names = names(path);
        let Some(position) = self.index.type_at(&names, scope) else {
            return self.of_other(ty, path, scope, depth);
        };
        let item = &self.index.types[position];
        let input: DeriveInput = match item.kind {
            TypeKind::Struct(item) => item.clone().into(),
            TypeKind::Enum(item) => item.clone().into(),
            TypeKind::Alias(generics, meant) => {
                if !generics.params.is_empty() {
                    return Fragment::of(NOT_DECLARED);
                }
                return self.of_type(meant, &item.scope, depth + 1);
            }
        };
        if !input.generics.params.is_empty() && has_types(&input.generics) {
            return Fragment::of(NOT_DECLARED);
        }
        let listed = Reader::of_attributes(&input.attrs);
        // The derive asks for no reader: what the type says may be read by hand.
        let is_declared = if self.only_declared {
            derives_fields(&input.attrs)
        } else {
            listed.is_some()
        };
        if !is_declared {
            return Fragment::of(NOT_DECLARED);
        }
        match Model::new(&input, Reader::new(&input, Some(listed))) {
            Ok(model) => self.of_model(&model, &item.scope, depth),
            Err(_) => Fragment::of(NOT_DECLARED),
        }
    }

    /// A type of another crate.
    fn of_other(&self, ty: &Type, path: &syn::Path, scope: &str, depth: usize) -> Fragment {
        // Servers have 64 bits.
        let literal_of = |word: &str| match word {
            "usize" => literal("u64"),
            "isize" => literal("i64"),
            word => literal(word),
        };
        if let Some(word) = path.get_ident()
            && let Some(json) = literal_of(&word.to_string())
        {
            return Fragment {
                must_arrive: true,
                ..Fragment::of(json)
            };
        }
        let shape = Shape::new(ty, &Generics::default());
        if let Value::Probed(_) = shape.value {
            return Fragment::of(NOT_DECLARED);
        }
        let is_option = matches!(shape.required, Required::Optional);
        Fragment {
            is_option,
            ..Fragment::of(&self.of_shape(&shape, scope, depth))
        }
    }

    fn of_model(&self, model: &Model, scope: &str, depth: usize) -> Fragment {
        match model {
            Model::Struct {
                deny_unknown_fields,
                denies_duplicates,
                fields,
            } => {
                let unknown = if *deny_unknown_fields {
                    "deny"
                } else {
                    "ignore"
                };
                let fields = fields
                    .iter()
                    .map(|field| self.of_field(field, *denies_duplicates, scope, depth));
                let fields: Vec<String> = fields.collect();
                let json = format!(
                    "\"unknown_fields\":\"{unknown}\",\"fields\":[{}]",
                    fields.join(",")
                );
                Fragment {
                    has_fields: true,
                    ..Fragment::of(&json)
                }
            }
            Model::Transparent(shape) => Fragment {
                must_arrive: match &shape.required {
                    Required::Yes => true,
                    Required::MustArrive(ty) => self.of_type(ty, scope, depth + 1).must_arrive,
                    _ => false,
                },
                ..Fragment::of(&self.of_shape(shape, scope, depth))
            },
            Model::Choice(choices) => Fragment::of(&choice(choices, false)),
            Model::ChoiceInAnyCase(choices) => Fragment {
                must_arrive: true,
                ..Fragment::of(&choice(choices, true))
            },
            Model::OpenChoice => Fragment::of(TEXT),
        }
    }

    fn of_shape(&self, shape: &Shape, scope: &str, depth: usize) -> String {
        let mut json = self.of_value(&shape.value, scope, depth);
        if shape.many {
            json.push_str(",\"many\":true");
        }
        json
    }

    fn of_value(&self, value: &Value, scope: &str, depth: usize) -> String {
        let inner = |ty: &Type| self.of_type(ty, scope, depth + 1);
        match value {
            Value::Known(json) => (*json).to_owned(),
            Value::NotDeclared => NOT_DECLARED.to_owned(),
            Value::Probed(ty) => inner(ty).json,
            Value::One(ty) => {
                let inner = inner(ty);
                // Rocket takes more words for a `bool` than serde.
                if Some(&*inner.json) == literal("bool") {
                    NOT_DECLARED.to_owned()
                } else {
                    inner.json
                }
            }
            Value::AnyOf(ty) => {
                let inner = inner(ty);
                let is_one = inner.is_declared() && !inner.has_fields;
                if is_one { TEXT } else { NOT_DECLARED }.to_owned()
            }
            Value::AnyCase(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
                debug_assert!(texts.len() >= ROCKET_BOOL.len());
                choice(&texts, true)
            }
        }
    }

    fn of_field(&self, field: &Field, once: bool, scope: &str, depth: usize) -> String {
        const OPTIONAL: &str = ",\"optional\":true";
        let inner = |ty: &Type| self.of_type(ty, scope, depth + 1);
        match field {
            Field::Flattened(shape) => {
                let is_option = match &shape.required {
                    Required::Optional => true,
                    Required::Probed(ty) => inner(ty).is_option,
                    _ => false,
                };
                let optional = if is_option { OPTIONAL } else { "" };
                let value = self.of_value(&shape.value, scope, depth);
                format!("{{\"flatten\":true{optional},{value}}}")
            }
            Field::Named {
                name,
                aliases,
                shape,
                constraints,
            } => {
                let (required, is_option) = match &shape.required {
                    Required::Yes => (true, false),
                    Required::No | Required::Unknown => (false, false),
                    Required::Optional => (false, true),
                    Required::Probed(ty) => {
                        let is_option = inner(ty).is_option;
                        (!is_option, is_option)
                    }
                    Required::DefaultOf(ty) => (false, inner(ty).is_option),
                    Required::MustArrive(ty) => (inner(ty).must_arrive, false),
                };
                let mut json = format!("{{\"name\":{},\"required\":{required}", string(name));
                if is_option {
                    json.push_str(OPTIONAL);
                }
                if once && !shape.many {
                    json.push_str(",\"once\":true");
                }
                if !constraints.is_empty() {
                    let limits = constraints::json(constraints, string);
                    json.push_str(&format!(",\"constraints\":{limits}"));
                }
                if !aliases.is_empty() {
                    json.push_str(&format!(",\"aliases\":{}", strings(aliases)));
                }
                json.push(',');
                json.push_str(&self.of_shape(shape, scope, depth));
                json.push('}');
                json
            }
        }
    }
}

/// Whether a type derives `Fields`.
fn derives_fields(attrs: &[syn::Attribute]) -> bool {
    let is_derive =
        |attr: &&syn::Attribute| attr.path().is_ident("derive") || attr.path().is_ident("cfg_attr");
    let mut derives = attrs.iter().filter(is_derive);
    derives.any(|attr| match &attr.meta {
        syn::Meta::List(list) => {
            let text = list.tokens.to_string();
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == "Fields")
        }
        _ => false,
    })
}

fn choice(choices: &[String], ignore_case: bool) -> String {
    let ignore_case = if ignore_case {
        ",\"ignore_case\":true"
    } else {
        ""
    };
    format!(
        "\"type\":\"choice\",\"choices\":{}{ignore_case}",
        strings(choices)
    )
}

/// What the keys of a fragment say: what becomes of fields without a name there, and the fields.
pub(super) fn read(json: &str) -> Option<(UnknownFields, Option<Fields>)> {
    #[derive(serde::Deserialize)]
    struct Keys<'a> {
        unknown_fields: UnknownFields,
        #[serde(borrow)]
        fields: Vec<FlatField<'a>>,
    }
    let text = format!("{{{json}}}");
    let keys: Keys<'_> = serde_json::from_str(&text).ok()?;
    let fields = unflattened(keys.fields, Place::Record).ok().flatten();
    Some((keys.unknown_fields, fields.map(Fields::from)))
}

pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("[{}]", texts.join(","))
}

/// Whether a type has parameters that are types: lifetimes do not matter.
fn has_types(generics: &Generics) -> bool {
    generics.type_params().next().is_some() || generics.const_params().next().is_some()
}
