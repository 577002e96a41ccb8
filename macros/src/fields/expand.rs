//! Writes the implementation of `Fields`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::model::{Field, Model};
use super::shape::{Required, Shape, Value};
use crate::expand::{Joined, probe};
use crate::json;

/// Expands the derive.
pub(crate) fn derive(input: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let model = Model::new(&input)?;
    let wire = wire(&model).0.into_expr();
    let value = value(&model);
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics ::coexist::Fields for #name #ty_generics #where_clause {
            const WIRE: &'static str = #wire;
            const VALUE: ::coexist::__private::Value = {
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                #value
            };
        }
    })
}

/// A fragment of JSON while it is written: literals, and what the compiler knows.
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
        }
    }

    fn shape(&mut self, shape: &Shape) {
        self.value(&shape.value);
        if shape.many {
            self.push(",\"many\":true");
        }
    }

    fn field(&mut self, field: &Field) {
        match field {
            Field::Flattened(shape) => {
                self.push("{\"flatten\":true,");
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
                    Required::Probed(ty) => self.push_expr(probe(ty, &constant("REQUIRED"))),
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

fn constant(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn wire(model: &Model) -> Wire {
    let mut wire = Wire::default();
    match model {
        Model::Struct {
            deny_unknown_fields,
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
                wire.field(field);
            }
            wire.push("]");
        }
        Model::Transparent(shape) => wire.shape(shape),
        Model::Choice(choices) => {
            let choices = json::strings(choices.iter().map(String::as_str));
            wire.push(&format!("\"type\":\"choice\",\"choices\":{choices}"));
        }
        Model::OpenChoice => wire.value(&Value::Known(super::values::TEXT)),
    }
    wire
}

/// The same for the compiler's own checks: an expression of `Value`.
fn value(model: &Model) -> TokenStream {
    match model {
        Model::Struct {
            deny_unknown_fields,
            fields,
        } => {
            let fields = fields.iter().map(field);
            quote!(::coexist::__private::Value::Fields {
                deny_unknown: #deny_unknown_fields,
                list: &[#(#fields),*],
            })
        }
        Model::Transparent(shape) => value_of(&shape.value),
        Model::Choice(choices) => quote!(::coexist::__private::Value::Choice(&[#(#choices),*])),
        Model::OpenChoice => quote!(::coexist::__private::Value::Any),
    }
}

fn value_of(value: &Value) -> TokenStream {
    match value {
        Value::Known(_) => quote!(::coexist::__private::Value::Any),
        Value::NotDeclared => quote!(::coexist::__private::Value::NotDeclared),
        Value::Probed(ty) => probe(ty, &constant("VALUE")),
    }
}

fn field(field: &Field) -> TokenStream {
    let (name, aliases, required, value) = match field {
        Field::Flattened(shape) => ("", &[][..], quote!(false), &shape.value),
        Field::Named {
            name,
            aliases,
            shape,
        } => {
            let required = match &shape.required {
                Required::Yes => quote!(true),
                Required::No | Required::Unknown => quote!(false),
                Required::Probed(ty) => probe(ty, &constant("NEEDED")),
            };
            (name.as_str(), &aliases[..], required, &shape.value)
        }
    };
    let value = value_of(value);
    quote!(::coexist::__private::Field {
        name: #name,
        aliases: &[#(#aliases),*],
        required: #required,
        value: #value,
    })
}
