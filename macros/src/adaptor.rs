//! Between the compiler and the workers: whatever a worker says is wrong, the
//! item that the user wrote is still emitted.

use proc_macro2::TokenStream;
use syn::Result;

use crate::item::Item;

/// Runs the worker of an attribute on its arguments and the item below it.
pub(crate) fn attribute(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
    worker: fn(TokenStream, &Item) -> Result<TokenStream>,
) -> proc_macro::TokenStream {
    let original = TokenStream::from(item);
    let expanded = syn::parse2(original.clone()).and_then(|item| worker(args.into(), &item));
    expanded
        .unwrap_or_else(|mistakes| fallback(&mistakes, original))
        .into()
}

/// Runs the worker of a derive or of a macro that is called by name.
pub(crate) fn function(
    input: proc_macro::TokenStream,
    worker: fn(TokenStream) -> Result<TokenStream>,
) -> proc_macro::TokenStream {
    worker(input.into())
        .unwrap_or_else(|mistakes| mistakes.to_compile_error())
        .into()
}

/// The mistakes, and the item as it was written.
fn fallback(mistakes: &syn::Error, original: TokenStream) -> TokenStream {
    let mut tokens = mistakes.to_compile_error();
    tokens.extend(original);
    tokens
}
