//! What HTML can send, in numbers.

use std::fmt;
use std::path::Path;

use coexist_html::{Element, Form, Htmx, Source, Url, askama, maud};
use proc_macro2::TokenStream;

/// How many forms, links and calls there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sends {
    pub(super) forms: usize,
    links: usize,
    calls: usize,
}

impl Sends {
    /// What a template of askama sends, of the crate whose `Cargo.toml` is in this
    /// directory.
    pub(super) fn of_template(
        template: &askama::Template,
        package: &Path,
    ) -> Result<Self, askama::Error> {
        let read = askama::read(template, package)?;
        let mut sends = Self::default();
        sends.add(read.source, htmx_of(package));
        Ok(sends)
    }

    /// Adds what the tokens of an `html!` of maud send.
    pub(super) fn add_maud(
        &mut self,
        tokens: TokenStream,
        htmx: Htmx,
    ) -> Result<(), maud::TooDeep> {
        // Neither places nor fields matter to a number.
        let nowhere = |_| coexist_html::Place::default();
        let source = maud::read(tokens, &nowhere, &|_| false)?;
        self.add(source, htmx);
        Ok(())
    }

    fn add(&mut self, source: Source, htmx: Htmx) {
        for form in coexist_html::read(&source.with_htmx(htmx)) {
            match form.element {
                Element::Form | Element::Button => self.forms += 1,
                Element::Link if is_jump(&form) => {}
                Element::Link => self.links += 1,
                Element::Htmx => self.calls += 1,
            }
        }
    }

    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// The htmx that a package states. Another one than those that are known is an error of the
/// macros.
pub(super) fn htmx_of(package: &Path) -> Htmx {
    Htmx::of_package(package).unwrap_or_default()
}

/// A link to a place in its own page sends nothing.
fn is_jump(form: &Form) -> bool {
    form.urls.iter().all(|url| matches!(url, Url::Page))
}

impl fmt::Display for Sends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.forms, "form"),
            (self.links, "link"),
            (self.calls, "htmx call"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, word)| crate::support::text::plural(count, word));
        counts.collect::<Vec<_>>().join(", ").fmt(f)
    }
}
