//! The model of a prefix: `pub Api = "/api", under = Base`.

use proc_macro2::{Ident, Span};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Lit, LitStr, Path, Result, Token, Visibility};

use super::endpoint::check_path;

/// A prefix, as far as it makes sense.
pub(crate) struct Prefix {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) paths: Result<Paths>,
}

/// Where a prefix stands.
#[derive(Default)]
pub(crate) struct Paths {
    pub(crate) path: String,
    pub(crate) under: Option<Path>,
}

const EXPECTED: &str = "expected a name and a path: `prefix!(pub Api = \"/api\")`";

impl Parse for Prefix {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name: Ident = input.parse().map_err(|error| instead(&error, EXPECTED))?;
        let paths = input.parse();
        if paths.is_err() {
            input.parse::<proc_macro2::TokenStream>()?;
        }
        Ok(Self {
            attrs,
            vis,
            name,
            paths,
        })
    }
}

impl Parse for Paths {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input
            .parse::<Token![=]>()
            .map_err(|error| instead(&error, EXPECTED))?;
        let text: LitStr = input.parse().map_err(|error| {
            instead(
                &error,
                "expected a path in quotes: `prefix!(pub Api = \"/api\")`",
            )
        })?;
        let path = text.value();
        check(&path).map_err(|message| Error::new(text.span(), message))?;
        let mut under = None;
        while !input.is_empty() {
            input.parse::<Token![,]>().map_err(|error| {
                instead(&error, "expected a comma and the next key, or the end")
            })?;
            if input.is_empty() {
                break;
            }
            let key = under_key(input)?;
            if under.replace(base(input, key.span())?).is_some() {
                return Err(Error::new(key.span(), "`under` is stated twice"));
            }
        }
        Ok(Self { path, under })
    }
}

/// Parses `under =`.
fn under_key(input: ParseStream<'_>) -> Result<Ident> {
    let key: Ident = input
        .parse()
        .map_err(|error| instead(&error, "expected a key: `under`"))?;
    if key != "under" {
        let message = format!("unknown key `{key}`: expected `under`");
        return Err(Error::new(key.span(), message));
    }
    let equals: Result<Token![=]> = input.parse();
    equals.map_err(|_| Error::new(key.span(), format!("`under` has no value: {BASE}")))?;
    Ok(key)
}

const BASE: &str = "expected a prefix that `coexist::prefix!` made: `under = Base`";

fn base(input: ParseStream<'_>, key: Span) -> Result<Path> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new(key, format!("`under` has no value: {BASE}")));
    }
    if input.peek(Lit) {
        return Err(input.error(BASE));
    }
    input.call(Path::parse_mod_style)
}

fn check(path: &str) -> std::result::Result<(), String> {
    if matches!(path, "" | "/") {
        return Err(
            "a prefix is more than the root, \"/api\": below the root, none is needed".to_owned(),
        );
    }
    check_path(path)?;
    if let Some(bare) = path.strip_suffix('/') {
        return Err(format!("a prefix ends without a slash: \"{bare}\""));
    }
    if path.contains("{*") {
        return Err("a prefix does not hold the rest of a path: paths come behind it".to_owned());
    }
    Ok(())
}

/// The error with another message.
fn instead(error: &Error, message: &str) -> Error {
    Error::new(error.span(), message)
}
