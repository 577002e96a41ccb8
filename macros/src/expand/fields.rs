//! Writes the implementation of `Fields`.

use coexist_source::fields::model::{Field, Model};
use coexist_source::fields::shape::{Required, Shape, Value};
use coexist_source::fields::values::{Compared, TEXT};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::joined::Joined;
use super::json;
use super::record::probe;

/// The fields of a model that is no type of its own: a fragment of a record's JSON, and the value
/// for the checks at compile time.
pub(super) fn fragments(model: &Model) -> (Joined, TokenStream) {
    (wire(model).0, value(model))
}

/// Expands the derive.
pub(crate) fn expand(model: &Model, input: &DeriveInput) -> TokenStream {
    let wire = wire(model).0.into_expr();
    let value = value(model);
    let must_arrive = must_arrive(model);
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::coexist::Fields for #name #ty_generics #where_clause {
            const WIRE: &'static str = #wire;
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
struct Wire(Joined);

impl Wire {
    fn push(&mut self, json: &str) {
        self.0.push(json);
    }

    fn push_expr(&mut self, json: TokenStream) {
        self.0.push_expr(json);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Known(json) => self.push(json),
            Value::NotDeclared => self.push("\"type\":null"),
            Value::Probed(ty) => self.push_expr(probe(ty, &constant("WIRE"))),
            Value::One(ty) => {
                let (value, wire) = (probe(ty, &constant("VALUE")), probe(ty, &constant("WIRE")));
                self.push_expr(quote!(::coexist::__private::rocket::one_wire(&#value, #wire)));
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
                    Required::Optional => self.push(OPTIONAL),
                    Required::Probed(ty) => self.push_expr(probe(ty, &constant("OPTIONAL"))),
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
            } => {
                self.push(&format!("{{\"name\":{},\"required\":", json::string(name)));
                match &shape.required {
                    Required::Yes => self.push("true"),
                    Required::No | Required::Unknown => self.push("false"),
                    Required::Optional => {
                        self.push("false");
                        self.push(OPTIONAL);
                    }
                    Required::Probed(ty) => {
                        self.push_expr(probe(ty, &constant("REQUIRED")));
                        self.push_expr(probe(ty, &constant("OPTIONAL")));
                    }
                    Required::DefaultOf(ty) => {
                        self.push("false");
                        self.push_expr(probe(ty, &constant("OPTIONAL")));
                    }
                    Required::MustArrive(ty) => {
                        let must_arrive = probe(ty, &constant("MUST_ARRIVE"));
                        self.push_expr(quote!(::coexist::__private::rocket::boolean(#must_arrive)));
                    }
                }
                if once && !shape.many {
                    self.push(",\"once\":true");
                }
                if !aliases.is_empty() {
                    let aliases = json::strings(aliases.iter().map(String::as_str));
                    self.push(&format!(",\"aliases\":{aliases}"));
                }
                self.push(",");
                self.shape(shape);
                self.push("}");
            }
        }
    }
}

/// Behind `"required"`: the field is an `Option`.
const OPTIONAL: &str = ",\"optional\":true";

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
