//! The HTML that an item holds: an askama template's, that in maud's `html!`, or a
//! plain string. Read with the crate `coexist-html`, where a feature asks for it.

#[cfg(feature = "askama")]
mod askama;
#[cfg(feature = "html")]
mod literal;
#[cfg(feature = "maud")]
mod maud;

use std::path::PathBuf;

use coexist_html::Form;
use quote::ToTokens as _;

use crate::item::{Item, Kind};

/// What HTML shows.
pub(crate) struct Shown {
    /// What it can send.
    pub(crate) forms: Vec<Form>,
    /// Where it is written, for a message: `templates/home.html`.
    pub(crate) origin: String,
    /// The files that it was read from, beside the item's own.
    pub(crate) files: Vec<PathBuf>,
}

impl Shown {
    /// Where a form begins, for a message.
    pub(crate) fn place(&self, form: &Form) -> String {
        let place = &form.place;
        let file = if place.file.is_empty() {
            &self.origin
        } else {
            &place.file
        };
        format!("{file}:{}", place.line)
    }
}

/// What the item's HTML shows; nothing if it holds none that can be read.
///
/// # Errors
///
/// Says what is wrong with a template, and where.
pub(crate) fn read(item: &Item) -> Result<Option<Shown>, String> {
    match &item.kind {
        #[cfg(feature = "askama")]
        Kind::Type { .. } => askama::read(&item.attrs),
        #[cfg(feature = "html")]
        Kind::Fn {
            body: Some(body), ..
        } => Ok(of_function(body)),
        #[cfg(feature = "html")]
        Kind::Value {
            value: Some(value), ..
        } => literal::of_value(value),
        _ => Ok(None),
    }
}

/// The feature that would read the item's HTML, if it is off.
pub(crate) fn missing_feature(item: &Item) -> Option<&'static str> {
    let has_template = item
        .attrs
        .iter()
        .any(|attr| attr.path().is_ident("template"));
    if has_template {
        return (!cfg!(feature = "askama")).then_some("askama");
    }
    let text = match &item.kind {
        Kind::Fn {
            body: Some(body), ..
        } => body.to_string(),
        Kind::Value {
            value: Some(value), ..
        } => value.to_token_stream().to_string(),
        _ => return None,
    };
    // As tokens are printed: a space before the mark.
    if text.contains("html !") || text.contains("html!") {
        return (!cfg!(feature = "maud")).then_some("maud");
    }
    let holds_html = ["<form", "<a ", "hx-"].iter().any(|tag| text.contains(tag));
    (holds_html && !cfg!(feature = "html")).then_some("html")
}

/// The HTML in a function's body: that of `html!`, and of plain strings.
#[cfg(feature = "html")]
fn of_function(body: &proc_macro2::Group) -> Option<Shown> {
    let forms: Vec<Form> = [
        #[cfg(feature = "maud")]
        maud::read(body.stream()),
        #[cfg(feature = "html")]
        literal::of_body(body.stream()),
    ]
    .concat();
    let origin = "the HTML of this function".to_owned();
    (!forms.is_empty()).then_some(Shown {
        forms,
        origin,
        files: Vec::new(),
    })
}

/// The place of a token.
#[cfg(feature = "html")]
fn place(span: proc_macro2::Span) -> coexist_html::Place {
    if !proc_macro::is_available() {
        return coexist_html::Place::default();
    }
    let span = span.unwrap();
    coexist_html::Place {
        file: span.file().replace('\\', "/"),
        line: u32::try_from(span.line()).unwrap_or(u32::MAX),
    }
}
