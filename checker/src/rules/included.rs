//! Which forms a page merely includes: links, and what stands in a template that several pages
//! share. Their first release is not that of the page.

use std::collections::HashMap;

use crate::registry::{Form, FormKind, Registry};

/// The templates of a build that several pages share.
pub(super) struct Included<'r> {
    /// By the file of a template: the page that holds its forms; `None`: several do.
    pages: HashMap<&'r str, Option<&'r str>>,
}

impl<'r> Included<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        let mut pages: HashMap<&str, Option<&str>> = HashMap::new();
        for form in &registry.forms {
            let Some(file) = template(form) else { continue };
            let page = page(form);
            let known = pages.entry(file).or_insert(Some(page));
            if *known != Some(page) {
                *known = None;
            }
        }
        Self { pages }
    }

    /// Whether the page of the form merely includes it. What is called a link was read out of
    /// the HTML of a page.
    pub(super) fn holds(&self, form: &Form) -> bool {
        let is_shared = |file| self.pages.get(file) == Some(&None);
        form.kind == Some(FormKind::Link) || template(form).is_some_and(is_shared)
    }
}

fn template(form: &Form) -> Option<&str> {
    let source = form.source.as_ref()?;
    source.template.as_ref().map(|line| &*line.file)
}

/// The item that the form is on.
fn page(form: &Form) -> &str {
    form.id.split('#').next().unwrap_or(&form.id)
}
