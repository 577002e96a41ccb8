//! `#[handler(POST "/path", since = "…", until = "…", accepts = T, encoding = "…")]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Result, Token, Type};

use super::{Range, error_at_value, pairs, parse_all, text};
use crate::mistakes::Mistakes;

const KEYS: [&str; 4] = ["since", "until", "accepts", "encoding"];

/// The arguments of `#[handler]`, as written.
#[derive(Default)]
pub(crate) struct HandlerAttr {
    pub(crate) endpoint: Option<(Ident, LitStr)>,
    pub(crate) range: Range,
    pub(crate) accepts: Option<Type>,
    pub(crate) encoding: Option<LitStr>,
}

impl HandlerAttr {
    /// Parses the arguments; what they get wrong is added to `mistakes`.
    pub(crate) fn parse(args: TokenStream, mistakes: &mut Mistakes) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let starts_with_key = input.peek(syn::Ident::peek_any) && input.peek2(Token![=]);
            if starts_with_key || input.is_empty() {
                mistakes.note(input.error(
                    "the endpoint comes first: `#[handler(POST \"/path\", since = \"1.0.0\")]`",
                ));
            } else {
                attr.endpoint = mistakes.keep(endpoint(input));
            }
            pairs(input, &KEYS, mistakes, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    _accepts => attr.accepts = Some(ty(key, input)?),
                }
                Ok(())
            });
            attr
        })
    }
}

/// Parses `METHOD "path"` and the comma after it.
fn endpoint(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    if input.peek(LitStr) {
        return skip_after(input, |input| {
            let path: LitStr = input.parse()?;
            Err(Error::new(path.span(), "the method comes before the path: `POST \"/path\"`"))
        });
    }
    skip_after(input, |input| {
        let method = input.call(Ident::parse_any)?;
        if !input.peek(LitStr) {
            let message = format!("expected a path in quotes after `{method}`: `{method} \"/path\"`");
            return Err(Error::new(method.span(), message));
        }
        Ok((method, input.parse()?))
    })
}

/// Parses with `parser`, then moves behind the next comma or to the end.
fn skip_after<T>(
    input: ParseStream<'_>,
    parser: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let parsed = parser(input);
    let ended = super::end_of_value(input);
    if parsed.is_err() || ended.is_err() {
        super::skip_to_next_key(input);
    }
    ended.and(parsed)
}

/// Parses a type, the value of `key`.
pub(super) fn ty(key: &Ident, input: ParseStream<'_>) -> Result<Type> {
    if input.is_empty() || input.peek(Token![,]) || input.peek(syn::Lit) {
        return Err(error_at_value(key, input, &format!("a type: `{key} = CsvImport`")));
    }
    input.parse()
}
