//! Text that the compiler joins out of literals and constants. Adjacent literals are joined
//! at once.

use proc_macro2::TokenStream;
use quote::quote;

/// Text under construction.
#[derive(Clone, Default)]
pub(crate) struct Joined(Vec<Part>);

#[derive(Clone)]
pub(super) enum Part {
    Text(String),
    /// An expression of `&'static str`.
    Expr(TokenStream),
}

impl Joined {
    /// A literal.
    pub(crate) fn text(text: &str) -> Self {
        Self(vec![Part::Text(text.to_owned())])
    }

    /// An expression of type `&'static str`.
    pub(crate) fn expr(text: TokenStream) -> Self {
        Self(vec![Part::Expr(text)])
    }

    /// Appends a literal.
    pub(crate) fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(tail)) => tail.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }

    /// Appends an expression of type `&'static str`.
    pub(crate) fn push_expr(&mut self, text: TokenStream) {
        self.0.push(Part::Expr(text));
    }

    /// Appends another text.
    pub(crate) fn append(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Text(text) => self.push(&text),
                Part::Expr(text) => self.push_expr(text),
            }
        }
    }

    /// Its parts, in order.
    pub(super) fn into_parts(self) -> Vec<Part> {
        self.0
    }

    /// The text, as an expression of `&'static str` in a constant.
    pub(crate) fn into_expr(self) -> TokenStream {
        let is_text = |part: &Part| !matches!(part, Part::Text(text) if text.is_empty());
        let parts = self.0.into_iter().filter(is_text).map(|part| match part {
            Part::Text(text) => quote!(#text),
            Part::Expr(text) => text,
        });
        let parts: Vec<TokenStream> = parts.collect();
        match parts.as_slice() {
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
