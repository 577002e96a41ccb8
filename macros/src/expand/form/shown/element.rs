//! An element that sends a request, and what is known of it.

use coexist_html::{Element as Kind, Encoding as ShownEncoding, Field, Place};
use coexist_source::encoding::Encoding;
use coexist_source::lifespan::Lifespan;
use proc_macro2::{Ident, Span};
use quote::format_ident;

use super::super::metadata::Fields;
use super::address::Address;
use crate::form::model::Form;
use crate::page::html_forms::{Shown, Stated};

/// An element.
pub(super) struct Element<'a> {
    pub(super) sent: &'a coexist_html::Form,
    /// The addresses that it may send to.
    pub(super) addresses: Vec<Address>,
    /// Its name, from the annotation or from the HTML.
    pub(super) own_name: Option<String>,
    /// The suffix that its record's name adds to that of the item.
    pub(super) name: Option<String>,
    /// The constant of its metadata; with several addresses, the prefix of the constants.
    pub(super) constant: Ident,
    pub(super) encoding: Option<Encoding>,
    /// Its place and its tag, for a message.
    pub(super) place: String,
    /// The line that holds it.
    pub(super) template: Option<Place>,
    pub(super) span: Span,
    /// Whether the annotation declares the fields that it sends.
    pub(super) is_stated: bool,
    /// Its releases.
    pub(super) lifespan: &'a Lifespan,
    /// The feature flag that must be on for it to be there.
    pub(super) flag: Option<&'a str>,
    /// Whether it appears together with its handler: a link in what many pages include has a
    /// release of its own, unless a comment says which.
    pub(super) has_own_since: bool,
}

impl<'a> Element<'a> {
    pub(super) fn new(
        form: &'a Form,
        shown: &'a Shown,
        sent: &'a coexist_html::Form,
        stated: &'a Stated,
        addresses: Vec<Address>,
        position: usize,
    ) -> Self {
        let is_stated = form.sends.is_some() && is_meant(shown, sent);
        Self {
            sent,
            addresses,
            own_name: form.name.as_ref().or(sent.names.first()).cloned(),
            name: None,
            constant: format_ident!("__FORM_{position}"),
            encoding: encoding(form, sent, is_stated),
            place: shown.described(sent),
            template: shown.template(sent),
            span: shown.span(sent),
            is_stated,
            lifespan: stated.lifespan.as_ref().unwrap_or(&form.lifespan),
            flag: stated.flag.as_deref().or(form.flag.as_deref()),
            has_own_since: sent.element == Kind::Link && !stated.has_since,
        }
    }

    /// The method, if the HTML states it.
    pub(super) fn method(&self) -> Option<&str> {
        let method = self.sent.method.as_str();
        (!method.is_empty()).then_some(method)
    }

    /// What the query of its address holds beside a body, if that is known.
    pub(super) fn query(&self) -> Option<&[Field]> {
        let has_body = self.sent.encoding != ShownEncoding::Query;
        self.sent.query.as_deref().filter(|_| has_body)
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

/// Whether the annotation's `sends` is about an element. It is about forms; where the annotation is
/// for links only, about those whose query the HTML does not show.
fn is_meant(shown: &Shown, sent: &coexist_html::Form) -> bool {
    let is_link = |form: &coexist_html::Form| form.element == Kind::Link;
    !is_link(sent) || (sent.fields.is_none() && shown.forms.iter().all(is_link))
}

/// The encoding of the fields: that of the annotation, otherwise that of the HTML.
fn encoding(form: &Form, sent: &coexist_html::Form, is_stated: bool) -> Option<Encoding> {
    let has_fields = match &sent.fields {
        Some(fields) => !fields.is_empty(),
        // What is unknown of a link may be nothing.
        None => is_stated || sent.element != Kind::Link,
    };
    let shown = match sent.encoding {
        _ if !has_fields => None,
        ShownEncoding::Urlencoded => Some(Encoding::Urlencoded),
        ShownEncoding::Multipart => Some(Encoding::Multipart),
        ShownEncoding::Text => Some(Encoding::Text),
        ShownEncoding::Query => Some(Encoding::Query),
        ShownEncoding::Json => Some(Encoding::Json),
        ShownEncoding::Unknown => None,
    };
    // What the annotation says is about forms.
    form.encoding
        .filter(|_| sent.element != Kind::Link)
        .or(shown)
}
