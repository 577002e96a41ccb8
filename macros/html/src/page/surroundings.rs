//! What the elements around a place of the page mean for what stands there.

use std::rc::Rc;

use super::conditions::Conditions;
use super::contents::Setting;
use super::element::Element;
use super::stack::{Open, Stack};

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

    /// Whether htmx is switched off here.
    pub(crate) fn is_without_htmx(&self, here: &Conditions) -> bool {
        let groups = self.look();
        let is_off = |case: &Element| case.has("hx-disable") && here.imply(&case.conditions);
        let mut off = self
            .open
            .iter()
            .filter(|open| open.cases.iter().any(is_off));
        off.any(|open| open.scope.may_hold(here, groups))
    }

    /// What an element sets, and inherits from those around it, the nearest first.
    pub(crate) fn settings(&self, element: &Element, name: &str) -> Vec<Setting> {
        let groups = self.look();
        let own = element.shared(name).map(|value| Setting {
            value: Some(Rc::clone(value)),
            is_own: true,
        });
        let mut settings: Vec<Setting> = own.into_iter().collect();
        let here = &element.conditions;
        for open in self.around(here) {
            let cases = || {
                let fits = |case: &&Element| !case.conditions.excludes(here);
                open.cases.iter().filter(fits)
            };
            // The merging of `hx-vals` goes its own way past `hx-disinherit`.
            if name != "hx-vals" && cases().any(|case| disinherits(case, name)) {
                break;
            }
            let mut values: Vec<_> = cases().map(|case| case.shared(name)).collect();
            values.dedup();
            let value = match values.as_slice() {
                [] | [None] => continue,
                [Some(value)] if open.scope.holds(here, groups) => Some(Rc::clone(value)),
                _ => None,
            };
            settings.push(Setting {
                value,
                is_own: false,
            });
        }
        settings
    }
}

fn disinherits(element: &Element, name: &str) -> bool {
    let names = element.text("hx-disinherit").unwrap_or_default();
    let mut names = names.split_ascii_whitespace();
    names.any(|known| known == "*" || known == name)
}
