//! What the compiler compares of a form, and the checks themselves, each at the token
//! that is wrong if it fails.

use coexist_html::{Field, Kind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::target::{self, Handler};
use crate::expand::facts;
use crate::expand::handler::plain_name;
use crate::expand::record::{Record, with_static_lifetimes};
use crate::validate::{Encoding, Form};

/// The constant of a form that the annotation alone describes.
pub(super) fn of_annotation(form: &Form) -> TokenStream {
    let name = Ident::new("__FORM", Span::call_site());
    constant(
        &name,
        form,
        &Known {
            method: None,
            path: None,
            encoding: form.encoding,
            fields: None,
        },
    )
}

/// What is known of a form beside its annotation.
pub(super) struct Known<'a> {
    pub(super) method: Option<&'a str>,
    /// An expression of `&'static str`.
    pub(super) path: Option<TokenStream>,
    pub(super) encoding: Option<Encoding>,
    pub(super) fields: Option<&'a [Field]>,
}

/// `const NAME: FormFacts = …;`
pub(super) fn constant(name: &Ident, form: &Form, known: &Known<'_>) -> TokenStream {
    let mut word = plain_name(&form.item);
    if let Some(name) = &form.name {
        word = format!("{word}#{name}");
    }
    let lifespan = facts::lifespan(&form.lifespan);
    let method = facts::option(known.method.map(|method| quote!(#method)));
    let path = facts::option(known.path.clone());
    let encoding = facts::encoding(known.encoding);
    let fields = match (&form.sends, known.fields) {
        (Some(ty), _) => {
            quote_spanned!(ty.span()=> <__Sends as ::coexist::Fields>::VALUE)
        }
        (None, Some(fields)) => {
            let fields = fields.iter().map(field);
            quote!(::coexist::__private::Value::Fields {
                deny_unknown: false,
                list: &[#(#fields),*],
            })
        }
        (None, None) => quote!(::coexist::__private::Value::NotDeclared),
    };
    quote! {
        const #name: ::coexist::__private::FormFacts = ::coexist::__private::FormFacts {
            name: #word,
            lifespan: #lifespan,
            method: #method,
            path: #path,
            encoding: #encoding,
            fields: #fields,
        };
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        name, always, kind, ..
    } = field;
    let value = match kind {
        Kind::Choice(choices) => quote!(::coexist::__private::Value::Choice(&[#(#choices),*])),
        Kind::Unknown => quote!(::coexist::__private::Value::NotDeclared),
        Kind::Text | Kind::Integer { .. } | Kind::Number => {
            quote!(::coexist::__private::Value::Any)
        }
    };
    quote!(::coexist::__private::Field {
        name: #name,
        aliases: &[],
        required: #always,
        value: #value,
    })
}

/// The type that the annotation names in `sends`, once: what is wrong with it is said once.
pub(super) fn sends(form: &Form) -> TokenStream {
    let Some(ty) = &form.sends else {
        return TokenStream::new();
    };
    let named = with_static_lifetimes(quote!(#ty));
    quote!(type __Sends = #named;)
}

/// Writes what that type declares into the record.
pub(super) fn sent_fields(form: &Form, record: &mut Record) -> bool {
    let Some(ty) = &form.sends else { return false };
    record.push(",");
    record.push_expr(quote_spanned!(ty.span()=> <__Sends as ::coexist::Fields>::WIRE));
    true
}

/// The check that `posts_to` says which endpoint of a handler it means.
pub(super) fn endpoint_check(handler: &Handler<'_>) -> TokenStream {
    let (constant, span) = (handler.constant, handler.span);
    let method = target::option(handler.method);
    let check = Ident::new("has_endpoint", span);
    quote_spanned!(span=> const _: () = ::coexist::__private::gate::#check(#constant, #method);)
}

/// The checks of the form `__FORM` against a handler; `only_if` is a condition of the
/// compiler's on both.
pub(super) fn checks(
    form: &Form,
    handler: Handler<'_>,
    only_if: Option<TokenStream>,
) -> TokenStream {
    let constant = handler.constant;
    let at_target = handler.span;
    let at_end = form.lifespan.until_span.unwrap_or(at_target);
    let at_fields = form.sends.as_ref().map_or(at_target, |ty| ty.span());
    let checks = [
        ("begins_in_time", form.lifespan.since_span),
        ("ends_in_time", at_end),
        ("arrives", at_target),
        ("fields_fit", at_fields),
    ];
    let checks = checks.map(|(check, span)| {
        let check = Ident::new(check, span);
        let call = quote_spanned!(span=> ::coexist::__private::gate::#check(&__FORM, #constant));
        match &only_if {
            Some(condition) => quote!(const _: () = if #condition { #call };),
            None => quote!(const _: () = #call;),
        }
    });
    checks.into_iter().collect()
}
