//! The values of `posts_to` and `page`: one target, or a list of them in brackets.

use proc_macro2::{Group, Ident};
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Error, LitStr, Path, Result, Token};

use super::keys::error_at_value;

/// Where a form submits to, as written.
pub enum Target {
    /// A handler of this program, with the method before it that selects one of its endpoints.
    Handler(Option<Ident>, Path),
    /// An endpoint of another program, `"METHOD /path"`, perhaps with its host; a page's path.
    Text(LitStr),
}

pub(super) const EXPECTED: &str =
    "a handler (`posts_to = import_csv`) or an endpoint (`posts_to = \"POST /path\"`)";
pub(super) const EXPECTED_PAGE: &str =
    "the handler of the page (`page = upload_page`) or its path (`page = \"/path\"`)";

/// Parses the value of `key`.
pub(super) fn parse(
    key: &Ident,
    input: ParseStream<'_>,
    expected: &'static str,
) -> Result<Vec<Target>> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(error_at_value(key, input, expected));
    }
    if !input.peek(syn::token::Bracket) {
        return Ok(vec![target(input, expected)?]);
    }
    let list: Group = input.parse()?;
    let each = |input: ParseStream<'_>| {
        let mut targets = Vec::new();
        while !input.is_empty() {
            targets.push(target(input, expected)?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(targets)
    };
    let targets: Vec<Target> = each.parse2(list.stream())?;
    if targets.is_empty() {
        let message = format!("`{key}` is empty: name at least one handler");
        return Err(Error::new(list.span(), message));
    }
    Ok(targets)
}

fn target(input: ParseStream<'_>, expected: &str) -> Result<Target> {
    if input.peek(LitStr) {
        return input.parse().map(Target::Text);
    }
    let method = if is_method(input) {
        Some(input.parse()?)
    } else {
        None
    };
    if !input.peek(syn::Ident) && !is_path_start(input) {
        return Err(input.error(format!("expected {expected}")));
    }
    let path = input.call(Path::parse_mod_style)?;
    // A call, a macro, arguments: more than a path, and no comma is missing.
    if !input.is_empty() && !input.peek(Token![,]) && !input.peek(syn::Ident) {
        return Err(Error::new(path.span(), format!("expected {expected}")));
    }
    Ok(Target::Handler(method, path))
}

/// Whether a word in capitals comes next, and a path behind it.
fn is_method(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let word: Result<Ident> = ahead.parse();
    let is_capitals = |word: &Ident| {
        word.to_string()
            .bytes()
            .all(|byte| byte.is_ascii_uppercase())
    };
    word.is_ok_and(|word| is_capitals(&word)) && (ahead.peek(syn::Ident) || is_path_start(&ahead))
}

fn is_path_start(input: ParseStream<'_>) -> bool {
    input.peek(Token![::])
        || input.peek(Token![crate])
        || input.peek(Token![self])
        || input.peek(Token![super])
}
