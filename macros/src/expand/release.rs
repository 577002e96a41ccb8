//! `release!()`: the name and version of the build.

use coexist_source::version;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, Result};

use super::json;
use super::record::{Record, package};
use crate::build_release::VARIABLE;

/// Expands to the record; `input` must be empty.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    if let Some(token) = input.into_iter().next() {
        let message = format!(
            "`release!()` takes no arguments: the version comes from the environment variable \
             `{VARIABLE}` at build time, or else from the package"
        );
        return Err(Error::new(token.span(), message));
    }
    let version = stated_version().map_err(|message| Error::new(Span::call_site(), message))?;
    let mut record = Record::new();
    record.push("\"release\":{");
    record.member("name", &json::string(&package("CARGO_PKG_NAME")));
    record.push(",");
    record.member("version", &json::string(&version));
    record.source(Span::call_site());
    record.push("}}");
    let record = record.finish();
    // cargo rebuilds the crate when the variable changes.
    Ok(quote! {
        #record
        const _: ::core::option::Option<&str> = ::core::option_env!(#VARIABLE);
    })
}

fn stated_version() -> std::result::Result<String, String> {
    match std::env::var(VARIABLE) {
        Ok(text) if text.is_empty() => Err(format!(
            "`{VARIABLE}` is set but empty: unset it, or set it to the release's version"
        )),
        Ok(text) => version::parse(&text)
            .map(|version| version.to_string())
            .map_err(|error| {
                let message = error.of_literal(&text);
                format!("in the environment variable `{VARIABLE}`, {message}")
            }),
        Err(std::env::VarError::NotPresent) => Ok(package("CARGO_PKG_VERSION")),
        Err(error) => Err(format!("environment variable `{VARIABLE}`: {error}")),
    }
}
