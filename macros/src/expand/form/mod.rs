//! `#[form]`: the checks and the records, inside the item or beside it.
//!
//! A form that is only annotated has one record; of one that is read out of HTML,
//! each element that sends a request has.

mod facts;
mod shown;
mod target;

use proc_macro2::TokenStream;
use quote::quote;

use super::record::Record;
use crate::attr::{self, FormAttr, Tell};
use crate::item::Item;
use crate::mistakes::Mistakes;
use crate::validate::{Encoding, Form, Page};
use target::Targets;

/// Expands the attribute's arguments and the item below it.
pub(crate) fn form(args: TokenStream, item: &Item) -> syn::Result<TokenStream> {
    let mut mistakes = Mistakes::default();
    let attr = FormAttr::parse(args, &mut mistakes)?;
    let form = Form::new(attr, item, mistakes)?;
    let mut item = item.clone();
    if let Some(name) = &form.name {
        attr::tell(&mut item.attrs, &Tell::Taken(name));
    }
    let sent = match &form.shown {
        Some(shown) => shown::expand(&form, shown)?,
        None => plain(&form),
    };
    Ok(item.with_record(&sent))
}

/// The form that the annotation alone describes.
fn plain(form: &Form) -> TokenStream {
    let targets = Targets::new(&form.posts_to);
    let constants = targets.constants();
    let facts = facts::of_annotation(form);
    let checks = targets.handlers().map(|handler| {
        let endpoint = facts::endpoint_check(&handler);
        let fits = facts::checks(form, handler, None);
        quote!(#endpoint #fits)
    });
    let mut record = Record::new();
    begin(&mut record, form, form.name.as_deref());
    targets.entries(&mut record);
    record.push("]");
    end(&mut record, form, form.encoding);
    facts::sent_fields(form, &mut record);
    record.push("}}");
    let (sends, record) = (facts::sends(form), record.finish());
    quote! {
        const _: () = {
            #constants
            #sends
            #facts
            #(#checks)*
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
fn end(record: &mut Record, form: &Form, encoding: Option<Encoding>) {
    if !form.pages.is_empty() {
        record.push(",\"pages\":[");
        for (position, page) in form.pages.iter().enumerate() {
            record.push(if position > 0 { "," } else { "" });
            record.push("{\"method\":\"GET\",\"path\":\"");
            record.push_expr(url_of(page));
            record.push("\"}");
        }
        record.push("]");
    }
    record.encoding(encoding);
    record.source(form.item.span());
}

/// The whole path of a page: an expression of `&'static str`.
fn url_of(page: &Page) -> TokenStream {
    match page {
        Page::Handler(path) => quote!(<#path as ::coexist::Handler>::URL),
        Page::Path(path) => quote!(#path),
    }
}
