//! Text of which the compiler knows parts: literals and constants, joined by it.

use proc_macro2::TokenStream;
use quote::quote;

/// Text while it is written.
#[derive(Default)]
pub(crate) struct Joined {
    parts: Vec<TokenStream>,
    tail: String,
}

impl Joined {
    /// Appends text that is known now.
    pub(crate) fn push(&mut self, text: &str) {
        self.tail.push_str(text);
    }

    /// Appends text that the compiler knows: an expression of `&'static str`.
    pub(crate) fn push_expr(&mut self, text: TokenStream) {
        self.end_literal();
        self.parts.push(text);
    }

    fn end_literal(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.parts.push(quote!(#tail));
        }
    }

    /// The text, as an expression of `&'static str` in a constant.
    pub(crate) fn into_expr(mut self) -> TokenStream {
        self.end_literal();
        match self.parts.as_slice() {
            [] => quote!(""),
            [one] => one.clone(),
            parts => quote!({
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                const PARTS: &[&str] = &[#(#parts),*];
                const JOINED: &::coexist::__private::Joined<{
                    ::coexist::__private::joined_len(PARTS)
                }> = &::coexist::__private::Joined::new(PARTS);
                JOINED.text()
            }),
        }
    }
}
