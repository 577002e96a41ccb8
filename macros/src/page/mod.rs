//! The HTML that an item contains: an askama template's, that in maud's `html!`, or a
//! plain string. Read with the crate `coexist-html`, where a feature asks for it.

#[cfg(feature = "askama")]
mod askama;
pub(crate) mod html_forms;
#[cfg(feature = "html")]
mod htmx;
#[cfg(feature = "html")]
mod literal;
#[cfg(feature = "html")]
mod manifest;
#[cfg(feature = "maud")]
mod maud;
mod place;

use quote::ToTokens as _;

use coexist_source::item::{Item, Kind};

#[cfg(feature = "html")]
use html_forms::At;
use html_forms::{Shown, Unread};
use place::may_send;

/// What the item's HTML shows; `None` if it contains none that can be read.
///
/// # Errors
///
/// If a template cannot be read.
pub(crate) fn read(item: &Item) -> Result<Option<Shown>, Unread> {
    let shown = match &item.kind {
        #[cfg(feature = "askama")]
        Kind::Type { name, rest, .. } => askama::read(item, name, rest),
        #[cfg(feature = "html")]
        Kind::Fn {
            sig,
            body: Some(body),
        } => of_function(sig, body),
        #[cfg(feature = "html")]
        Kind::Value {
            value: Some(value), ..
        } => literal::of_value(value),
        _ => Ok(None),
    }?;
    match shown.as_ref().and_then(Shown::wrong_htmx) {
        Some(unread) => Err(unread),
        None => Ok(shown),
    }
}

/// What a source can send, in this package.
#[cfg(feature = "html")]
fn forms(source: coexist_html::Source) -> Vec<coexist_html::Form> {
    static HAS_ROCKET: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    let has_rocket = HAS_ROCKET.get_or_init(|| manifest::names("rocket"));
    coexist_html::read(&source.with_rocket(*has_rocket))
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
    (may_send(&text) && !cfg!(feature = "html")).then_some("html")
}

/// The HTML in a function's body: that of `html!`, and of plain strings.
#[cfg(feature = "html")]
fn of_function(
    #[cfg_attr(not(feature = "maud"), expect(unused_variables, reason = "for markup"))]
    signature: &syn::Signature,
    body: &proc_macro2::Group,
) -> Result<Option<Shown>, Unread> {
    let mut shown = Shown::new("the HTML of this function", At::Lines(Vec::new()));
    let body = literal::own_statements(body.stream());
    #[cfg(feature = "maud")]
    maud::read(signature, &body, &mut shown)?;
    literal::of_body(body, &mut shown);
    match (shown.forms.is_empty(), shown.unread) {
        (true, Some(span)) => Err(Unread {
            span,
            message: html_forms::UNREAD_MACRO.to_owned(),
            is_news: None,
        }),
        (true, None) => Ok(None),
        (false, _) => Ok(Some(shown)),
    }
}
