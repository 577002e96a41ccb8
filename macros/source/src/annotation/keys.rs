//! The grammar that annotations share: `key = value`, with commas between.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream};
use syn::{Error, LitStr, Result, Token, Type};

use super::handler::PARAMETERS;
use crate::errors::Errors;
use crate::method;
use crate::text::alternatives;

/// The first and the last release of an item, as written.
#[derive(Clone, Default)]
pub struct Range {
    /// The value of `since`.
    pub since: Option<LitStr>,
    /// The value of `until`.
    pub until: Option<LitStr>,
}

/// The keys that are written, whether or not their values could be read.
#[derive(Default)]
pub struct Keys {
    known: Vec<Ident>,
    unknown: Vec<UnknownKey>,
}

/// A key that is not known.
struct UnknownKey {
    error: Error,
    /// The key is a method, and a path follows it.
    endpoint: Option<(Ident, LitStr)>,
}

impl Keys {
    /// Adds the unknown keys to `errors`.
    pub fn report_unknown(&self, errors: &mut Errors) {
        self.unknown
            .iter()
            .for_each(|key| errors.add(key.error.clone()));
    }

    /// Removes the first unknown key that is an endpoint, `METHOD "path"`, and returns it.
    pub(super) fn take_endpoint(&mut self) -> Option<(Ident, LitStr)> {
        let mut unknown = self.unknown.iter();
        let position = unknown.position(|key| key.endpoint.is_some())?;
        self.unknown.remove(position).endpoint
    }

    /// Whether the key is written, or an unknown key may be a misspelling of it. Then no second
    /// message says that it is missing.
    pub fn may_hold(&self, key: &str) -> bool {
        !self.unknown.is_empty() || self.known.iter().any(|known| known == key)
    }
}

/// Parses `key = value, …` to the end of `input`. `take` parses the value of a known key; on an
/// error the parser skips to the next key. Keys that are `words` have no value, and `take` parses
/// nothing. Unknown keys are returned, not added to `errors`.
pub(super) fn pairs(
    input: ParseStream<'_>,
    known: &[&str],
    words: &[&str],
    errors: &mut Errors,
    mut take: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) -> Keys {
    let mut keys = Keys::default();
    while !input.is_empty() {
        if let Some(key) = unknown_key(input, known) {
            keys.unknown.push(key);
            skip_to_next_key(input);
            continue;
        }
        let pair = key(input, words, &mut keys.known)
            .and_then(|key| take(&key, input))
            .and_then(|()| end_of_value(input));
        // Where only the comma is missing, the next key is there already.
        if errors.ok(pair).is_none() && !at_key(input) {
            skip_to_next_key(input);
        }
    }
    keys
}

/// What `release!` cannot be told.
const VERSION_OF_BUILD: &str = ". The version comes from the environment variable \
    `COEXIST_RELEASE` at build time, or else from the package";

/// The key that comes next, if it is not known or not a word.
fn unknown_key(input: ParseStream<'_>, known: &[&str]) -> Option<UnknownKey> {
    let expected = alternatives(&public(known));
    let has = |key: &str| known.contains(&key);
    let Ok(key) = input.fork().call(Ident::parse_any) else {
        let hint = if has("trailing_slash") {
            VERSION_OF_BUILD
        } else {
            ""
        };
        let error = input.error(format!("expected a key ({expected}){hint}"));
        let endpoint = None;
        return Some(UnknownKey { error, endpoint });
    };
    let endpoint = endpoint(input);
    let word = key.to_string();
    if has(&word) {
        return None;
    }
    let hint = match (word.as_str(), &endpoint) {
        ("accepts", _) if has("sends") => ". A form has `sends`".to_owned(),
        ("sends", _) if has("accepts") => ". A handler has `accepts`".to_owned(),
        ("name" | "version", _) if has("trailing_slash") => VERSION_OF_BUILD.to_owned(),
        (method, Some((_, path))) if has("posts_to") => {
            format!(". Write `posts_to = \"{method} {}\"`", path.value())
        }
        _ => String::new(),
    };
    let error = input.error(format!("unknown key `{key}`: expected {expected}{hint}"));
    Some(UnknownKey { error, endpoint })
}

/// The endpoint, `METHOD "path"`, that comes next.
fn endpoint(input: ParseStream<'_>) -> Option<(Ident, LitStr)> {
    let ahead = input.fork();
    let method = ahead.call(Ident::parse_any).ok()?;
    method::check(&method.to_string()).ok()?;
    Some((method, ahead.parse().ok()?))
}

/// The keys that users may write.
fn public<'a>(known: &[&'a str]) -> Vec<&'a str> {
    let is_public = |key: &&str| !key.starts_with("__");
    known.iter().copied().filter(is_public).collect()
}

/// Parses `key =`, or the key alone if it is one of the `words`.
fn key(input: ParseStream<'_>, words: &[&str], seen: &mut Vec<Ident>) -> Result<Ident> {
    let key = input.call(Ident::parse_any)?;
    if let Some(first) = seen.iter().find(|first| **first == key) {
        let mut error = Error::new(key.span(), format!("duplicate key `{key}`"));
        error.combine(Error::new(first.span(), "first specified here"));
        return Err(error);
    }
    seen.push(key.clone());
    let is_word = words.iter().any(|word| key == word);
    if is_word && input.peek(Token![=]) {
        let alone = match key.to_string().as_str() {
            PARAMETERS => "parameters(id = u32)".to_owned(),
            word => word.to_owned(),
        };
        return Err(Error::new(
            key.span(),
            format!("`{key}` is not followed by `=`: write `{alone}`"),
        ));
    }
    if is_word {
        return Ok(key);
    }
    if !input.peek(Token![=]) {
        let message = if input.is_empty() || input.peek(Token![,]) {
            format!("`{key}` has no value: expected `{key} = …`")
        } else {
            format!("expected `=` after `{key}`")
        };
        return Err(Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    Ok(key)
}

/// Parses the comma after a value, or finds the end.
pub(super) fn end_of_value(input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    Err(input.error("expected `,` or the end of the arguments"))
}

/// Whether a key and its `=` come next, or `parameters(…)`.
pub(super) fn at_key(input: ParseStream<'_>) -> bool {
    let is_list = || {
        let word = input.cursor().ident();
        input.peek2(syn::token::Paren) && word.is_some_and(|(word, _)| word == PARAMETERS)
    };
    input.peek(syn::Ident::peek_any) && (input.peek2(Token![=]) || is_list())
}

/// Skips past the next comma that is followed by a key or by the end. A semicolon counts as a
/// misspelled comma.
pub(super) fn skip_to_next_key(input: ParseStream<'_>) {
    while let Ok(token) = input.parse::<TokenTree>() {
        let is_comma =
            matches!(&token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';'));
        if is_comma && (at_key(input) || input.is_empty()) {
            return;
        }
    }
}

/// Parses a string in quotes, the value of `key`.
pub(super) fn text(key: &Ident, input: ParseStream<'_>, example: &str) -> Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    Err(error_at_value(
        key,
        input,
        &format!("a string, such as `{key} = \"{example}\"`"),
    ))
}

/// The error of a value that is missing or of the wrong kind.
pub(super) fn error_at_value(key: &Ident, input: ParseStream<'_>, expected: &str) -> Error {
    if input.is_empty() || input.peek(Token![,]) {
        return Error::new(
            key.span(),
            format!("`{key}` has no value: expected {expected}"),
        );
    }
    input.error(format!("expected {expected}"))
}

/// Runs `parser` on the next tokens alone, so that tokens which it leaves unparsed inside brackets
/// are an error of this value and not of the whole attribute.
pub(super) fn alone<T>(
    input: ParseStream<'_>,
    parser: fn(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let ahead = input.fork();
    parser(&ahead)?;
    let mut tokens = TokenStream::new();
    while input.cursor() != ahead.cursor() {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    syn::parse::Parser::parse2(parser, tokens)
}

/// Runs a parser over all arguments of an attribute.
pub(super) fn parse_all<T>(
    args: TokenStream,
    parser: impl FnOnce(ParseStream<'_>) -> T,
) -> Result<T> {
    syn::parse::Parser::parse2(|input: ParseStream<'_>| Ok(parser(input)), args)
}

/// Parses a type, the value of `key`.
pub(super) fn ty(key: &Ident, input: ParseStream<'_>) -> Result<Type> {
    let expected = format!("a type, such as `{key} = CsvImport`");
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        return Err(error_at_value(key, input, &expected));
    }
    alone(input, Type::parse)
        .map_err(|error| Error::new(error.span(), format!("expected {expected}")))
}
