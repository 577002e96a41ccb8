//! `#[handler(POST "/path", since = "…", until = "…", under = P, accepts = T, encoding = "…", reader = "…")]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, LitBool, LitInt, LitStr, Path, Result, Token, Type};

use super::keys::{
    Keys, Range, at_key, end_of_value, error_at_value, pairs, parse_all, skip_to_next_key, text, ty,
};
use super::parameters::{self, StatedParameter};
use super::within::{WITHIN, Within};
use crate::errors::Errors;

const KEYS: [&str; 13] = [
    "since", "until", "under", "accepts", "encoding", "reader", "flag", "routing", "redirect",
    "to", "query", PARAMETERS, WITHIN,
];

/// The key that has a list in parentheses in place of a value.
pub(super) const PARAMETERS: &str = "parameters";

/// The endpoint, as far as the annotation states it.
#[derive(Default)]
pub enum Stated {
    /// Not at all: an attribute of the framework states it.
    #[default]
    Nothing,
    /// It cannot be read, and there is an error about it.
    Broken,
    /// `METHOD "path"` behind a key.
    Misplaced(Ident, LitStr),
    /// The method alone: the path is that of the first argument's type.
    Method(Ident),
    /// `METHOD "path"`, one or several.
    Endpoints(Vec<(Ident, LitStr)>),
}

/// Where a handler sends requests on to, as written.
pub enum RedirectTo {
    /// A handler of this program.
    Handler(Path),
    /// A path.
    Path(LitStr),
}

/// The arguments of `#[handler]`, as written.
#[derive(Default)]
pub struct HandlerAttr {
    /// The endpoint.
    pub endpoint: Stated,
    /// Its releases.
    pub range: Range,
    /// The prefix of its path.
    pub under: Option<Path>,
    /// The type of the fields that it reads.
    pub accepts: Option<Type>,
    /// How it reads them.
    pub encoding: Option<LitStr>,
    /// The library that reads them.
    pub reader: Option<LitStr>,
    /// The feature flag that must be on for it to serve.
    pub flag: Option<LitStr>,
    /// What decides first in its router, where that differs from the rest of the app.
    pub routing: Option<LitStr>,
    /// What the parameters of its path take.
    pub parameters: Vec<StatedParameter>,
    /// The status with which it sends every request on.
    pub redirect: Option<LitInt>,
    /// Where it sends them to.
    pub to: Option<RedirectTo>,
    /// Whether it keeps the query.
    pub query: Option<LitBool>,
    /// The `impl` block around it, if `#[handlers]` has told of one.
    pub within: Option<Within>,
    /// The keys that are written.
    pub keys: Keys,
}

impl HandlerAttr {
    /// Parses the arguments, and adds what is wrong in them to `errors`. Unknown keys stay in
    /// [`keys`](Self::keys): where the endpoint is missing, such a key probably is the endpoint,
    /// and one message is enough.
    ///
    /// # Errors
    ///
    /// If the arguments are not even tokens in pairs of brackets.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            if !at_key(input) && !input.is_empty() {
                attr.endpoint = errors.ok(endpoint(input)).unwrap_or(Stated::Broken);
            }
            let mut keys = pairs(input, &KEYS, &[PARAMETERS], errors, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "under" => attr.under = Some(prefix(key, input)?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    "reader" => attr.reader = Some(text(key, input, "serde_urlencoded")?),
                    "routing" => attr.routing = Some(text(key, input, "method-first")?),
                    WITHIN => attr.within = Some(Within::parse(input)?),
                    PARAMETERS => attr.parameters = parameters_of(key, input)?,
                    "redirect" => attr.redirect = Some(status(key, input)?),
                    "to" => attr.to = Some(redirect_to(key, input)?),
                    "query" => attr.query = Some(boolean(key, input)?),
                    "flag" => attr.flag = Some(text(key, input, "new-checkout")?),
                    _accepts => attr.accepts = Some(ty(key, input)?),
                }
                Ok(())
            });
            if matches!(attr.endpoint, Stated::Nothing)
                && let Some((method, path)) = keys.take_endpoint()
            {
                attr.endpoint = Stated::Misplaced(method, path);
            }
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
                let message = format!("expected a path in quotes, such as `{method} \"/path\"`");
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
        return Err(
            input.error("the method must come first, without quotes: write `POST \"/path\"`")
        );
    }
    let method = input.call(Ident::parse_any)?;
    if input.is_empty() || input.peek(Token![,]) {
        return Ok((method, None));
    }
    if !input.peek(LitStr) {
        return Err(Error::new(
            input.span(),
            format!("expected a path in quotes, such as `{method} \"/path\"`"),
        ));
    }
    Ok((method, Some(input.parse()?)))
}

/// Parses the path of a prefix, the value of `key`.
pub(super) fn prefix(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        let expected = format!("a prefix declared with `coexist::prefix!`, such as `{key} = Api`");
        return Err(error_at_value(key, input, &expected));
    }
    input.call(Path::parse_mod_style)
}

/// Parses the list of parameters behind `key`.
fn parameters_of(key: &Ident, input: ParseStream<'_>) -> Result<Vec<StatedParameter>> {
    if input.peek(syn::token::Paren) {
        return parameters::parse(input);
    }
    Err(error_at_value(key, input, "`parameters(id = u32)`"))
}

/// Parses a status, the value of `key`.
fn status(key: &Ident, input: ParseStream<'_>) -> Result<LitInt> {
    if input.peek(LitInt) {
        return input.parse();
    }
    let expected = format!("a status, such as `{key} = 308`");
    Err(error_at_value(key, input, &expected))
}

/// Parses where a redirect leads, the value of `key`.
fn redirect_to(key: &Ident, input: ParseStream<'_>) -> Result<RedirectTo> {
    if input.peek(LitStr) {
        return input.parse().map(RedirectTo::Path);
    }
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        let expected =
            format!("a handler (`{key} = update`) or a path (`{key} = \"/new/{{id}}\"`)");
        return Err(error_at_value(key, input, &expected));
    }
    input.call(Path::parse_mod_style).map(RedirectTo::Handler)
}

/// Parses `true` or `false`, the value of `key`.
fn boolean(key: &Ident, input: ParseStream<'_>) -> Result<LitBool> {
    if input.peek(LitBool) {
        return input.parse();
    }
    let expected = format!("`true` or `false`, such as `{key} = true`");
    Err(error_at_value(key, input, &expected))
}
