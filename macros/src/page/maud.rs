//! The HTML in the calls of maud's `html!` in a function.

use coexist_html::{Form, maud};
use proc_macro2::TokenStream;

/// What the calls in the body show.
pub(super) fn read(body: TokenStream) -> Vec<Form> {
    let calls = maud::calls(body).into_iter();
    let sources = calls.map(|markup| maud::read(markup, &super::place));
    sources
        .flat_map(|source| coexist_html::read(&source))
        .collect()
}
