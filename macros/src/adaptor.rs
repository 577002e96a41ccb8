//! Stands between the compiler and the workers: whatever is wrong, the item that the user wrote is
//! still emitted. What is nested too deeply is not given to a worker, which would overflow the
//! compiler's stack.

use coexist_source::item::Item;
use coexist_source::nesting;
use proc_macro2::TokenStream;
use syn::Result;

/// Runs the worker of an attribute on its arguments and the item below it.
pub(crate) fn attribute(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
    worker: fn(TokenStream, &Item) -> Result<TokenStream>,
) -> proc_macro::TokenStream {
    let original = TokenStream::from(item);
    let args = TokenStream::from(args);
    let expanded = nesting::check(&args)
        .and_then(|()| nesting::check(&original))
        .and_then(|()| syn::parse2(original.clone()))
        .and_then(|item| worker(args, &item));
    expanded
        .unwrap_or_else(|errors| fallback(&errors, original))
        .into()
}

/// Runs the worker of an attribute on its arguments and the `impl` block below it.
pub(crate) fn block(
    args: proc_macro::TokenStream,
    block: proc_macro::TokenStream,
    worker: fn(&TokenStream, TokenStream) -> Result<TokenStream>,
) -> proc_macro::TokenStream {
    let original = TokenStream::from(block);
    let args = TokenStream::from(args);
    let expanded = nesting::check(&original).and_then(|()| worker(&args, original.clone()));
    expanded
        .unwrap_or_else(|errors| fallback(&errors, original))
        .into()
}

/// Runs the worker of a derive or of a macro that is called by name.
pub(crate) fn function(
    input: proc_macro::TokenStream,
    worker: fn(TokenStream) -> Result<TokenStream>,
) -> proc_macro::TokenStream {
    let input = TokenStream::from(input);
    nesting::check(&input)
        .and_then(|()| worker(input))
        .unwrap_or_else(|errors| errors.to_compile_error())
        .into()
}

/// The errors, and the item as it was written.
fn fallback(errors: &syn::Error, original: TokenStream) -> TokenStream {
    let mut tokens = errors.to_compile_error();
    tokens.extend(original);
    tokens
}
