//! The metadata of a form that the compiler checks, and the checks, each at the token that is
//! wrong if it fails.

use coexist_html::{Field, Kind};
use coexist_source::encoding::Encoding;
use coexist_source::lifespan::Lifespan;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::target::Handler;
use crate::expand::metadata;
use crate::expand::names::plain_name;
use crate::expand::record::{Record, with_static_lifetimes};
use crate::form::model::Form;

/// The form that the annotation alone describes: the constant of its metadata, and the
/// definition of that.
pub(super) fn of_annotation(form: &Form) -> (Ident, TokenStream) {
    let name = Ident::new("__FORM", Span::call_site());
    let known = Known {
        name: form.name.as_deref(),
        lifespan: &form.lifespan,
        method: None,
        paths: quote!(&[]),
        encoding: form.encoding,
        fields: match &form.sends {
            Some(ty) => Fields::Stated(ty),
            None => Fields::NotDeclared,
        },
        query: None,
        place: None,
    };
    let definition = constant(&name, form, &known);
    (name, definition)
}

/// What is known of one form of an annotation.
pub(super) struct Known<'a> {
    /// What distinguishes it from the other forms of its item, for a message.
    pub(super) name: Option<&'a str>,
    pub(super) lifespan: &'a Lifespan,
    pub(super) method: Option<&'a str>,
    /// An expression of type `&'static [&'static str]`: none if they are not known.
    pub(super) paths: TokenStream,
    pub(super) encoding: Option<Encoding>,
    pub(super) fields: Fields<'a>,
    /// What the query of its address holds beside a body, if that is known.
    pub(super) query: Option<&'a [Field]>,
    /// Its place in the HTML.
    pub(super) place: Option<&'a str>,
}

/// The fields that a form sends.
pub(super) enum Fields<'a> {
    /// The fields of the type that the annotation names.
    Stated(&'a Type),
    /// The fields in the HTML.
    Shown(&'a [Field]),
    NotDeclared,
}

/// The definition of the constant: `const NAME: FormMetadata = …;`
pub(super) fn constant(constant: &Ident, form: &Form, known: &Known<'_>) -> TokenStream {
    let mut word = plain_name(&form.item);
    if let Some(name) = known.name {
        word = format!("{word}#{name}");
    }
    let lifespan = metadata::lifespan(known.lifespan);
    let method = metadata::option(known.method.map(|method| quote!(#method)));
    let paths = &known.paths;
    let encoding = metadata::encoding(known.encoding);
    let place = metadata::option(known.place.map(|place| quote!(#place)));
    let fields = match known.fields {
        Fields::Stated(ty) => {
            quote_spanned!(ty.span()=> <__Sends as ::coexist::Fields>::VALUE)
        }
        Fields::Shown(fields) => value(fields),
        Fields::NotDeclared => quote!(::coexist::__private::Value::NotDeclared),
    };
    let query = known
        .query
        .map_or_else(|| quote!(::coexist::__private::Value::NotDeclared), value);
    quote! {
        #[allow(dead_code)]
        const #constant: ::coexist::__private::FormMetadata = ::coexist::__private::FormMetadata {
            name: #word,
            lifespan: #lifespan,
            method: #method,
            paths: #paths,
            encoding: #encoding,
            fields: #fields,
            query: #query,
            place: #place,
        };
    }
}

/// Fields, as an expression of type `Value`.
fn value(fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(field);
    quote!(::coexist::__private::Value::Fields {
        deny_unknown: false,
        list: &[#(#fields),*],
    })
}

fn field(field: &Field) -> TokenStream {
    let Field {
        name,
        always,
        many,
        kind,
        ..
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
        many: #many,
        optional: false,
        value: #value,
    })
}

/// A constant of the type that the annotation names in `sends`: it is named only once, so that
/// an error in it is reported once.
pub(super) fn sends(form: &Form) -> TokenStream {
    let Some(ty) = &form.sends else {
        return TokenStream::new();
    };
    let named = with_static_lifetimes(quote!(#ty));
    quote!(
        #[allow(dead_code)]
        type __Sends = #named;
    )
}

/// Writes the fields that the type declares into the record.
pub(super) fn sent_fields(form: &Form, record: &mut Record) {
    if let Some(ty) = &form.sends {
        let span = ty.span();
        record.fields_declared(span, &quote_spanned!(span=> __Sends));
    }
}

/// The check that `posts_to` says which of several endpoints of a handler it means.
pub(super) fn endpoint_check(handler: &Handler<'_>) -> TokenStream {
    let (constant, span) = (handler.constant, handler.span);
    let method = metadata::method(handler.method);
    let check = Ident::new("has_endpoint", span);
    quote_spanned!(span=> const _: () = ::coexist::__private::checks::#check(#constant, #method);)
}

/// A form that may meet a handler.
pub(super) struct Meeting<'a> {
    /// The constant of the form's metadata.
    pub(super) form: &'a Ident,
    /// Whether the form's annotation declares the fields that it sends.
    pub(super) is_stated: bool,
    pub(super) handler: Handler<'a>,
    /// A constant expression: the two are only compared if it is true.
    pub(super) only_if: Option<TokenStream>,
    /// The form need not appear together with the handler.
    pub(super) has_own_since: bool,
    /// The handler is known only as the one of a page, which may take the form or not.
    pub(super) is_page: bool,
}

/// The checks of an annotation's forms against the handlers that they may meet. What the
/// annotation states for all its forms gets at most one error per handler.
pub(super) fn checks(form: &Form, meetings: &[Meeting<'_>]) -> TokenStream {
    let mut groups: Vec<Vec<&Meeting<'_>>> = Vec::new();
    for meeting in meetings {
        let is_same = |group: &&mut Vec<&Meeting<'_>>| {
            group
                .first()
                .is_some_and(|first| first.handler.constant == meeting.handler.constant)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(meeting),
            None => groups.push(vec![meeting]),
        }
    }
    groups
        .iter()
        .map(|group| checks_of_one(form, group))
        .collect()
}

/// The checks against one handler.
fn checks_of_one(form: &Form, group: &[&Meeting<'_>]) -> TokenStream {
    let Some(first) = group.first() else {
        return TokenStream::new();
    };
    let at_end = form.lifespan.until_span.unwrap_or(first.handler.span);
    let bound: Vec<&Meeting<'_>> = group
        .iter()
        .copied()
        .filter(|meeting| !meeting.is_page)
        .collect();
    let beginning: Vec<&Meeting<'_>> = bound
        .iter()
        .copied()
        .filter(|meeting| !meeting.has_own_since)
        .collect();
    let begins = check("begins_in_time", form.lifespan.since_span, &beginning);
    let ends = check("ends_in_time", at_end, &bound);
    let (stated, shown): (Vec<&Meeting<'_>>, Vec<&Meeting<'_>>) =
        group.iter().partition(|meeting| meeting.is_stated);
    let stated = form
        .sends
        .as_ref()
        .map(|ty| check("fields_fit", ty.span(), &stated));
    let arrive = group.iter().map(|meeting| {
        check(
            "arrives",
            meeting.handler.span,
            std::slice::from_ref(meeting),
        )
    });
    let fit = shown.iter().map(|meeting| {
        check(
            "fields_fit",
            meeting.handler.span,
            std::slice::from_ref(meeting),
        )
    });
    quote!(#begins #ends #(#arrive)* #stated #(#fit)*)
}

/// One check, at this token: the first of the meetings that fails is reported.
fn check(name: &str, at: Span, meetings: &[&Meeting<'_>]) -> TokenStream {
    let name = Ident::new(name, at);
    let calls = meetings.iter().map(|meeting| {
        let (form, handler) = (meeting.form, meeting.handler.constant);
        let call = quote_spanned!(at=> ::coexist::__private::checks::#name(&#form, #handler));
        match &meeting.only_if {
            Some(condition) => quote!(if #condition { #call }),
            None => call,
        }
    });
    quote!(const _: () = { #(#calls;)* };)
}
