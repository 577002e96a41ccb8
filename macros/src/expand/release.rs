//! `release!()`: the name and version of the build, and what its router does.

use coexist_source::annotation::release::ReleaseAttr;
use coexist_source::errors::Errors;
use coexist_source::routing::{Routing, TrailingSlash};
use coexist_source::version;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Result;

use super::json;
use super::record::{Record, package};
use crate::build_release::VARIABLE;

/// Expands to the record.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let attr = ReleaseAttr::parse(input, &mut errors)?;
    let routing = attr
        .routing
        .and_then(|text| errors.ok_at(text.span(), Routing::from_name(&text.value())));
    let trailing_slash = attr
        .trailing_slash
        .and_then(|text| errors.ok_at(text.span(), TrailingSlash::from_name(&text.value())));
    let version = errors.ok_at(Span::call_site(), stated_version());
    let version = errors.finish(version)?;
    let mut record = Record::new();
    record.push("\"release\":{");
    record.member("name", &json::string(&package("CARGO_PKG_NAME")));
    record.push(",");
    record.member("version", &json::string(&version));
    if let Some(routing) = routing {
        record.new_member("routing", &json::string(routing.name()));
    }
    if let Some(trailing_slash) = trailing_slash {
        record.new_member("trailing_slash", &json::string(trailing_slash.name()));
    }
    record.source(Span::call_site(), None);
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
