//! Writes the implementation of `Fields`.

use coexist_source::fields::constraints;
use coexist_source::fields::model::{Field, Model};
use coexist_source::fields::shape::{Required, Shape, Value};
use coexist_source::fields::values::{Compared, TEXT};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Type};

use super::joined::Joined;
use super::json;
use super::number::{Answer, Number};
use super::record::probe;

/// The fields of a model that is no type of its own: a fragment of a record's JSON, and the value
/// for the checks at compile time.
pub(super) fn fragments(model: &Model) -> (Joined, TokenStream) {
    (wire(model).json, value(model))
}

/// Expands the derive.
pub(crate) fn expand(model: &Model, input: &DeriveInput) -> TokenStream {
    let Wire { json, number } = wire(model);
    let wire = json.into_expr();
    let format = match number.is_two() {
        Answer::No => TokenStream::new(),
        Answer::Yes => quote!(
            const FORMAT: u32 = 2;
        ),
        Answer::If(condition) => quote! {
            const FORMAT: u32 = {
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                if #condition { 2 } else { 1 }
            };
        },
    };
    let value = value(model);
    let must_arrive = must_arrive(model);
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::coexist::Fields for #name #ty_generics #where_clause {
            const WIRE: &'static str = #wire;
            #format
            const VALUE: ::coexist::__private::Value = {
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                #value
            };
            #must_arrive
        }
    }
}

/// A fragment of JSON under construction: literals, and expressions that the compiler
/// evaluates.
#[derive(Default)]
struct Wire {
    json: Joined,
    /// The number of the format that has its keys.
    number: Number,
}

impl Wire {
    fn push(&mut self, json: &str) {
        self.json.push(json);
    }

    fn push_expr(&mut self, json: TokenStream) {
        self.json.push_expr(json);
    }

    /// Appends `,"key":json`, where the key came with format 2.
    fn new_member(&mut self, key: &str, json: &str) {
        self.number.require_2();
        self.push(&format!(",\"{key}\":{json}"));
    }

    /// Appends `,"optional":true`, if the compiler finds this type to be an `Option`.
    fn optional_if(&mut self, ty: &Type) {
        self.number.require_2_if(probe(ty, &constant("IS_OPTION")));
        self.push_expr(probe(ty, &constant("OPTIONAL")));
    }

    /// Appends what a type declares, or what `of` makes of it.
    fn declared(&mut self, ty: &Type, of: impl FnOnce(TokenStream) -> TokenStream) {
        let format = probe(ty, &constant("FORMAT"));
        self.number.require_2_if(quote!(#format > 1));
        self.push_expr(of(probe(ty, &constant("WIRE"))));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Known(json) => self.push(json),
            Value::NotDeclared => self.push("\"type\":null"),
            Value::Probed(ty) => self.declared(ty, |wire| wire),
            Value::One(ty) => {
                let value = probe(ty, &constant("VALUE"));
                self.declared(
                    ty,
                    |wire| quote!(::coexist::__private::rocket::one_wire(&#value, #wire)),
                );
            }
            Value::AnyOf(ty) => {
                let value = probe(ty, &constant("VALUE"));
                self.push_expr(quote!(::coexist::__private::rocket::any_wire(&#value)));
            }
            Value::AnyCase(texts) => self.choice(texts.iter().copied(), true),
        }
    }

    fn choice<'a>(&mut self, choices: impl Iterator<Item = &'a str>, ignore_case: bool) {
        self.push("\"type\":\"choice\",\"choices\":");
        self.push(&json::strings(choices));
        if ignore_case {
            self.push(",\"ignore_case\":true");
        }
    }

    fn shape(&mut self, shape: &Shape) {
        self.value(&shape.value);
        if shape.many {
            self.push(",\"many\":true");
        }
    }

    fn field(&mut self, field: &Field, once: bool) {
        match field {
            Field::Flattened(shape) => {
                self.push("{\"flatten\":true");
                match &shape.required {
                    Required::Optional => self.new_member("optional", "true"),
                    Required::Probed(ty) => self.optional_if(ty),
                    _ => {}
                }
                self.push(",");
                self.value(&shape.value);
                self.push("}");
            }
            Field::Named {
                name,
                aliases,
                shape,
                constraints,
            } => {
                self.push(&format!("{{\"name\":{},\"required\":", json::string(name)));
                match &shape.required {
                    Required::Yes => self.push("true"),
                    Required::No | Required::Unknown => self.push("false"),
                    Required::Optional => {
                        self.push("false");
                        self.new_member("optional", "true");
                    }
                    Required::Probed(ty) => {
                        self.push_expr(probe(ty, &constant("REQUIRED")));
                        self.optional_if(ty);
                    }
                    Required::DefaultOf(ty) => {
                        self.push("false");
                        self.optional_if(ty);
                    }
                    Required::MustArrive(ty) => {
                        let must_arrive = probe(ty, &constant("MUST_ARRIVE"));
                        self.push_expr(quote!(::coexist::__private::rocket::boolean(#must_arrive)));
                    }
                }
                if once && !shape.many {
                    self.new_member("once", "true");
                }
                if !aliases.is_empty() {
                    let aliases = json::strings(aliases.iter().map(String::as_str));
                    self.push(&format!(",\"aliases\":{aliases}"));
                }
                if !constraints.is_empty() {
                    self.new_member("constraints", &constraints::json(constraints, json::string));
                }
                self.push(",");
                self.shape(shape);
                self.push("}");
            }
        }
    }
}

fn constant(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn wire(model: &Model) -> Wire {
    let mut wire = Wire::default();
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
            wire.push(&format!("\"unknown_fields\":\"{unknown}\",\"fields\":["));
            for (position, field) in fields.iter().enumerate() {
                if position > 0 {
                    wire.push(",");
                }
                wire.field(field, *denies_duplicates);
            }
            wire.push("]");
        }
        Model::Transparent(shape) => wire.shape(shape),
        Model::Choice(choices) => wire.choice(choices.iter().map(String::as_str), false),
        Model::ChoiceInAnyCase(choices) => wire.choice(choices.iter().map(String::as_str), true),
        Model::OpenChoice => wire.value(&Value::Known(TEXT)),
    }
    wire
}

/// The value for the checks at compile time: an expression of type `Value`.
fn value(model: &Model) -> TokenStream {
    match model {
        Model::Struct {
            deny_unknown_fields,
            fields,
            ..
        } => {
            let fields = fields.iter().map(field);
            quote!(::coexist::__private::Value::Fields {
                deny_unknown: #deny_unknown_fields,
                list: &[#(#fields),*],
            })
        }
        Model::Transparent(shape) => value_of(&shape.value),
        Model::Choice(choices) => quote!(::coexist::__private::Value::Choice(&[#(#choices),*])),
        Model::ChoiceInAnyCase(choices) => {
            quote!(::coexist::__private::Value::ChoiceInAnyCase(&[#(#choices),*]))
        }
        Model::OpenChoice => quote!(::coexist::__private::Value::Any),
    }
}

/// Whether Rocket rejects a request without a field of this type, if that is known.
fn must_arrive(model: &Model) -> TokenStream {
    let must_arrive = match model {
        Model::ChoiceInAnyCase(_) => quote!(true),
        Model::Transparent(shape) => match &shape.required {
            Required::MustArrive(ty) => probe(ty, &constant("MUST_ARRIVE")),
            Required::Yes => quote!(true),
            Required::No
            | Required::Optional
            | Required::Probed(_)
            | Required::DefaultOf(_)
            | Required::Unknown => return TokenStream::new(),
        },
        Model::Struct { .. } | Model::Choice(_) | Model::OpenChoice => return TokenStream::new(),
    };
    quote! {
        const MUST_ARRIVE: bool = {
            #[allow(unused_imports)]
            use ::coexist::__private::NotDeclared as _;
            #must_arrive
        };
    }
}

/// What is compared of a value with this fragment, as a variant of `of`.
pub(super) fn compared(wire: &str, of: &TokenStream) -> TokenStream {
    match Compared::of(wire) {
        Compared::Any => quote!(#of::Any),
        Compared::Boolean => quote!(#of::Boolean),
        Compared::Number => quote!(#of::Number),
    }
}

fn value_of(value: &Value) -> TokenStream {
    match value {
        Value::Known(wire) => compared(wire, &quote!(::coexist::__private::Value)),
        Value::NotDeclared => quote!(::coexist::__private::Value::NotDeclared),
        Value::Probed(ty) => probe(ty, &constant("VALUE")),
        Value::One(ty) => {
            let value = probe(ty, &constant("VALUE"));
            quote!(::coexist::__private::rocket::one(#value))
        }
        Value::AnyOf(ty) => {
            let value = probe(ty, &constant("VALUE"));
            quote!(::coexist::__private::rocket::any(&#value))
        }
        Value::AnyCase(choices) => {
            quote!(::coexist::__private::Value::ChoiceInAnyCase(&[#(#choices),*]))
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let (name, aliases, shape) = match field {
        Field::Flattened(shape) => ("", &[][..], shape),
        Field::Named {
            name,
            aliases,
            shape,
            ..
        } => (name.as_str(), &aliases[..], shape),
    };
    let required = match &shape.required {
        _ if name.is_empty() => quote!(false),
        Required::Yes => quote!(true),
        Required::No | Required::Optional | Required::DefaultOf(_) | Required::Unknown => {
            quote!(false)
        }
        Required::Probed(ty) => probe(ty, &constant("NEEDED")),
        Required::MustArrive(ty) => probe(ty, &constant("MUST_ARRIVE")),
    };
    let optional = match &shape.required {
        Required::Optional => quote!(true),
        Required::Probed(ty) | Required::DefaultOf(ty) => probe(ty, &constant("IS_OPTION")),
        Required::Yes | Required::No | Required::MustArrive(_) | Required::Unknown => {
            quote!(false)
        }
    };
    let (many, value) = (shape.many, value_of(&shape.value));
    quote!(::coexist::__private::Field {
        name: #name,
        aliases: &[#(#aliases),*],
        required: #required,
        many: #many,
        optional: #optional,
        value: #value,
    })
}
