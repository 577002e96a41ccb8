//! What the parameters of a path take, in a record. What a type says is known only to the compiler:
//! where no parameter turns out to be limited, the record says nothing of them.

use coexist_source::handler::parameters::{Limit, Parameter};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::json;
use super::record::{Record, probe, with_static_lifetimes};

/// Writes them into a record, and returns the constants that the record needs beside it.
pub(super) fn write(record: &mut Record, parameters: &[Parameter]) -> TokenStream {
    let mut constants = TokenStream::new();
    let mut fragments = Vec::new();
    for (position, parameter) in parameters.iter().enumerate() {
        let fragment = match fragment(parameter) {
            Fragment::Known(json) => Fragment::Known(json),
            Fragment::Asked(expr) => {
                let name = format_ident!("__PARAMETER_{position}");
                constants.extend(quote!(const #name: &str = #expr;));
                Fragment::Asked(quote!(#name))
            }
        };
        fragments.push((&parameter.name, fragment));
    }
    let asked = fragments.iter().filter_map(|(_, fragment)| match fragment {
        Fragment::Asked(name) => Some(quote!(::coexist::__private::parameter::is_limited(#name))),
        Fragment::Known(_) => None,
    });
    let asked: Vec<TokenStream> = asked.collect();
    let is_certain = asked.len() < fragments.len();
    let condition = (!is_certain && !asked.is_empty()).then(|| quote!(__IS_LIMITED));
    if !asked.is_empty() {
        constants = quote! {
            #[allow(unused_imports)]
            use ::coexist::__private::NotDeclared as _;
            #constants
        };
    }
    if condition.is_some() {
        constants.extend(quote!(const __IS_LIMITED: bool = #(#asked)||*;));
    }
    match (&condition, is_certain) {
        (None, true) => record.require_format_2(),
        (Some(condition), _) => record.require_format_2_if(condition.clone()),
        (None, false) => return constants,
    }
    let mut text = ",\"parameters\":[".to_owned();
    let mut write = |text: &mut String, then: Option<TokenStream>| {
        let piece = std::mem::take(text);
        match &condition {
            None => record.push(&piece),
            Some(condition) => record.push_expr(quote!(if #condition { #piece } else { "" })),
        }
        match (then, &condition) {
            (Some(expr), Some(condition)) => {
                record.push_expr(quote!(if #condition { #expr } else { "" }));
            }
            (Some(expr), None) => record.push_expr(expr),
            (None, _) => {}
        }
    };
    for (position, (name, fragment)) in fragments.into_iter().enumerate() {
        text.push_str(if position > 0 { "," } else { "" });
        text.push_str(&format!("{{\"name\":{},", json::string(name)));
        match fragment {
            Fragment::Known(json) => text.push_str(&json),
            Fragment::Asked(expr) => write(&mut text, Some(expr)),
        }
        text.push('}');
    }
    text.push(']');
    write(&mut text, None);
    constants
}

/// What a parameter takes, as keys of its JSON.
enum Fragment {
    Known(String),
    /// An expression of `&'static str`.
    Asked(TokenStream),
}

fn fragment(parameter: &Parameter) -> Fragment {
    let name = &parameter.name;
    match &parameter.limit {
        Limit::Known(json) => Fragment::Known((*json).to_owned()),
        Limit::Pattern(regex) => Fragment::Known(format!("\"pattern\":{}", json::string(regex))),
        Limit::Choices(choices) => {
            let choices = json::strings(choices.iter().map(String::as_str));
            Fragment::Known(format!("\"type\":\"choice\",\"choices\":{choices}"))
        }
        Limit::OfType(ty) => {
            let wire = probe(ty, &constant("WIRE"));
            Fragment::Asked(quote!(::coexist::__private::parameter::of_type(#wire, #name)))
        }
        Limit::OfField(ty) => {
            let wire = probe(ty, &constant("WIRE"));
            Fragment::Asked(quote!(::coexist::__private::parameter::of_field(#wire, #name)))
        }
        Limit::Stated(ty) => {
            let span = ty.span();
            let ty = with_static_lifetimes(quote!(#ty));
            let stated = Ident::new("stated", span);
            Fragment::Asked(quote_spanned!(span=>
                ::coexist::__private::parameter::#stated(<#ty as ::coexist::Fields>::WIRE)))
        }
    }
}

fn constant(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
