//! The HTML in the calls of maud's `html!` in a function.

use std::cell::RefCell;

use coexist_html::maud;
use proc_macro2::TokenStream;

use super::html_forms::Shown;
use super::place::place;

/// Adds what the calls in the body show.
pub(super) fn read(body: TokenStream, shown: &mut Shown) {
    let tokens = RefCell::new(Vec::new());
    for markup in maud::calls(body) {
        let source = maud::read(markup, &|span| {
            let place = place(span);
            tokens.borrow_mut().push((place.clone(), span));
            place
        });
        shown.forms.extend(coexist_html::read(&source));
    }
    for (place, span) in tokens.into_inner() {
        shown.note(&place, span);
    }
}
