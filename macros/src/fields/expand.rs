//! Writes the implementation of `Fields`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::model::{Field, Model};
use super::shape::{Required, Shape, Value};
use crate::expand::probe;
use crate::json;

/// Expands the derive.
pub(crate) fn derive(input: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let model = Model::new(&input)?;
    let wire = wire(&model).into_expr();
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics ::coexist::Fields for #name #ty_generics #where_clause {
            const WIRE: &'static str = #wire;
        }
    })
}

/// A fragment of JSON while it is written: literals, and what the compiler knows.
#[derive(Default)]
struct Wire {
    parts: Vec<TokenStream>,
    tail: String,
}

impl Wire {
    fn push(&mut self, json: &str) {
        self.tail.push_str(json);
    }

    fn push_expr(&mut self, json: TokenStream) {
        self.end_literal();
        self.parts.push(json);
    }

    fn end_literal(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.parts.push(quote!(#tail));
        }
    }

    /// An expression of `&'static str`.
    fn into_expr(mut self) -> TokenStream {
        self.end_literal();
        match self.parts.as_slice() {
            [one] => one.clone(),
            parts => quote!({
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                const PARTS: &[&str] = &[#(#parts),*];
                const JOINED: &::coexist::__private::Joined<{
                    ::coexist::__private::joined_len(PARTS)
                }> = &::coexist::__private::Joined::new(PARTS);
                JOINED.text()
            }),
        }
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
