//! The pages that contain a form, and their addresses as far as the compiler knows them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::target::{Bound, constant_of};
use crate::expand::joined::Joined;
use crate::expand::record::Record;
use crate::form::targets::Page;

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

    /// The whole paths of the pages.
    pub(super) fn urls(&self) -> impl Iterator<Item = Joined> {
        self.0.iter().map(|(page, constant)| match page {
            Page::Handler(_) => Joined::expr(quote!(::coexist::__private::checks::url(#constant))),
            Page::Path(path) => Joined::text(path),
        })
    }

    /// Writes them into a record.
    pub(super) fn write(&self, record: &mut Record) {
        if self.0.is_empty() {
            return;
        }
        record.push(",\"pages\":[");
        for (position, url) in self.urls().enumerate() {
            record.push(if position > 0 { "," } else { "" });
            record.push("{\"method\":\"GET\",\"path\":\"");
            record.append(url);
            record.push("\"}");
        }
        record.push("]");
    }
}
