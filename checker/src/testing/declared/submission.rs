//! What one element of a rendered page sends, and where to.

use coexist_html::{Element, Form, Url, resolve};

use crate::endpoint::Pattern;

/// An element, and one of the addresses that it sends to.
#[derive(Clone, Debug)]
pub(super) struct Submission<'f> {
    pub(super) form: &'f Form,
    /// The path, in the syntax of patterns: braces are doubled.
    pub(super) path: String,
}

impl<'f> Submission<'f> {
    /// All that an element of the page at `page` sends.
    pub(super) fn enumerate(form: &'f Form, page: &str) -> impl Iterator<Item = Self> {
        let paths = form
            .urls
            .iter()
            .filter_map(move |url| path(form, url, page));
        paths.map(move |path| Self { form, path })
    }

    /// Whether one of the patterns takes its path.
    pub(super) fn is_one_of(&self, patterns: &[Pattern<'_>]) -> bool {
        Pattern::parse(&self.path)
            .is_ok_and(|path| patterns.iter().any(|pattern| pattern.takes(&path)))
    }
}

/// Where a request goes; `None` if it leaves the page where it is: `<a href="#top">`.
fn path(form: &Form, url: &Url, page: &str) -> Option<String> {
    let page = || page.replace('{', "{{").replace('}', "}}");
    match url {
        Url::Page if form.element == Element::Link => None,
        Url::Page => Some(page()),
        Url::Path(path) => Some(path.clone()),
        Url::Relative(relative) => Some(resolve(&page(), relative)),
        // A rendered page has no expressions.
        Url::Based(_) | Url::Handler { .. } | Url::Unknown(_) => None,
    }
}
