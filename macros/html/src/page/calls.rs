//! The elements that htmx makes send a request, and what is set for them.
//!
//! The two versions differ: htmx 2 takes what is set from the elements around as well, htmx 4
//! only where that is asked for (`hx-vals:inherited`).

use std::rc::Rc;

use super::conditions::Conditions;
use super::contents::{Call, Inner, OwnValues, Owner, Setting, Settings};
use super::element::Element;
use super::walk::Walker;
use crate::htmx::Htmx;

/// The attributes that make htmx send a request, of which the first counts.
const CALLS_2: [&str; 5] = ["hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch"];

/// Those of htmx 4.
const CALLS_4: [&str; 6] = [
    "hx-action",
    "hx-get",
    "hx-post",
    "hx-put",
    "hx-patch",
    "hx-delete",
];

/// The attributes that make htmx send a request, of which the first counts.
pub(crate) fn calls(htmx: Htmx) -> &'static [&'static str] {
    match htmx {
        Htmx::Two => &CALLS_2,
        Htmx::Four => &CALLS_4,
    }
}

impl Walker<'_> {
    /// Takes the call of htmx of an element.
    pub(super) fn call(&mut self, element: &Element, own: OwnValues) {
        let htmx = self.text.htmx;
        let here = &element.conditions;
        let is_call = calls(htmx).iter().any(|call| element.has(call));
        let is_boosted = !is_call && matches!(&*element.name, "a" | "form") && self.boosts(element);
        let off = match htmx {
            Htmx::Two => "hx-disable",
            Htmx::Four => "hx-ignore",
        };
        if !is_call && !is_boosted || element.has(off) || self.stack.is_in_any(off, here) {
            return;
        }
        let around = self.stack.forms_around(here);
        let set = |name| self.set(element, name);
        let settings = Settings {
            vals: set("hx-vals"),
            vars: set("hx-vars"),
            include: set("hx-include"),
            params: set("hx-params"),
            encoding: set("hx-encoding"),
            extensions: set("hx-ext"),
            method: set("hx-method"),
        };
        self.page.calls.push(Call {
            element: element.clone(),
            own,
            owner: self.owner(element),
            around,
            is_boosted,
            is_barred: self.stack.is_in_disabled(here),
            is_disabled: is_control(&element.name)
                && (element.has("disabled") || self.stack.is_disabled(here) == Some(true)),
            inner: Rc::clone(&self.inner),
            settings,
        });
    }

    /// What is set for an element, the nearest first. Of htmx 4, all counts together.
    fn set(&self, element: &Element, name: &'static str) -> Vec<Setting> {
        match self.text.htmx {
            Htmx::Two => self.stack.settings(element, &self.inner, name),
            Htmx::Four => self.stack.asked_for(element, &self.inner, name),
        }
    }

    /// Whether htmx sends what the browser would.
    fn boosts(&self, element: &Element) -> bool {
        let settings = self.set(element, "hx-boost");
        let Some(boost) = settings.iter().find(|setting| setting.text() != Some("")) else {
            return false;
        };
        match self.text.htmx {
            Htmx::Two => boost.text() == Some("true"),
            Htmx::Four => boost.text().is_some_and(|boost| boost != "false"),
        }
    }

    /// Which forms a control belongs to; for other elements, those around them.
    pub(super) fn owner(&self, element: &Element) -> Owner {
        let here = &element.conditions;
        if !is_listed(&element.name) {
            return Owner::Open(self.stack.forms_around(here));
        }
        match element.shared("form") {
            Some(name) => Owner::Named(Rc::clone(name)),
            None => Owner::Open(self.forms_around(here)),
        }
    }

    /// Tells the elements around a place what stands there: a control, or what nobody knows.
    pub(super) fn tell_around(&self, control: Option<usize>, here: &Conditions) {
        for open in self.stack.around(here) {
            if let Some(inner) = &open.inner {
                self.text.groups.steps.spend(1);
                let mut inner = inner.borrow_mut();
                match control {
                    Some(control) => inner.controls.push(control),
                    None => inner.is_open = true,
                }
            }
        }
    }
}

/// What stands in an element, if htmx may ask for it.
pub(super) fn inner(cases: &[Element]) -> Option<Rc<std::cell::RefCell<Inner>>> {
    let asks = cases.iter().any(|case| !case.is_without_htmx());
    asks.then(Rc::default)
}

/// Whether it is an element that can be sent.
pub(super) fn is_control(name: &str) -> bool {
    matches!(name, "button" | "input" | "select" | "textarea")
}

/// Whether an element belongs to a form.
fn is_listed(name: &str) -> bool {
    is_control(name) || matches!(name, "fieldset" | "object" | "output")
}
