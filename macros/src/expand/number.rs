//! The lowest number of a format that has all keys of a text. Who writes a key that came with a
//! format raises the number, here or in the constant `FORMAT` of a type.

use proc_macro2::TokenStream;
use quote::quote;

/// The number of a text under construction: 1, unless something was written that raises it.
#[derive(Default)]
pub(super) struct Number {
    is_two: bool,
    /// It is 2 if one of these conditions of the compiler's is true.
    two_if: Vec<TokenStream>,
}

/// Whether the number is 2.
pub(super) enum Answer {
    No,
    Yes,
    /// If this condition of the compiler's is true.
    If(TokenStream),
}

impl Number {
    pub(super) fn require_2(&mut self) {
        self.is_two = true;
    }

    pub(super) fn require_2_if(&mut self, condition: TokenStream) {
        self.two_if.push(condition);
    }

    pub(super) fn is_two(&self) -> Answer {
        let conditions = &self.two_if;
        match conditions.as_slice() {
            _ if self.is_two => Answer::Yes,
            [] => Answer::No,
            [one] => Answer::If(one.clone()),
            conditions => Answer::If(quote!((#(#conditions)||*))),
        }
    }
}
