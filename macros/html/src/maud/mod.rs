//! Reads the markup of maud's `html!` out of a function's tokens.
//!
//! What is markup, and what it renders, follows `maud_macros` 0.27. What is not
//! understood is skipped: maud itself refuses it, at its place.

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
use tokens::{Tokens, is_punct};

/// The contents of every `html! { … }` in the tokens of a function's body, in their
/// order; of one in an expression within another, too, behind that other.
pub fn calls(body: TokenStream) -> Vec<TokenStream> {
    let mut found = Vec::new();
    find(body, &mut found);
    found
}

/// Reads the contents of one `html! { … }`; `place` says where a token stands.
///
/// An expression that calls a function may yield elements: where they may stand, it
/// is a hole of HTML. Every other expression is one of text.
pub fn read(markup: TokenStream, place: &dyn Fn(Span) -> Place) -> Source {
    let markup = parse::markups(Tokens::new(markup));
    write::source(&markup, place)
}

fn find(tokens: TokenStream, found: &mut Vec<TokenStream>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            if is_html(&tokens[..at]) {
                found.push(group.stream());
            }
            find(group.stream(), found);
        }
    }
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
