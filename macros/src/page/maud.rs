//! The HTML in the calls of maud's `html!` in a function.

use std::cell::RefCell;

use coexist_html::maud;
use proc_macro2::TokenStream;

use super::html_forms::{Shown, Unread};
use super::place::place;

/// Adds what the calls in the body show.
///
/// # Errors
///
/// If markup cannot be read.
pub(super) fn read(body: TokenStream, shown: &mut Shown) -> Result<(), Unread> {
    let tokens = RefCell::new(Vec::new());
    for markup in maud::calls(body) {
        let source = maud::read(markup, &|span| {
            let place = place(span);
            tokens.borrow_mut().push((place.clone(), span));
            place
        });
        let source = source.map_err(|error| Unread {
            span: error.span,
            message: format!("coexist cannot read this markup: {error}"),
            is_news: None,
        })?;
        shown.read(source);
    }
    for (place, span) in tokens.into_inner() {
        shown.note(&place, span);
    }
    Ok(())
}
