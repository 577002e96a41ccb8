//! The model of a prefix: `pub Api = "/api", under = Base`.

use proc_macro2::Ident;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, LitStr, Path, Result, Token, Visibility};

use super::endpoint::check_path;

/// A prefix that makes sense.
pub(crate) struct Prefix {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) path: String,
    pub(crate) under: Option<Path>,
}

impl Parse for Prefix {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name: Ident = input.parse().map_err(|error| {
            Error::new(
                error.span(),
                "expected a name and a path: `prefix!(pub Api = \"/api\")`",
            )
        })?;
        input.parse::<Token![=]>()?;
        let text: LitStr = input.parse()?;
        let path = text.value();
        let checked = match path.strip_suffix('/') {
            Some(bare) => Err(format!("a prefix ends without a slash: \"{bare}\"")),
            None => check_path(&path),
        };
        checked.map_err(|message| Error::new(text.span(), message))?;
        if path.contains("{*") {
            let message = "a prefix does not hold the rest of a path: paths come behind it";
            return Err(Error::new(text.span(), message));
        }
        let mut under = None;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let key: Ident = input.parse()?;
            if key != "under" {
                return Err(Error::new(
                    key.span(),
                    format!("unknown key `{key}`: expected `under`"),
                ));
            }
            input.parse::<Token![=]>()?;
            under = Some(input.call(Path::parse_mod_style)?);
            input.parse::<Option<Token![,]>>()?;
        }
        if !input.is_empty() {
            return Err(input.error("expected nothing more"));
        }
        Ok(Self {
            attrs,
            vis,
            name,
            path,
            under,
        })
    }
}
