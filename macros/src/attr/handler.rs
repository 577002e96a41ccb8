//! `#[handler(POST "/path", since = "…", until = "…", under = P, accepts = T, encoding = "…")]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream};
use syn::{Error, LitStr, Path, Result, Token, Type};

use super::{
    Keys, Range, alone, at_key, end_of_value, error_at_value, pairs, parse_all, skip_to_next_key,
    text,
};
use crate::errors::Errors;

const KEYS: [&str; 5] = ["since", "until", "under", "accepts", "encoding"];

/// The endpoint, as far as the annotation states it.
#[derive(Default)]
pub(crate) enum Stated {
    /// Not at all: the framework's own attribute does.
    #[default]
    Nothing,
    /// It cannot be read; that has been said.
    Broken,
    /// The method, before a comma: the path is that of the first argument's type.
    Method(Ident),
    /// `METHOD "path"`, one or several.
    Endpoints(Vec<(Ident, LitStr)>),
}

/// The arguments of `#[handler]`, as written.
#[derive(Default)]
pub(crate) struct HandlerAttr {
    pub(crate) endpoint: Stated,
    pub(crate) range: Range,
    pub(crate) under: Option<Path>,
    pub(crate) accepts: Option<Type>,
    pub(crate) encoding: Option<LitStr>,
    pub(crate) keys: Keys,
}

impl HandlerAttr {
    /// Parses the arguments; what they get wrong is added to `mistakes`, but for unknown
    /// keys: where the endpoint is missing, they are that, written in another way.
    pub(crate) fn parse(args: TokenStream, mistakes: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            if !at_key(input) && !input.is_empty() {
                attr.endpoint = mistakes.keep(endpoint(input)).unwrap_or(Stated::Broken);
            }
            let keys = pairs(input, &KEYS, mistakes, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "under" => attr.under = Some(prefix(key, input)?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    _accepts => attr.accepts = Some(ty(key, input)?),
                }
                Ok(())
            });
            attr.keys = keys;
            attr
        })
    }
}

/// Parses `METHOD "path", …` or `METHOD`, and the comma after it; if it cannot, it
/// skips to the first key.
fn endpoint(input: ParseStream<'_>) -> Result<Stated> {
    let endpoints = endpoints(input);
    if endpoints.is_err() && !at_key(input) {
        skip_to_next_key(input);
    }
    endpoints
}

fn endpoints(input: ParseStream<'_>) -> Result<Stated> {
    let mut endpoints = Vec::new();
    loop {
        let (method, path) = method_and_path(input)?;
        end_of_value(input)?;
        match path {
            None if endpoints.is_empty() => return Ok(Stated::Method(method)),
            None => {
                let message = format!("expected a path in quotes: `{method} \"/path\"`");
                return Err(Error::new(method.span(), message));
            }
            Some(path) => endpoints.push((method, path)),
        }
        if input.is_empty() || at_key(input) || !input.peek2(LitStr) {
            return Ok(Stated::Endpoints(endpoints));
        }
    }
}

fn method_and_path(input: ParseStream<'_>) -> Result<(Ident, Option<LitStr>)> {
    if input.peek(LitStr) {
        return Err(input.error("the method comes first, without quotes: `POST \"/path\"`"));
    }
    let method = input.call(Ident::parse_any)?;
    if input.is_empty() || input.peek(Token![,]) {
        return Ok((method, None));
    }
    if !input.peek(LitStr) {
        return Err(Error::new(
            input.span(),
            format!("expected a path in quotes: `{method} \"/path\"`"),
        ));
    }
    Ok((method, Some(input.parse()?)))
}

/// Parses the path of a prefix, the value of `key`.
fn prefix(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        let expected = format!("a prefix that `coexist::prefix!` made: `{key} = Api`");
        return Err(error_at_value(key, input, &expected));
    }
    input.call(Path::parse_mod_style)
}

/// Parses a type, the value of `key`.
pub(super) fn ty(key: &Ident, input: ParseStream<'_>) -> Result<Type> {
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        return Err(error_at_value(
            key,
            input,
            &format!("a type: `{key} = CsvImport`"),
        ));
    }
    alone(input, Type::parse).map_err(|error| {
        Error::new(
            error.span(),
            format!("expected a type: `{key} = CsvImport`"),
        )
    })
}
