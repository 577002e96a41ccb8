//! First stage: what is written in the parentheses of an attribute, as syntax.
//! Nothing is judged here but the grammar: `METHOD "path"`, then `key = value`.

mod form;
mod handler;
mod targets;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Result, Token};

pub(crate) use form::FormAttr;
pub(crate) use handler::HandlerAttr;
pub(crate) use targets::Target;

use crate::mistakes::Mistakes;

/// The first and the last release of an item, as written.
#[derive(Default)]
pub(crate) struct Range {
    pub(crate) since: Option<LitStr>,
    pub(crate) until: Option<LitStr>,
}

/// Parses `key = value, …` to the end of `input`. `take` parses the value of a
/// key that is among `known`; what it cannot parse is skipped to the next key.
fn pairs(
    input: ParseStream<'_>,
    known: &[&str],
    mistakes: &mut Mistakes,
    mut take: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) {
    let mut seen: Vec<Ident> = Vec::new();
    while !input.is_empty() {
        let pair = key(input, known, &seen).and_then(|key| {
            take(&key, input)?;
            seen.push(key);
            end_of_value(input)
        });
        if let Err(error) = pair {
            mistakes.note(error);
            skip_to_next_key(input);
        }
    }
}

/// Parses `key =`.
fn key(input: ParseStream<'_>, known: &[&str], seen: &[Ident]) -> Result<Ident> {
    if !input.peek(syn::Ident::peek_any) {
        return Err(input.error(format!("expected a key: {}", listed(known))));
    }
    let key = input.call(Ident::parse_any)?;
    if !known.contains(&key.to_string().as_str()) {
        return Err(Error::new(key.span(), format!("unknown key `{key}`: expected {}", listed(known))));
    }
    if let Some(first) = seen.iter().find(|first| **first == key) {
        let mut error = Error::new(key.span(), format!("`{key}` is stated twice"));
        error.combine(Error::new(first.span(), format!("`{key}` is stated here first")));
        return Err(error);
    }
    if !input.peek(Token![=]) {
        return Err(Error::new(key.span(), format!("`{key}` has no value: expected `{key} = …`")));
    }
    input.parse::<Token![=]>()?;
    Ok(key)
}

/// Parses the comma after a value, or finds the end.
fn end_of_value(input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    Err(input.error("expected a comma and the next key, or the end"))
}

/// Skips past the next comma that has a key, or nothing, behind it.
fn skip_to_next_key(input: ParseStream<'_>) {
    while !input.is_empty() {
        let Ok(token) = input.parse::<TokenTree>() else { return };
        let is_comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let at_key = input.peek(syn::Ident::peek_any) && input.peek2(Token![=]);
        if is_comma && (at_key || input.is_empty()) {
            return;
        }
    }
}

/// Parses a string in quotes, the value of `key`.
fn text(key: &Ident, input: ParseStream<'_>, example: &str) -> Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    Err(error_at_value(key, input, &format!("a string: `{key} = \"{example}\"`")))
}

/// The error of a value that is missing or of the wrong kind.
fn error_at_value(key: &Ident, input: ParseStream<'_>, expected: &str) -> Error {
    if input.is_empty() || input.peek(Token![,]) {
        return Error::new(key.span(), format!("`{key}` has no value: expected {expected}"));
    }
    input.error(format!("expected {expected}"))
}

/// The words as a list: `` `a`, `b` or `c` ``.
pub(crate) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} or {last}", some.join(", ")),
    }
}

/// Runs a parser over the arguments of an attribute. It takes all of them.
fn parse_all<T>(args: TokenStream, parser: impl FnOnce(ParseStream<'_>) -> T) -> Result<T> {
    syn::parse::Parser::parse2(|input: ParseStream<'_>| Ok(parser(input)), args)
}
