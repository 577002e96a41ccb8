//! The value of `posts_to`: one target, or a list of them in brackets.

use proc_macro2::{Group, Ident};
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Error, LitStr, Path, Result, Token};

use super::error_at_value;

/// Where a form posts to, as written.
pub(crate) enum Target {
    /// A handler of this program.
    Handler(Path),
    /// An endpoint of another program: `"METHOD /path"`.
    Elsewhere(LitStr),
}

const EXPECTED: &str =
    "a handler, `posts_to = import_csv`, or an endpoint, `posts_to = \"POST /path\"`";

/// Parses the value of `key`.
pub(super) fn parse(key: &Ident, input: ParseStream<'_>) -> Result<Vec<Target>> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(error_at_value(key, input, EXPECTED));
    }
    if !input.peek(syn::token::Bracket) {
        return Ok(vec![target(input)?]);
    }
    let list: Group = input.parse()?;
    let targets = Punctuated::<Target, Token![,]>::parse_terminated_with;
    let targets = (|input: ParseStream<'_>| targets(input, target)).parse2(list.stream())?;
    if targets.is_empty() {
        let message = format!("`{key}` is empty: name at least one handler");
        return Err(Error::new(list.span(), message));
    }
    Ok(targets.into_iter().collect())
}

fn target(input: ParseStream<'_>) -> Result<Target> {
    if input.peek(LitStr) {
        return input.parse().map(Target::Elsewhere);
    }
    if !input.peek(syn::Ident) && !is_path_start(input) {
        return Err(input.error(format!("expected {EXPECTED}")));
    }
    let path = input.call(Path::parse_mod_style)?;
    // A call, a macro, arguments: more than a path, and no comma is missing.
    if !input.is_empty() && !input.peek(Token![,]) && !input.peek(syn::Ident) {
        return Err(Error::new(path.span(), format!("expected {EXPECTED}")));
    }
    Ok(Target::Handler(path))
}

fn is_path_start(input: ParseStream<'_>) -> bool {
    input.peek(Token![::])
        || input.peek(Token![crate])
        || input.peek(Token![self])
        || input.peek(Token![super])
}
