//! The HTML in the calls of maud's `html!` in a function.

use std::cell::RefCell;

use coexist_html::maud;
use coexist_source::escaped::{Declarations, Values};
use proc_macro2::TokenStream;
use syn::Signature;

use crate::files::Files;
use crate::surroundings;

use super::html_forms::{Shown, Unread};
use super::place::place;

/// Adds what the calls in the body show.
///
/// # Errors
///
/// If markup cannot be read.
pub(super) fn read(
    signature: &Signature,
    body: &TokenStream,
    shown: &mut Shown,
) -> Result<(), Unread> {
    static FILES: Files<Declarations> = Files::new();
    let calls = maud::calls(body.clone());
    if calls.is_empty() {
        return Ok(());
    }
    let owner = surroundings::around(&signature.ident).owner;
    let mut read = |declarations: &mut Declarations| {
        let values = Values::new(signature, body.clone(), &owner, declarations);
        each(calls.clone(), &values, shown)
    };
    let name = signature.ident.span();
    let done = FILES.ask(name, Declarations::new, &mut read);
    done.unwrap_or_else(|| read(&mut Declarations::new(String::new())))
}

/// Adds what each of the calls shows.
fn each(calls: Vec<TokenStream>, values: &Values<'_>, shown: &mut Shown) -> Result<(), Unread> {
    let tokens = RefCell::new(Vec::new());
    let is_text = |expression| values.is_text(expression);
    for markup in calls {
        let place = |span| {
            let place = place(span);
            tokens.borrow_mut().push((place.clone(), span));
            place
        };
        let source = maud::read(markup, &place, &is_text);
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
