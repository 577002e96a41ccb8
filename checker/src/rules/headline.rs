//! The headlines of submissions: who does what, and what becomes of it.

use super::advice::Names;
use crate::model::Group;
use crate::registry::FormKind;

/// What becomes of what somebody does with a form: "gets 404 Not Found".
pub(super) struct Fate(String);

impl Fate {
    pub(super) fn new(fate: impl Into<String>) -> Self {
        Self(fate.into())
    }

    /// That a node answers with an error: for sure, or perhaps.
    pub(super) fn answer(error: &str, is_certain: bool) -> Self {
        Self(if is_certain {
            format!("gets {error}")
        } else {
            format!("may get {error}")
        })
    }
}

impl Names<'_, '_> {
    /// A headline: who does something with the forms from pages to nodes, and what becomes of
    /// it.
    pub(super) fn submissions(&self, Fate(fate): &Fate) -> String {
        let who = who(self.group, &self.group.some_forms());
        let (page, node) = (&self.page, &self.node);
        format!("{who} from pages of {page} to nodes of {node} {fate}")
    }

    /// The same of forms that only the new pages have.
    pub(super) fn new_submissions(&self, Fate(fate): &Fate) -> String {
        let who = who(self.group, &self.group.new_forms());
        format!("{who} to nodes of {} {fate}", self.node)
    }
}

/// Who does something with forms, which have this name.
pub(super) fn who(group: &Group<'_, '_>, forms: &str) -> String {
    match group.kind() {
        Some(FormKind::Link) => format!("whoever follows {forms}"),
        Some(FormKind::Redirect) => format!("whoever is redirected by {forms}"),
        Some(FormKind::Script) => format!("whoever triggers {forms}"),
        Some(FormKind::Submit) | None => format!("whoever submits {forms}"),
    }
}
