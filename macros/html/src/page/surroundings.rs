//! What the elements around a place of the page mean for what stands there.

use std::cell::RefCell;
use std::rc::Rc;

use super::conditions::Conditions;
use super::contents::{Inner, Setting};
use super::element::Element;
use super::names::is_of_table;
use super::stack::{Namespace, Open, Stack};

impl Stack<'_> {
    /// The elements around a place, the innermost first.
    pub(crate) fn around(&self, here: &Conditions) -> impl Iterator<Item = &Open> {
        let groups = self.look();
        let may_hold = |open: &&Open| open.scope.may_hold(here, groups);
        self.open.iter().rev().filter(may_hold)
    }

    /// Whether an element of this name is around a place.
    pub(crate) fn is_in(&self, name: &str, here: &Conditions) -> bool {
        let groups = self.look();
        let mut named = self.open.iter().filter(|open| open.name == name);
        named.any(|open| open.scope.may_hold(here, groups))
    }

    /// The name of the innermost element.
    pub(crate) fn innermost(&self, here: &Conditions) -> &str {
        self.around(here).next().map_or("", |open| &open.name)
    }

    /// Whether this is a part of a table, and none is open: browsers leave such a tag out. A
    /// page that begins with one is a piece of a table.
    pub(crate) fn leaves_out(&self, name: &str, here: &Conditions) -> bool {
        let is_part = is_of_table(name) && name != "table";
        let is_table = |open: &Open| {
            let is_known = is_of_table(&open.name) || open.name == "template";
            open.namespace == Namespace::Html && is_known
        };
        let mut around = self.around(here);
        is_part && around.next().is_some() && !self.around(here).any(is_table)
    }

    /// The forms that are around a place in the tree: several if nobody can tell.
    pub(crate) fn forms_around(&self, here: &Conditions) -> Vec<usize> {
        let groups = self.look();
        let mut forms: Vec<usize> = Vec::new();
        for open in self.open.iter().rev() {
            if open.name == "template" && open.scope.may_hold(here, groups) {
                break;
            }
            if open.forms.is_empty() && open.left_forms.is_empty() {
                continue;
            }
            if !open.scope.may_hold(here, groups) {
                continue;
            }
            forms.extend(&open.forms);
            if !open.forms.is_empty() && open.scope.holds(here, groups) {
                break;
            }
            for (form, conditions) in open.left_forms.iter().rev() {
                forms.push(*form);
                if here.imply(conditions) {
                    return forms;
                }
            }
        }
        forms
    }

    /// Whether a `fieldset` disables a control here: `None`, perhaps.
    pub(crate) fn is_disabled(&self, here: &Conditions) -> Option<bool> {
        let groups = self.look();
        let mut is_disabled = Some(false);
        let mut is_in_first_legend = false;
        for open in self.around(here) {
            if open.name == "fieldset" && !is_in_first_legend {
                for case in open.cases.iter().filter(|case| case.has("disabled")) {
                    if open.scope.holds(here, groups) && here.imply(&case.conditions) {
                        return Some(true);
                    }
                    if !case.conditions.excludes(here) {
                        is_disabled = None;
                    }
                }
            }
            is_in_first_legend = open.is_first_legend;
        }
        is_disabled
    }

    /// Whether a `fieldset` around a place is disabled, even around its `legend`.
    pub(crate) fn is_in_disabled(&self, here: &Conditions) -> bool {
        let is_one = |case: &Element| case.has("disabled") && here.imply(&case.conditions);
        let mut around = self.around(here);
        around.any(|open| open.name == "fieldset" && open.cases.iter().any(is_one))
    }

    /// Whether an element with this attribute is around a place.
    pub(crate) fn is_in_any(&self, attribute: &str, here: &Conditions) -> bool {
        let groups = self.look();
        let has_it = |case: &Element| case.has(attribute) && here.imply(&case.conditions);
        let mut open = self
            .open
            .iter()
            .filter(|open| open.cases.iter().any(has_it));
        open.any(|open| open.scope.may_hold(here, groups))
    }

    /// What an element sets, and inherits from those around it, the nearest first: as htmx 2
    /// looks for it.
    pub(crate) fn settings(
        &self,
        element: &Element,
        inner: &Rc<RefCell<Inner>>,
        name: &str,
    ) -> Vec<Setting> {
        let mut settings: Vec<Setting> = own(element, inner, name).into_iter().collect();
        let here = &element.conditions;
        // These two go their own way past `hx-disinherit`.
        let is_always_inherited = matches!(name, "hx-ext" | "hx-vals" | "hx-vars");
        for open in self.around(here) {
            let mut cases = open
                .cases
                .iter()
                .filter(|case| !case.conditions.excludes(here));
            if !is_always_inherited && cases.any(|case| disinherits(case, name)) {
                break;
            }
            settings.extend(self.setting(open, here, name));
        }
        settings
    }

    /// What an element sets and adds to, as htmx 4 looks for it: what is around is asked for,
    /// and has to allow it. Of one that adds nothing, only the nearest counts.
    pub(crate) fn asked_for(
        &self,
        element: &Element,
        inner: &Rc<RefCell<Inner>>,
        name: &str,
    ) -> Vec<Setting> {
        let [inherited, append, both] = ["inherited", "append", "inherited:append"]
            .map(|modifier| format!("{name}:{modifier}"));
        for name in [name, &inherited] {
            if let Some(setting) = own(element, inner, name) {
                return vec![setting];
            }
        }
        let added = own(element, inner, &append).or_else(|| own(element, inner, &both));
        let mut settings: Vec<Setting> = added.into_iter().collect();
        let here = &element.conditions;
        for open in self.around(here) {
            let is_set = |name: &str| open.cases.iter().any(|case| case.has(name));
            let set = self
                .setting(open, here, name)
                .filter(|_| is_set(&inherited));
            if let Some(set) = set.or_else(|| self.setting(open, here, &inherited)) {
                settings.push(set);
                break;
            }
            settings.extend(self.setting(open, here, &both));
        }
        settings
    }

    fn setting(&self, open: &Open, here: &Conditions, name: &str) -> Option<Setting> {
        let fits = |case: &&Element| !case.conditions.excludes(here);
        let mut values: Vec<_> = open
            .cases
            .iter()
            .filter(fits)
            .map(|case| case.shared(name))
            .collect();
        values.dedup();
        let value = match values.as_slice() {
            [] | [None] => return None,
            [Some(value)] if open.scope.holds(here, self.groups) => Some(Rc::clone(value)),
            _ => None,
        };
        Some(Setting {
            value,
            inner: open.inner.clone().unwrap_or_default(),
        })
    }
}

/// What an element sets itself.
fn own(element: &Element, inner: &Rc<RefCell<Inner>>, name: &str) -> Option<Setting> {
    element.shared(name).map(|value| Setting {
        value: Some(Rc::clone(value)),
        inner: Rc::clone(inner),
    })
}

fn disinherits(element: &Element, name: &str) -> bool {
    let names = element.text("hx-disinherit").unwrap_or_default();
    let mut names = names.split_ascii_whitespace();
    names.any(|known| known == "*" || known == name)
}
