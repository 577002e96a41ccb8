//! A prefix of paths: `pub Api = "/api", under = Base`.

use proc_macro2::{Ident, Span};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Lit, LitStr, Path, Result, Token, Visibility};

use crate::path;

/// A prefix, as it is declared.
pub struct Prefix {
    /// The attributes of the type.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// Its name.
    pub name: Ident,
    /// Its paths, or what is wrong with them.
    pub paths: Result<Paths>,
}

/// The paths of a prefix.
#[derive(Default)]
pub struct Paths {
    /// The prefix itself.
    pub path: String,
    /// The prefix below which it stands.
    pub under: Option<Path>,
}

const EXPECTED: &str = "expected a name and a path, such as `prefix!(pub Api = \"/api\")`";

impl Parse for Prefix {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name: Ident = input
            .parse()
            .map_err(|error| with_message(&error, EXPECTED))?;
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
            .map_err(|error| with_message(&error, EXPECTED))?;
        let text: LitStr = input.parse().map_err(|error| {
            with_message(
                &error,
                "expected a path in quotes, such as `prefix!(pub Api = \"/api\")`",
            )
        })?;
        let path = text.value();
        check(&path).map_err(|message| Error::new(text.span(), message))?;
        let mut under = None;
        while !input.is_empty() {
            input.parse::<Token![,]>().map_err(|error| {
                with_message(&error, "expected `,` or the end of the arguments")
            })?;
            if input.is_empty() {
                break;
            }
            let key = under_key(input)?;
            if under.replace(base(input, key.span())?).is_some() {
                return Err(Error::new(key.span(), "duplicate key `under`"));
            }
        }
        Ok(Self { path, under })
    }
}

/// Parses `under =`.
fn under_key(input: ParseStream<'_>) -> Result<Ident> {
    let key: Ident = input
        .parse()
        .map_err(|error| with_message(&error, "expected the key `under`"))?;
    if key != "under" {
        let message = format!("unknown key `{key}`: expected `under`");
        return Err(Error::new(key.span(), message));
    }
    let equals: Result<Token![=]> = input.parse();
    equals.map_err(|_| Error::new(key.span(), format!("`under` has no value: {BASE}")))?;
    Ok(key)
}

const BASE: &str = "expected a prefix declared with `coexist::prefix!`, such as `under = Base`";

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
            "a prefix cannot be the root. For paths below the root, leave out `under`".to_owned(),
        );
    }
    path::check(path).map_err(|error| error.to_string())?;
    if let Some(bare) = path.strip_suffix('/') {
        return Err(format!(
            "a prefix cannot end with a slash: write \"{bare}\""
        ));
    }
    if path.contains("{*") {
        return Err(
            "a prefix cannot contain a catch-all parameter, because other paths follow it"
                .to_owned(),
        );
    }
    Ok(())
}

/// The error at the same place, with another message.
fn with_message(error: &Error, message: &str) -> Error {
    Error::new(error.span(), message)
}
