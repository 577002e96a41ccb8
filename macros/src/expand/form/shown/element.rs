//! One element that sends a request, and what is known of it.

use coexist_html::{Element as Kind, Encoding as ShownEncoding};
use coexist_source::encoding::Encoding;
use proc_macro2::{Ident, Span};
use quote::format_ident;

use super::super::metadata::Fields;
use super::address::Address;
use crate::form::model::Form;
use crate::page::html_forms::Shown;

/// An element.
pub(super) struct Element<'a> {
    pub(super) sent: &'a coexist_html::Form,
    /// Where it sends to: one of these.
    pub(super) addresses: Vec<Address>,
    /// The name that the annotation gives it, or that it has itself.
    pub(super) own_name: Option<String>,
    /// The name of its record behind the item's.
    pub(super) name: Option<String>,
    /// The constant of its facts; with several addresses, what that of each begins with.
    pub(super) constant: Ident,
    pub(super) encoding: Option<Encoding>,
    /// Its place and its tag, for a message.
    pub(super) place: String,
    pub(super) span: Span,
    /// Whether the annotation says which fields it sends.
    pub(super) is_stated: bool,
}

impl<'a> Element<'a> {
    pub(super) fn new(
        form: &Form,
        shown: &Shown,
        sent: &'a coexist_html::Form,
        addresses: Vec<Address>,
        position: usize,
    ) -> Self {
        Self {
            sent,
            addresses,
            own_name: form.name.as_ref().or(sent.names.first()).cloned(),
            name: None,
            constant: format_ident!("__FORM_{position}"),
            encoding: encoding(form, sent),
            place: shown.described(sent),
            span: shown.span(sent),
            is_stated: form.sends.is_some() && sent.element != Kind::Link,
        }
    }

    /// The method, if the HTML tells it.
    pub(super) fn method(&self) -> Option<&str> {
        let method = self.sent.method.as_str();
        (!method.is_empty()).then_some(method)
    }

    /// The fields that it sends.
    pub(super) fn fields<'f>(&'f self, form: &'f Form) -> Fields<'f> {
        match (&form.sends, &self.sent.fields) {
            (Some(ty), _) if self.is_stated => Fields::Stated(ty),
            (_, Some(fields)) => Fields::Shown(fields),
            (_, None) => Fields::NotDeclared,
        }
    }
}

/// How the fields are written: as the annotation says, else as the HTML shows.
fn encoding(form: &Form, sent: &coexist_html::Form) -> Option<Encoding> {
    if sent.element == Kind::Link {
        return None;
    }
    let has_fields = sent.fields.as_ref().is_none_or(|fields| !fields.is_empty());
    let shown = match sent.encoding {
        _ if !has_fields => None,
        ShownEncoding::Urlencoded => Some(Encoding::Urlencoded),
        ShownEncoding::Multipart => Some(Encoding::Multipart),
        ShownEncoding::Text => Some(Encoding::Text),
        ShownEncoding::Query => Some(Encoding::Query),
        ShownEncoding::Json => Some(Encoding::Json),
        ShownEncoding::Unknown => None,
    };
    form.encoding.or(shown)
}
