//! Puts a record into the annotated item, or beside it.

use coexist_source::item::{Item, Kind};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// The item with `record` inside it if it has a body (nothing can be put beside a method),
/// otherwise with `record` beside it.
pub(super) fn with_record(item: &Item, record: &TokenStream) -> TokenStream {
    let Item { attrs, vis, kind } = item;
    match kind {
        Kind::Fn {
            sig,
            body: Some(body),
        } => {
            let (inner_attrs, statements) = split_inner_attrs(body.stream());
            let stream = quote!(#inner_attrs #record #statements);
            let mut with_record = Group::new(Delimiter::Brace, stream);
            with_record.set_span(body.span());
            quote!(#(#attrs)* #vis #sig #with_record)
        }
        Kind::Value {
            head,
            value: Some(value),
            ..
        } => {
            quote!(#(#attrs)* #vis #head { #record #value };)
        }
        Kind::Fn { .. } | Kind::Value { .. } | Kind::Type { .. } | Kind::Other { .. } => {
            let cfgs = item.cfgs();
            quote!(#(#cfgs)* #record #item)
        }
    }
}

/// Splits `#![…]` off the front of a body.
fn split_inner_attrs(body: TokenStream) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let is_punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    let mut end = 0;
    while is_punct(end, '#') && is_punct(end + 1, '!') {
        end += 3;
    }
    let mut tokens = tokens.into_iter();
    let inner = tokens.by_ref().take(end).collect();
    (inner, tokens.collect())
}
