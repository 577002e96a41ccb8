//! Walks through the tokens of a page as the tree builder of the HTML standard
//! does, as far as it matters to what is sent: which form is open, what is around.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html#form-element-pointer>

use std::cell::RefCell;
use std::rc::Rc;

use super::calls::{inner, is_control};
use super::cases::cases;
use super::conditions::Conditions;
use super::contents::{Control, FormElement, Id, Inner, Options, OwnValues, Page};
use super::element::Element;
use super::names::is_void;
use super::scope::Scope;
use super::selects::Selects;
use super::stack::{Namespace, Stack};
use super::text::Text;
use super::tokens::{Tag, Token, Tokens};
use crate::form::Note;
use crate::note::note;

/// How many forms may be open at once, in arms that exclude each other or where nobody
/// can tell; a page with more is too complex.
const OPEN_FORMS: usize = 64;

/// The elements in which no control can stand.
const NO_CONTROLS: [&str; 10] = [
    "a", "button", "datalist", "optgroup", "option", "script", "select", "style", "textarea",
    "title",
];

/// Whether the browser runs scripts. Then what `noscript` holds is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripting {
    On,
    Off,
}

/// What a page holds.
pub(crate) fn walk(text: &Text, scripting: Scripting) -> Page {
    let mut walker = Walker::new(text);
    let mut tokens = Tokens::new(&text.html, scripting == Scripting::On);
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

pub(super) struct Walker<'t> {
    pub(super) text: &'t Text,
    pub(super) page: Page,
    pub(super) stack: Stack<'t>,
    /// What stands in the element that begins.
    pub(super) inner: Rc<RefCell<Inner>>,
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
            inner: Rc::default(),
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
        let name = tag.name.as_str();
        let namespace = self.stack.enter(name, &here);
        if namespace != Namespace::Html {
            self.start_foreign(tag, (here, namespace));
            return false;
        }
        if name == "form" && self.is_in_form(&here) || self.stack.leaves_out(name, &here) {
            return true;
        }
        if matches!(name, "select" | "input") && self.end_select(&here) && name == "select" {
            return true;
        }
        self.stack.end_implied(name, &here);
        let cases = cases(tag, self.text);
        match name {
            "option" | "optgroup" | "hr" => {
                self.selects.end_option(&mut self.page, self.text);
                if name == "option" {
                    self.selects.start_option(tag, &self.stack, &here);
                }
            }
            "template" => self.outer_forms.push(std::mem::take(&mut self.forms)),
            "base" if self.page.base.is_empty() && self.outer_forms.is_empty() => {
                let has_href = cases.iter().any(|case| case.has("href"));
                if has_href {
                    self.page.base.clone_from(&cases);
                }
            }
            "noscript" => self.page.has_noscript = true,
            _ => {}
        }
        let known = self.page.forms.len();
        let inner = inner(&cases);
        self.inner = inner.clone().unwrap_or_default();
        for case in &cases {
            self.case(case);
        }
        // A form that stands between the parts of a table has nothing in it.
        let is_between = || is_between_parts(self.stack.innermost(&here));
        let has_nothing = is_void(name) || (name == "form" && is_between());
        if !has_nothing {
            let forms = (known..self.page.forms.len()).collect();
            self.stack
                .push(name, (cases, forms), inner, (here, namespace));
        }
        true
    }

    /// Goes past a start tag of SVG or `MathML`, which has links, but no controls.
    fn start_foreign(&mut self, tag: &Tag, (here, namespace): (Conditions, Namespace)) {
        let cases = cases(tag, self.text);
        let inner = inner(&cases);
        self.inner = inner.clone().unwrap_or_default();
        for case in &cases {
            if tag.name == "a" && namespace == Namespace::Svg {
                self.link(case);
            }
            self.id(case, OwnValues::Nothing);
            self.call(case, OwnValues::Nothing);
        }
        if !tag.is_self_closing {
            self.stack
                .push(&tag.name, (cases, Vec::new()), inner, (here, namespace));
        }
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
        let own = match element.name.as_str() {
            "form" => OwnValues::Form(self.form(element)),
            "input" | "button" | "select" | "textarea" => {
                let control = self.control(element);
                control.map_or(OwnValues::Nothing, OwnValues::Control)
            }
            "a" | "area" => {
                self.link(element);
                OwnValues::Nothing
            }
            _ => OwnValues::Nothing,
        };
        self.id(element, own);
        self.call(element, own);
    }

    fn id(&mut self, element: &Element, own: OwnValues) {
        let is_known = is_control(&element.name) || matches!(own, OwnValues::Form(_));
        if element.has("name") && !is_known {
            // htmx 4 sends whatever has a name.
            self.tell_around(None, &element.conditions);
        }
        let id = element.shared("id").filter(|id| id.literal() != Some(""));
        self.page.ids.extend(id.map(|id| Id {
            value: Rc::clone(id),
            conditions: element.conditions.clone(),
            own,
        }));
    }

    fn link(&mut self, element: &Element) {
        if element.has("href") || element.has("xlink:href") {
            self.page.links.push(element.clone());
        }
    }

    /// Whether a `<form>` here is ignored, since one is open.
    fn is_in_form(&self, here: &Conditions) -> bool {
        let groups = &self.text.groups;
        let mut forms = self.forms.iter();
        forms.any(|(_, scope)| scope.holds(here, groups))
    }

    /// The forms that take a control here: that whose end tag is still to come, or that
    /// which is around it in the tree.
    pub(super) fn forms_around(&self, here: &Conditions) -> Vec<usize> {
        let groups = &self.text.groups;
        let is_open = |(_, scope): &&(usize, Scope)| scope.may_hold(here, groups);
        let open = self.forms.iter().filter(is_open);
        let mut forms: Vec<usize> = open.map(|(form, _)| *form).collect();
        if !self.is_in_form(here) {
            let is_new = |form: &usize| {
                let element = self.page.forms.get(*form).map(|form| &form.element);
                let excludes = |element: &Element| element.conditions.excludes(here);
                !forms.contains(form) && !element.is_some_and(excludes)
            };
            let around = self.stack.forms_around(here);
            let more: Vec<usize> = around.into_iter().filter(is_new).collect();
            forms.extend(more);
        }
        forms
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
        let around = self.stack.is_disabled(here);
        let is_disabled = element.has("disabled") || around == Some(true);
        // Others of its name depend on a radio button, even if it is disabled.
        let is_kept = !is_disabled || element.is_input("radio");
        let control = is_kept.then_some(self.page.controls.len());
        if element.name == "select" {
            let groups = &self.text.groups;
            self.selects.open(control, here.clone(), groups);
        }
        control?;
        let owner = self.owner(element);
        self.tell_around(control, here);
        self.page.controls.push(Control {
            element: element.clone(),
            owner,
            around: self.stack.forms_around(here),
            may_be_disabled: around.is_none(),
            is_disabled,
            is_in_datalist: self.stack.is_in("datalist", here),
            options: Options::default(),
            holds_text: false,
        });
        control.filter(|_| !is_disabled)
    }

    fn end(&mut self, name: &str, here: &Conditions) {
        if self.is_too_complex() {
            return;
        }
        if self.stack.end_foreign(name, here) {
            return;
        }
        if matches!(name, "br" | "p") {
            self.stack.leave_foreign(name, here);
        }
        let groups = &self.text.groups;
        match name {
            "form" => {
                let mut ended = Vec::new();
                let is_open = |(form, scope): &mut (usize, Scope)| {
                    let is_meant = scope.may_hold(here, groups);
                    ended.extend(is_meant.then_some(*form));
                    !(is_meant && scope.end(here, groups))
                };
                self.forms.retain_mut(is_open);
                return self.stack.end_forms(&ended, here);
            }
            "template" if self.stack.is_in("template", here) => {
                self.forms = self.outer_forms.pop().unwrap_or_default();
            }
            "option" | "optgroup" => self.selects.end_option(&mut self.page, self.text),
            "select" => {
                self.end_select(here);
                return;
            }
            _ => {}
        }
        self.stack.end(name, here);
    }

    /// Ends the `select`. Returns whether one was open, for sure.
    fn end_select(&mut self, here: &Conditions) -> bool {
        let groups = &self.text.groups;
        let is_open = self.selects.is_open(here, groups);
        if self.selects.are_open(here, groups) {
            self.selects.end_option(&mut self.page, self.text);
            self.selects.end(here, &self.text.groups);
            self.stack.end("select", here);
        }
        is_open
    }

    fn content(&mut self, content: &str) {
        if self.is_too_complex() {
            return;
        }
        if !self.is_in_script() {
            self.selects.content(content, &mut self.page, self.text);
        }
        self.textarea(content);
        for markup in self.text.markups(content) {
            if NO_CONTROLS.contains(&self.stack.innermost(&markup)) {
                continue;
            }
            self.tell_around(None, &markup);
            for form in self.forms_around(&markup) {
                if let Some(form) = self.page.forms.get_mut(form) {
                    form.holds_markup = true;
                }
            }
        }
    }

    /// Takes the text of a `textarea`, in each case of its tag. A first line break does not count.
    fn textarea(&mut self, content: &str) {
        let innermost = self.stack.open.last();
        let is_in_one = innermost.is_some_and(|open| open.name == "textarea");
        let is_empty = matches!(content, "" | "\n" | "\r\n");
        let cases = self.page.controls.iter_mut().rev();
        let mut cases = cases.take_while(|control| control.element.name == "textarea");
        let Some(last) = cases.next().filter(|_| is_in_one && !is_empty) else {
            return;
        };
        last.holds_text = true;
        let span = last.element.span;
        let same = cases.take_while(|control| control.element.span == span);
        same.for_each(|control| control.holds_text = true);
    }

    /// Whether text here is that of a script.
    fn is_in_script(&self) -> bool {
        let innermost = self.stack.open.last();
        innermost.is_some_and(|open| open.name == "script")
    }
}

/// Whether what is in an element directly, but between the parts of a table.
fn is_between_parts(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "tfoot" | "thead" | "tr")
}
