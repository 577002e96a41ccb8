//! The stages of each macro: parse the arguments, build the model, expand it.

use coexist_source::annotation::form::FormAttr;
use coexist_source::annotation::handler::HandlerAttr;
use coexist_source::errors::Errors;
use coexist_source::fields::model::Model;
use coexist_source::fields::reader::{KnownTypes, Reader};
use coexist_source::handler::model::{Ask, Handler};
use coexist_source::item::{Item, Kind};
use coexist_source::surroundings::Surroundings;
use proc_macro2::{Span, TokenStream};
use syn::{DeriveInput, Result};

use crate::files::Files;
use crate::form::model::Form;
use crate::{build_release, expand, surroundings};

/// `#[handler(…)]` on an item.
pub(crate) fn handler(args: TokenStream, item: &Item) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let attr = HandlerAttr::parse(args, &mut errors)?;
    let mut around = match &item.kind {
        Kind::Fn { sig, body: Some(_) } => surroundings::around(&sig.ident),
        _ => Surroundings::default(),
    };
    let mut seen = item.clone();
    if let Some(within) = &attr.within {
        around = around.within(within);
        if let Kind::Fn { sig, .. } = &mut seen.kind {
            **sig = within.seen(sig);
        }
    }
    let ask = Ask {
        build: build_release::known,
        extractor: &surroundings::extractor,
    };
    Ok(match Handler::new(attr, &seen, &around, &ask, errors) {
        Ok(handler) => expand::handler::expand(&handler, item),
        Err(errors) => expand::handler::expand_errors(&errors, item, &around),
    })
}

/// `#[handlers]` on an `impl` block.
pub(crate) fn handlers(args: &TokenStream, block: TokenStream) -> Result<TokenStream> {
    coexist_source::handlers::block(args, block)
}

/// `#[form(…)]` on an item.
pub(crate) fn form(args: TokenStream, item: &Item) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let attr = FormAttr::parse(args, &mut errors)?;
    let form = Form::new(attr, item, errors)?;
    Ok(expand::form::expand(&form, item))
}

/// `#[derive(Fields)]` on a type.
pub(crate) fn fields(input: TokenStream) -> Result<TokenStream> {
    static FILES: Files<KnownTypes> = Files::new();
    let input: DeriveInput = syn::parse2(input)?;
    let listed = FILES.ask(
        Span::call_site(),
        |text| KnownTypes::from_file(&text),
        |types| types.find(&input),
    );
    let reader = Reader::new(&input, listed.flatten());
    let model = Model::new(&input, reader)?;
    Ok(expand::fields::expand(&model, &input))
}

/// `prefix!(…)`.
pub(crate) fn prefix(input: TokenStream) -> Result<TokenStream> {
    let prefix = syn::parse2(input)?;
    Ok(expand::prefix::expand(prefix))
}

/// `files!(…)`.
pub(crate) fn files(input: TokenStream) -> Result<TokenStream> {
    let files = coexist_source::files::Files::new(input, build_release::known)?;
    Ok(expand::files::expand(files))
}

/// `release!()`.
pub(crate) fn release(input: TokenStream) -> Result<TokenStream> {
    expand::release::expand(input)
}
