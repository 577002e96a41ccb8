//! Reads the markup of maud's `html!` out of a function's tokens.
//!
//! What is markup, and what it renders, follows `maud_macros` 0.27. What is not
//! understood is skipped: maud itself rejects it, at its place.

mod depth;
mod markup;
mod parse;
mod splice;
#[cfg(test)]
mod tests;
mod tokens;
mod write;

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::form::Place;
use crate::source::Source;
pub use depth::TooDeep;
use tokens::{Tokens, is_punct};

/// The contents of every `html! { … }` in the tokens of a function's body, in their
/// order. One that stands in an expression within another follows that other.
pub fn calls(body: TokenStream) -> Vec<TokenStream> {
    let mut found = Vec::new();
    // The groups that the search is in, and where: they may be nested without end.
    let tokens = |stream: TokenStream| stream.into_iter().collect::<Vec<TokenTree>>();
    let mut open = vec![(tokens(body), 0)];
    while let Some((all, at)) = open.last_mut() {
        let (before, rest) = all.split_at(*at);
        let Some(token) = rest.first() else {
            open.pop();
            continue;
        };
        *at += 1;
        if let TokenTree::Group(group) = token {
            let inner = group.stream();
            if is_html(before) {
                found.push(inner.clone());
            }
            open.push((tokens(inner), 0));
        }
    }
    found
}

/// Reads the contents of one `html! { … }`; `place` says where a token stands, and
/// `is_text` whether an expression yields a text for sure.
///
/// Any other expression may yield elements: where they may stand, it is a hole of HTML.
///
/// # Errors
///
/// The markup is nested too deeply.
pub fn read(
    markup: TokenStream,
    place: &dyn Fn(Span) -> Place,
    is_text: &dyn Fn(TokenStream) -> bool,
) -> Result<Source, TooDeep> {
    depth::check(&markup)?;
    let markup = parse::markups(Tokens::new(markup));
    Ok(write::source(&markup, place, is_text))
}

/// Whether the tokens end in `html!`, of maud or of nobody.
fn is_html(before: &[TokenTree]) -> bool {
    let [path @ .., TokenTree::Ident(name), bang] = before else {
        return false;
    };
    if name != "html" || !is_punct(bang, '!') {
        return false;
    }
    match path {
        [.., TokenTree::Ident(module), first, second]
            if is_punct(first, ':') && is_punct(second, ':') =>
        {
            module == "maud"
        }
        [.., last] => !is_punct(last, ':'),
        [] => true,
    }
}
