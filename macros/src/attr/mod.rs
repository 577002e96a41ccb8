//! First stage: what is written in the parentheses of an attribute, as syntax.
//! Nothing is judged here but the grammar: `METHOD "path"`, then `key = value`.

mod form;
mod handler;
mod targets;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Error, LitStr, MetaList, Result, Token};

pub(crate) use form::{FormAttr, PostsTo, Tell, tell};
pub(crate) use handler::{HandlerAttr, Stated};
pub(crate) use targets::Target;

use crate::errors::Errors;

/// The first and the last release of an item, as written.
#[derive(Default)]
pub(crate) struct Range {
    pub(crate) since: Option<LitStr>,
    pub(crate) until: Option<LitStr>,
}

/// The keys that are written, whether or not their values could be read.
#[derive(Default)]
pub(crate) struct Keys {
    known: Vec<Ident>,
    /// What can be said of each word that is none.
    unknown: Vec<Error>,
}

impl Keys {
    /// Adds the unknown keys to `mistakes`.
    pub(crate) fn report_unknown(&self, mistakes: &mut Errors) {
        self.unknown
            .iter()
            .for_each(|error| mistakes.note(error.clone()));
    }

    /// Whether the key is written, or may be what an unknown one is meant to be:
    /// then a message says so, and none need say that it is missing.
    pub(crate) fn may_hold(&self, key: &str) -> bool {
        !self.unknown.is_empty() || self.known.iter().any(|known| known == key)
    }
}

/// Parses `key = value, …` to the end of `input`. `take` parses the value of a
/// key that is among `known`; what it cannot parse is skipped to the next key.
/// Unknown keys are not among the `mistakes`, but returned.
fn pairs(
    input: ParseStream<'_>,
    known: &[&str],
    mistakes: &mut Errors,
    mut take: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) -> Keys {
    let mut keys = Keys::default();
    while !input.is_empty() {
        if let Some(error) = unknown_key(input, known) {
            keys.unknown.push(error);
            skip_to_next_key(input);
            continue;
        }
        let pair = key(input, &mut keys.known)
            .and_then(|key| take(&key, input))
            .and_then(|()| end_of_value(input));
        // Where only the comma is missing, the next key is there already.
        if mistakes.keep(pair).is_none() && !at_key(input) {
            skip_to_next_key(input);
        }
    }
    keys
}

/// The error of a key that is none of those known, or not even a word.
fn unknown_key(input: ParseStream<'_>, known: &[&str]) -> Option<Error> {
    let Ok(key) = input.fork().call(Ident::parse_any) else {
        return Some(input.error(format!("expected a key: {}", listed(&public(known)))));
    };
    let is_known = known.contains(&key.to_string().as_str());
    (!is_known).then(|| {
        input.error(format!(
            "unknown key `{key}`: expected {}",
            listed(&public(known))
        ))
    })
}

/// The keys that are for users.
fn public<'a>(known: &[&'a str]) -> Vec<&'a str> {
    let is_public = |key: &&str| !key.starts_with("__");
    known.iter().copied().filter(is_public).collect()
}

/// Parses `key =`.
fn key(input: ParseStream<'_>, seen: &mut Vec<Ident>) -> Result<Ident> {
    let key = input.call(Ident::parse_any)?;
    if let Some(first) = seen.iter().find(|first| **first == key) {
        let mut error = Error::new(key.span(), format!("`{key}` is stated twice"));
        error.combine(Error::new(
            first.span(),
            format!("`{key}` is stated here first"),
        ));
        return Err(error);
    }
    seen.push(key.clone());
    if !input.peek(Token![=]) {
        return Err(Error::new(
            key.span(),
            format!("`{key}` has no value: expected `{key} = …`"),
        ));
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

/// Whether a key and its `=` come next.
fn at_key(input: ParseStream<'_>) -> bool {
    input.peek(syn::Ident::peek_any) && input.peek2(Token![=])
}

/// Skips past the next comma that has a key, or nothing, behind it. A semicolon
/// is a misspelt comma.
fn skip_to_next_key(input: ParseStream<'_>) {
    while let Ok(token) = input.parse::<TokenTree>() {
        let is_comma =
            matches!(&token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';'));
        if is_comma && (at_key(input) || input.is_empty()) {
            return;
        }
    }
}

/// Parses a string in quotes, the value of `key`.
fn text(key: &Ident, input: ParseStream<'_>, example: &str) -> Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    Err(error_at_value(
        key,
        input,
        &format!("a string: `{key} = \"{example}\"`"),
    ))
}

/// The error of a value that is missing or of the wrong kind.
fn error_at_value(key: &Ident, input: ParseStream<'_>, expected: &str) -> Error {
    if input.is_empty() || input.peek(Token![,]) {
        return Error::new(
            key.span(),
            format!("`{key}` has no value: expected {expected}"),
        );
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

/// The attributes of this name, with arguments, among those of an item.
pub(crate) fn others<'a>(attrs: &'a [Attribute], name: &str) -> impl Iterator<Item = &'a MetaList> {
    attrs
        .iter()
        .filter_map(|attr| attr.meta.require_list().ok())
        .filter(move |list| {
            list.path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == name)
        })
}

/// Runs `parser` on the next tokens, and on them alone: what it leaves over inside
/// of brackets is its own mistake, not one of all that is parsed.
fn alone<T>(input: ParseStream<'_>, parser: fn(ParseStream<'_>) -> Result<T>) -> Result<T> {
    let ahead = input.fork();
    parser(&ahead)?;
    let mut tokens = TokenStream::new();
    while input.cursor() != ahead.cursor() {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    syn::parse::Parser::parse2(parser, tokens)
}

/// Runs a parser over the arguments of an attribute. It takes all of them.
fn parse_all<T>(args: TokenStream, parser: impl FnOnce(ParseStream<'_>) -> T) -> Result<T> {
    syn::parse::Parser::parse2(|input: ParseStream<'_>| Ok(parser(input)), args)
}
