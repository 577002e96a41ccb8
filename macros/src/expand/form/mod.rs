//! `#[form]`: the checks and the records, inside the item or beside it.
//!
//! A form that is only annotated has one record; of one that is read out of HTML,
//! each element that sends a request has.

mod facts;
mod page;
mod shown;
mod target;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::record::Record;
use crate::attr::{self, FormAttr, Tell};
use crate::errors::Errors;
use crate::item::Item;
use crate::page::Unread;
use crate::validate::{Encoding, Form};
use facts::Meeting;
use page::Pages;
use target::Targets;

/// Expands the attribute's arguments and the item below it.
pub(crate) fn form(args: TokenStream, item: &Item) -> syn::Result<TokenStream> {
    let mut mistakes = Errors::default();
    let attr = FormAttr::parse(args, &mut mistakes)?;
    let form = Form::new(attr, item, mistakes)?;
    let mut item = item.clone();
    if let Some(name) = &form.name {
        attr::tell(&mut item.attrs, &Tell::Taken(name));
    }
    let sent = match &form.shown {
        Some(shown) => shown::expand(&form, shown),
        // What is left undeclared has no record.
        None if form.posts_to.is_empty() => TokenStream::new(),
        None => plain(&form),
    };
    let unread = form.unread.as_ref().and_then(refusal);
    Ok(item.with_record(&quote!(#unread #sent)))
}

/// The error of HTML that could not be read, if nobody else has said so.
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
    let (constant, facts) = facts::of_annotation(form);
    let endpoint_checks = targets
        .handlers()
        .map(|handler| facts::endpoint_check(&handler));
    let meetings = targets.handlers().map(|handler| Meeting {
        form: &constant,
        is_stated: form.sends.is_some(),
        handler,
        only_if: None,
    });
    let meetings: Vec<Meeting<'_>> = meetings.collect();
    let checks = facts::checks(form, &meetings);
    // What meets nobody is compared with nothing.
    let facts = (!meetings.is_empty()).then_some(facts);
    let mut record = Record::new();
    begin(&mut record, form, form.name.as_deref());
    targets.entries(&mut record);
    record.push("]");
    end(&mut record, form, &pages, form.encoding);
    facts::sent_fields(form, &mut record);
    record.push("}}");
    let (sends, record) = (facts::sends(form), record.finish());
    quote! {
        const _: () = {
            #target_constants
            #page_constants
            #sends
            #facts
            #(#endpoint_checks)*
            #checks
            #record
        };
    }
}

/// Writes a record up to the list of targets.
fn begin(record: &mut Record, form: &Form, name: Option<&str>) {
    record.push("\"form\":{");
    record.id(&form.item, name);
    record.push(",");
    record.lifespan(&form.lifespan);
    record.push(",\"posts_to\":[");
}

/// Writes what follows the list of targets, up to the fields.
fn end(record: &mut Record, form: &Form, pages: &Pages<'_>, encoding: Option<Encoding>) {
    pages.write(record);
    record.encoding(encoding);
    record.source(form.item.span());
}
