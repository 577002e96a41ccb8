//! `#[form]`: the checks and the records, inside the item or beside it.
//!
//! A form that is only annotated has one record; of one that is read out of HTML, each element that
//! sends a request has one.

mod metadata;
mod page;
mod record;
mod shown;
mod target;

use coexist_source::item::Item;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::context::{Context, add_context};
use super::item::with_record;
use super::record::Record;
use crate::form::model::Form;
use crate::page::html_forms::Unread;
use metadata::Meeting;
use page::Pages;
use target::Targets;

/// Expands the annotation of an item.
pub(crate) fn expand(form: &Form, item: &Item) -> TokenStream {
    let mut item = item.clone();
    if let Some(name) = &form.name
        && !form.is_redirect
    {
        add_context(&mut item.attrs, &Context::Form(name));
    }
    let sent = match &form.shown {
        Some(shown) => shown::expand(form, shown),
        // A form that is left undeclared has no record.
        None if form.posts_to.is_empty() => TokenStream::new(),
        None => plain(form),
    };
    let unread = form.unread.as_ref().and_then(refusal);
    with_record(&item, &quote!(#unread #sent))
}

/// The error for HTML that cannot be read, unless another macro reports it.
fn refusal(unread: &Unread) -> Option<TokenStream> {
    let Unread {
        message, is_news, ..
    } = unread;
    let is_news = is_news.as_ref()?;
    Some(quote_spanned!(unread.span=> const _: () = if #is_news {
        ::core::panic!("{}", #message)
    };))
}

/// The form that the annotation alone describes.
fn plain(form: &Form) -> TokenStream {
    let (targets, pages) = (Targets::new(&form.posts_to), Pages::new(&form.pages));
    let (target_constants, page_constants) = (targets.constants(), pages.constants());
    let (constant, definition) = metadata::of_annotation(form);
    let endpoint_checks = targets
        .handlers()
        .map(|handler| metadata::endpoint_check(&handler));
    let meetings = targets.handlers().map(|handler| Meeting {
        form: &constant,
        is_stated: form.sends.is_some(),
        handler,
        only_if: None,
        has_own_since: false,
        is_page: false,
    });
    let meetings: Vec<Meeting<'_>> = meetings.collect();
    let checks = metadata::checks(form, &meetings);
    // A form without handlers has nothing to be compared with.
    let definition = (!meetings.is_empty()).then_some(definition);
    let mut record = Record::new();
    record::begin(&mut record, form, &form.lifespan, form.name.as_deref());
    targets.entries(&mut record);
    record.push("]");
    let sent = record::Sent {
        kind: form.is_redirect.then_some(record::Kind::Redirect),
        flag: form.flag.as_deref(),
        encoding: form.encoding,
        template: None,
    };
    record::end(&mut record, form, &pages, &sent);
    metadata::sent_fields(form, &mut record);
    record.push("}}");
    let (sends, record) = (metadata::sends(form), record.finish());
    quote! {
        const _: () = {
            #target_constants
            #page_constants
            #sends
            #definition
            #(#endpoint_checks)*
            #checks
            #record
        };
    }
}
