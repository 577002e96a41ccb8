//! Forms that are read out of HTML: a record for each element that sends a request.

mod address;
mod checks;
mod element;
mod names;
mod record;

use std::collections::HashSet;

use coexist_html::Element as Kind;
use proc_macro2::TokenStream;
use quote::quote;

use super::metadata;
use super::page::Pages;
use super::target::Targets;
use crate::form::model::Form;
use crate::page::html_forms::Shown;
use address::Addresses;
use element::Element;

/// The records and the checks of all elements in the HTML.
pub(super) fn expand(form: &Form, shown: &Shown) -> TokenStream {
    let (targets, pages) = (Targets::new(&form.posts_to), Pages::new(&form.pages));
    let mut addresses = Addresses::new(form, shown, &pages);
    let mut elements = Vec::new();
    let mut known = HashSet::new();
    for (sent, stated) in shown.forms.iter().zip(&shown.stated) {
        // Several links to one place say it once.
        let names = (sent.element != Kind::Link).then_some(&sent.names);
        let what = (
            sent.element,
            sent.encoding,
            &sent.method,
            &sent.urls,
            (&sent.fields, &sent.query),
            names,
        );
        if !known.insert(format!("{what:?}")) {
            continue;
        }
        let found = addresses.find(sent);
        if !found.is_empty() {
            elements.push(Element::new(
                form,
                shown,
                sent,
                stated,
                found,
                elements.len(),
            ));
        }
    }
    names::assign(form, &mut elements);
    let checks = checks::all(form, shown, &elements, &targets);
    let records = elements
        .iter()
        .map(|element| record::new(form, element, &targets, &pages));
    let (target_constants, page_constants) = (targets.constants(), pages.constants());
    let (constants, sends) = (addresses.constants(), metadata::sends(form));
    // The compiler rebuilds the crate when an included file changes.
    let files = shown.files.iter().map(|file| {
        let file = file.to_string_lossy();
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    quote! {
        const _: () = {
            #target_constants
            #page_constants
            #constants
            #sends
            #checks
            #(#records)*
            #(#files)*
        };
    }
}
