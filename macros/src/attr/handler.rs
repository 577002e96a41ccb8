//! `#[handler(POST "/path", since = "…", until = "…", accepts = T, encoding = "…")]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream};
use syn::{Error, LitStr, Result, Token, Type};

use super::{
    Keys, Range, alone, at_key, end_of_value, error_at_value, pairs, parse_all, skip_to_next_key,
    text,
};
use crate::mistakes::Mistakes;

const KEYS: [&str; 4] = ["since", "until", "accepts", "encoding"];

/// The arguments of `#[handler]`, as written.
#[derive(Default)]
pub(crate) struct HandlerAttr {
    pub(crate) endpoint: Option<(Ident, LitStr)>,
    pub(crate) range: Range,
    pub(crate) accepts: Option<Type>,
    pub(crate) encoding: Option<LitStr>,
    pub(crate) keys: Keys,
}

impl HandlerAttr {
    /// Parses the arguments; what they get wrong is added to `mistakes`.
    pub(crate) fn parse(args: TokenStream, mistakes: &mut Mistakes) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let is_missing = at_key(input) || input.is_empty();
            if is_missing {
                let message =
                    "the endpoint comes first: `#[handler(POST \"/path\", since = \"1.0.0\")]`";
                mistakes.at(input.span(), message);
            } else {
                attr.endpoint = mistakes.keep(endpoint(input));
            }
            let keys = pairs(input, &KEYS, mistakes, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    _accepts => attr.accepts = Some(ty(key, input)?),
                }
                Ok(())
            });
            // Without an endpoint they are the endpoint, written in another way.
            if !is_missing {
                keys.report_unknown(mistakes);
            }
            attr.keys = keys;
            attr
        })
    }
}

/// Parses `METHOD "path"` and the comma after it; if it cannot, it skips to the
/// first key.
fn endpoint(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    let endpoint = method_and_path(input).and_then(|endpoint| {
        end_of_value(input)?;
        Ok(endpoint)
    });
    if endpoint.is_err() && !at_key(input) {
        skip_to_next_key(input);
    }
    endpoint
}

fn method_and_path(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    if input.peek(LitStr) {
        return Err(input.error("the method comes first, without quotes: `POST \"/path\"`"));
    }
    let method = input.call(Ident::parse_any)?;
    if !input.peek(LitStr) {
        let nothing_follows = input.is_empty() || input.peek(Token![,]);
        let at = if nothing_follows {
            method.span()
        } else {
            input.span()
        };
        return Err(Error::new(
            at,
            format!("expected a path in quotes: `{method} \"/path\"`"),
        ));
    }
    Ok((method, input.parse()?))
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
