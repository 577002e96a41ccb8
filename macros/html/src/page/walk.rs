//! Walks through the tokens of a page as the tree builder of the HTML standard
//! does, as far as it matters to what is sent: which form is open, what is around.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html#form-element-pointer>

use std::rc::Rc;

use super::cases::cases;
use super::conditions::Conditions;
use super::contents::{Call, Control, FormElement, Options, OwnValues, Owner, Page, Settings};
use super::element::Element;
use super::selects::Selects;
use super::stack::{Scope, Stack, is_void};
use super::text::Text;
use super::tokens::{Tag, Token, Tokens};
use crate::form::Note;
use crate::note::note;

/// The attributes that make htmx send a request.
pub(crate) const CALLS: [&str; 5] = ["hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"];

/// How many forms may be open at once, in arms that exclude each other or where nobody
/// can tell; a page with more is too complex.
const OPEN_FORMS: usize = 64;

/// The elements in which no control can stand.
const NO_CONTROLS: [&str; 10] = [
    "a", "button", "datalist", "optgroup", "option", "script", "select", "style", "textarea",
    "title",
];

/// What a page holds.
pub(crate) fn walk(text: &Text) -> Page {
    let mut walker = Walker::new(text);
    let mut tokens = Tokens::new(&text.html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Start(tag) => {
                if walker.start(&tag) {
                    tokens.enter(&tag.name);
                }
            }
            Token::End { name, at } => walker.end(&name, &text.conditions(at)),
            Token::Text(content) => walker.content(&content),
            Token::Comment { text: comment, at } => {
                let place = || text.place(at);
                let note = note(&comment).map(|text| Note {
                    text,
                    place: place(),
                });
                walker.page.notes.extend(note.map(|note| (at, note)));
            }
        }
    }
    walker.selects.end_option(&mut walker.page, text);
    walker.page.is_too_complex = text.groups.steps.is_exhausted();
    walker.page
}

struct Walker<'t> {
    text: &'t Text,
    page: Page,
    stack: Stack<'t>,
    /// The forms that are open: several only if no two are there at once, or if
    /// nobody can tell.
    forms: Vec<(usize, Scope)>,
    /// The same, outside of each template that is open.
    outer_forms: Vec<Vec<(usize, Scope)>>,
    selects: Selects,
}

impl<'t> Walker<'t> {
    fn new(text: &'t Text) -> Self {
        Self {
            text,
            page: Page::default(),
            stack: Stack::new(&text.groups),
            forms: Vec::new(),
            outer_forms: Vec::new(),
            selects: Selects::default(),
        }
    }

    /// Goes past a start tag; whether it is one of HTML.
    fn start(&mut self, tag: &Tag) -> bool {
        if self.is_too_complex() {
            self.start_alone(tag);
            return true;
        }
        let here = self.text.conditions(tag.from);
        let is_foreign = self.stack.is_foreign(&here);
        let name = tag.name.as_str();
        self.stack.end_implied(name, &here);
        if name == "form" && self.is_in_form(&here) {
            return !is_foreign;
        }
        if matches!(name, "select" | "input" | "textarea") {
            self.end_select(&here);
        }
        let cases = cases(tag, self.text);
        match name {
            "option" | "optgroup" | "hr" => {
                self.selects.end_option(&mut self.page, self.text);
                if name == "option" {
                    self.selects.start_option(tag, &self.stack, &here);
                }
            }
            "template" => self.outer_forms.push(std::mem::take(&mut self.forms)),
            "base" if self.page.base.is_empty() => {
                let has_href = cases.iter().any(|case| case.has("href"));
                if has_href {
                    self.page.base.clone_from(&cases);
                }
            }
            _ => {}
        }
        for case in &cases {
            self.case(case);
        }
        let is_empty = is_void(name) || (is_foreign && tag.is_self_closing);
        if !is_empty {
            self.stack.push(name, cases, here);
        }
        !is_foreign
    }

    /// Whether the page takes too many steps.
    fn is_too_complex(&self) -> bool {
        self.text.groups.steps.is_exhausted()
    }

    /// Goes past a start tag of a page that is too complex: each tag counts by itself.
    /// A button with an address of its own still needs a form, so it gets the last one.
    fn start_alone(&mut self, tag: &Tag) {
        self.stack.clear();
        self.selects = Selects::default();
        self.outer_forms.clear();
        if tag.name == "form" {
            self.forms.clear();
        }
        self.forms.drain(..self.forms.len().saturating_sub(1));
        for case in &cases(tag, self.text) {
            self.case(case);
        }
    }

    /// Goes past a start tag, in one of its cases.
    fn case(&mut self, element: &Element) {
        let forms = self.forms_around(&element.conditions);
        let own = match element.name.as_str() {
            "form" => OwnValues::Form(self.form(element)),
            "input" | "button" | "select" | "textarea" => {
                let control = self.control(element);
                control.map_or(OwnValues::Nothing, OwnValues::Control)
            }
            "a" | "area" if element.has("href") => {
                self.page.links.push(element.clone());
                OwnValues::Nothing
            }
            _ => OwnValues::Nothing,
        };
        let is_call = CALLS.iter().any(|call| element.has(call));
        let is_off =
            || element.has("hx-disable") || self.stack.is_without_htmx(&element.conditions);
        if is_call && !is_off() {
            let set = |name| self.stack.settings(element, name);
            let settings = Settings {
                vals: set("hx-vals"),
                vars: set("hx-vars"),
                include: set("hx-include"),
                params: set("hx-params"),
                encoding: set("hx-encoding"),
                extensions: set("hx-ext"),
            };
            self.page.calls.push(Call {
                element: element.clone(),
                own,
                forms,
                settings,
            });
        }
    }

    /// Whether a `<form>` here is ignored, since one is open.
    fn is_in_form(&self, here: &Conditions) -> bool {
        let groups = &self.text.groups;
        let mut forms = self.forms.iter();
        forms.any(|(_, scope)| scope.holds(here, groups))
    }

    fn forms_around(&self, here: &Conditions) -> Vec<usize> {
        let groups = &self.text.groups;
        let is_open = |(_, scope): &&(usize, Scope)| scope.may_hold(here, groups);
        let open = self.forms.iter().filter(is_open);
        open.map(|(form, _)| *form).collect()
    }

    fn form(&mut self, element: &Element) -> usize {
        let form = self.page.forms.len();
        self.page.forms.push(FormElement {
            element: element.clone(),
            holds_markup: false,
        });
        if self.forms.len() == OPEN_FORMS {
            self.text.groups.steps.exhaust();
            self.forms.clear();
        }
        let scope = Scope::new(element.conditions.clone());
        self.forms.push((form, scope));
        form
    }

    /// Takes a control, if it can be sent.
    fn control(&mut self, element: &Element) -> Option<usize> {
        let here = &element.conditions;
        let is_disabled = self.stack.is_disabled(here);
        let is_barred = element.has("disabled") || self.stack.is_in("datalist", here);
        if is_barred || is_disabled == Some(true) {
            return None;
        }
        let owner = match element.shared("form") {
            Some(name) => Owner::Named(Rc::clone(name)),
            None => Owner::Open(self.forms_around(here)),
        };
        let control = self.page.controls.len();
        if element.name == "select" {
            let groups = &self.text.groups;
            self.selects.open(control, here.clone(), groups);
        }
        self.page.controls.push(Control {
            element: element.clone(),
            owner,
            may_be_disabled: is_disabled.is_none(),
            options: Options::default(),
        });
        Some(control)
    }

    fn end(&mut self, name: &str, here: &Conditions) {
        if self.is_too_complex() {
            return;
        }
        let groups = &self.text.groups;
        match name {
            "form" => {
                let is_open = |(_, scope): &mut (usize, Scope)| {
                    !(scope.may_hold(here, groups) && scope.end(here, groups))
                };
                self.forms.retain_mut(is_open);
            }
            "template" if self.stack.is_in("template", here) => {
                self.forms = self.outer_forms.pop().unwrap_or_default();
            }
            "option" | "optgroup" => self.selects.end_option(&mut self.page, self.text),
            "select" => return self.end_select(here),
            _ => {}
        }
        self.stack.end(name, here);
    }

    fn end_select(&mut self, here: &Conditions) {
        if self.selects.are_open(here, &self.text.groups) {
            self.selects.end_option(&mut self.page, self.text);
            self.selects.end(here, &self.text.groups);
            self.stack.end("select", here);
        }
    }

    fn content(&mut self, content: &str) {
        if self.is_too_complex() {
            return;
        }
        self.selects.content(content, &mut self.page, self.text);
        for markup in self.text.markups(content) {
            if NO_CONTROLS.contains(&self.stack.innermost(&markup)) {
                continue;
            }
            for form in self.forms_around(&markup) {
                if let Some(form) = self.page.forms.get_mut(form) {
                    form.holds_markup = true;
                }
            }
        }
    }
}
