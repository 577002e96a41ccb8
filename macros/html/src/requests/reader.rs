//! A page whose requests are looked for.

use crate::address::Base;
use crate::page::contents::Page;
use crate::page::text::Text;

/// The contents of a page, with the text that they come from.
pub(super) struct PageReader<'p> {
    pub(super) text: &'p Text,
    pub(super) page: &'p Page,
    pub(super) base: Base,
}

impl<'p> PageReader<'p> {
    /// Looks for the requests of this page.
    pub(super) fn new(page: &'p Page, text: &'p Text) -> Self {
        let base = base(page);
        Self { text, page, base }
    }
}

/// What addresses of the page are relative to.
fn base(page: &Page) -> Base {
    match page.base.as_slice() {
        [] => Base::Page,
        [element] if element.conditions.is_empty() => {
            element.get("href").map_or(Base::Page, Base::new)
        }
        _ => Base::Unknown,
    }
}
