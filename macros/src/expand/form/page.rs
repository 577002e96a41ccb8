//! The pages that contain a form, and their addresses as far as the compiler knows them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned as _;

use crate::expand::json;
use crate::expand::named::{Bound, constant_of};
use crate::expand::record::Record;
use crate::form::targets::Page;

/// The handler of a page.
pub(super) struct PageHandler {
    /// The constant of its metadata.
    pub(super) constant: Ident,
    /// Where it is named.
    pub(super) span: Span,
}

/// The pages of one annotation.
pub(super) struct Pages<'a>(Vec<(&'a Page, Ident)>);

impl<'a> Pages<'a> {
    pub(super) fn new(pages: &'a [Page]) -> Self {
        let named = pages
            .iter()
            .enumerate()
            .map(|(position, page)| (page, format_ident!("__PAGE_{position}")));
        Self(named.collect())
    }

    /// The constants that hold the metadata of their handlers.
    pub(super) fn constants(&self) -> TokenStream {
        let constants = self.0.iter().filter_map(|(page, constant)| match page {
            Page::Handler(path) => Some(constant_of(constant, path, Bound::PageHandler)),
            Page::Path(_) => None,
        });
        constants.collect()
    }

    /// The path, if there is one page and the annotation says its path. A handler may have several.
    pub(super) fn single_path(&self) -> Option<&str> {
        match &*self.0 {
            [(Page::Path(path), _)] => Some(path),
            _ => None,
        }
    }

    /// The endpoints of each, as an expression of type `&'static [Endpoint]`, and the handler that
    /// serves it, if it is named.
    pub(super) fn each(&self) -> impl Iterator<Item = (TokenStream, Option<PageHandler>)> {
        self.0.iter().map(|(page, constant)| match page {
            Page::Handler(path) => {
                let handler = PageHandler {
                    constant: constant.clone(),
                    span: path.span(),
                };
                (quote!(#constant.endpoints), Some(handler))
            }
            Page::Path(path) => {
                let endpoints = quote!(&[::coexist::__private::Endpoint {
                    method: "GET",
                    url: #path,
                    json: "",
                }]);
                (endpoints, None)
            }
        })
    }

    /// Writes them into a record.
    pub(super) fn write(&self, record: &mut Record) {
        if self.0.is_empty() {
            return;
        }
        record.push(",\"pages\":[");
        for (position, (page, constant)) in self.0.iter().enumerate() {
            record.push(if position > 0 { "," } else { "" });
            match page {
                Page::Handler(_) => record.push_expr(quote!(#constant.pages)),
                Page::Path(path) => {
                    let path = json::string(path);
                    record.push(&format!("{{\"method\":\"GET\",\"path\":{path}}}"));
                }
            }
        }
        record.push("]");
    }
}
