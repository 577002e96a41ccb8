//! The headlines of submissions: who does what, and what becomes of it.

use super::advice::Names;
use crate::registry::FormKind;

/// What becomes of what people do with forms.
pub(super) struct Fate {
    /// Of submissions: "fail with 404 Not Found".
    they: String,
    /// Of one person: "gets 404 Not Found".
    one: String,
}

impl Fate {
    pub(super) fn new(they: impl Into<String>, one: impl Into<String>) -> Self {
        let (they, one) = (they.into(), one.into());
        Self { they, one }
    }

    /// That a node answers with an error: for sure, or perhaps.
    pub(super) fn answer(error: &str, is_certain: bool) -> Self {
        if is_certain {
            Self::new(format!("fail with {error}"), format!("gets {error}"))
        } else {
            Self::new(format!("may fail with {error}"), format!("may get {error}"))
        }
    }
}

impl Names<'_, '_> {
    /// A headline: what people do with the forms from pages to nodes, and what becomes of
    /// it.
    pub(super) fn submissions(&self, fate: &Fate) -> String {
        let way = format!("from pages of {} to nodes of {}", self.page, self.node);
        self.headline(&self.group.forms(), &self.group.some_forms(), &way, fate)
    }

    /// The same of forms that only the new pages have.
    pub(super) fn new_submissions(&self, fate: &Fate) -> String {
        let (forms, way) = (self.group.new_forms(), format!("to nodes of {}", self.node));
        self.headline(&forms, &forms, &way, fate)
    }

    fn headline(&self, forms: &str, named: &str, way: &str, fate: &Fate) -> String {
        let Fate { they, one } = fate;
        match self.group.kind() {
            Some(FormKind::Link) => format!("whoever follows {named} {way} {one}"),
            Some(FormKind::Redirect) => format!("whoever is redirected by {forms} {way} {one}"),
            Some(FormKind::Script) => format!("whoever triggers {named} {way} {one}"),
            Some(FormKind::Submit) | None => format!("submissions of {forms} {way} {they}"),
        }
    }
}
