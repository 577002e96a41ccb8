//! The elements that are open at a place of the page, as far as the branches let one
//! tell: what opens and ends them.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody>

use std::cell::RefCell;
use std::rc::Rc;

use super::conditions::Conditions;
use super::contents::Inner;
use super::element::Element;
use super::groups::Groups;
use super::names::{
    ends_paragraph, is_barrier, is_block, is_formatting, is_of_table, is_special, leaves_foreign,
    may_lack_end,
};
use super::scope::Scope;

/// How many elements are nested: as in browsers, what is deeper counts as beside.
const DEPTH: usize = 512;

/// How many start tags may end an element in one arm each. After that, it counts as ended
/// if nothing depends on it.
const IMPLIED_ENDS: usize = 8;

/// Which language an element is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    Html,
    Svg,
    MathMl,
}

/// An element that is open.
#[derive(Debug)]
pub(crate) struct Open {
    /// Its name.
    pub(crate) name: String,
    /// Its tag, in each case.
    pub(crate) cases: Vec<Element>,
    pub(super) scope: Scope,
    pub(super) namespace: Namespace,
    /// The forms that it is, in its cases.
    pub(super) forms: Vec<usize>,
    /// The forms around it that are not on the stack any more, `<form><div></form>`, and
    /// when each is there.
    pub(super) left_forms: Vec<(usize, Conditions)>,
    /// What stands in it, if htmx may ask for it.
    pub(super) inner: Option<Rc<RefCell<Inner>>>,
    legends: usize,
    pub(super) is_first_legend: bool,
}

/// The elements that are open, the outermost first.
#[derive(Debug)]
pub(crate) struct Stack<'t> {
    pub(super) open: Vec<Open>,
    pub(super) groups: &'t Groups,
}

impl Open {
    /// Whether it does not matter to a control that this element is around it.
    fn is_plain(&self) -> bool {
        let decides = matches!(
            &*self.name,
            "datalist" | "fieldset" | "form" | "legend" | "optgroup" | "template"
        );
        !decides
            && self.namespace == Namespace::Html
            && self.cases.iter().all(Element::is_without_htmx)
    }

    fn is_html(&self, name: &str) -> bool {
        self.namespace == Namespace::Html && self.name == name
    }

    /// Whether end tags do not look beyond it.
    fn is_barrier(&self) -> bool {
        match self.namespace {
            Namespace::Html => is_barrier(&self.name),
            Namespace::Svg | Namespace::MathMl => self.is_integration_point(""),
        }
    }

    fn is_special(&self) -> bool {
        match self.namespace {
            Namespace::Html => is_special(&self.name),
            Namespace::Svg | Namespace::MathMl => self.is_integration_point(""),
        }
    }

    /// Whether a start tag in it is one of HTML, although it is not.
    fn is_integration_point(&self, tag: &str) -> bool {
        match (self.namespace, &*self.name) {
            (Namespace::Svg, "foreignobject" | "desc" | "title") => true,
            (Namespace::MathMl, "mi" | "mo" | "mn" | "ms" | "mtext") => {
                !matches!(tag, "mglyph" | "malignmark")
            }
            (Namespace::MathMl, "annotation-xml") => {
                let is_html = |case: &Element| {
                    let encoding = case.keyword("encoding").unwrap_or_default();
                    matches!(&*encoding, "text/html" | "application/xhtml+xml")
                };
                tag == "svg" || self.cases.iter().any(is_html)
            }
            _ => false,
        }
    }
}

impl<'t> Stack<'t> {
    /// A stack on which nothing is open.
    pub(crate) fn new(groups: &'t Groups) -> Self {
        let open = Vec::new();
        Self { open, groups }
    }

    /// Counts a look through all elements.
    pub(super) fn look(&self) -> &'t Groups {
        // To pass an element by takes less than to compare its conditions.
        self.groups.steps.spend(1 + self.open.len() / 8);
        self.groups
    }

    /// Forgets all elements.
    pub(crate) fn clear(&mut self) {
        self.open.clear();
    }

    /// Which language a start tag here is of. A tag that cannot stand in SVG or `MathML`
    /// ends them.
    pub(crate) fn enter(&mut self, name: &str, here: &Conditions) -> Namespace {
        if leaves_foreign(name) {
            self.leave_foreign(name, here);
        }
        let around = self.around(here).next();
        let around = around.filter(|open| !open.is_integration_point(name));
        match (around.map_or(Namespace::Html, |open| open.namespace), name) {
            (Namespace::Html, "svg") => Namespace::Svg,
            (Namespace::Html, "math") => Namespace::MathMl,
            (namespace, _) => namespace,
        }
    }

    /// Ends the SVG or the `MathML` that a tag of this name cannot stand in.
    pub(crate) fn leave_foreign(&mut self, name: &str, here: &Conditions) {
        let is_left =
            |open: &Open| open.namespace != Namespace::Html && !open.is_integration_point(name);
        let from = self.run_of(is_left, here);
        self.end_all(from, here);
    }

    /// Opens an element: these forms, if it is a form.
    pub(crate) fn push(
        &mut self,
        name: &str,
        (cases, forms): (Vec<Element>, Vec<usize>),
        inner: Option<Rc<RefCell<Inner>>>,
        (here, namespace): (Conditions, Namespace),
    ) {
        let mut is_first_legend = false;
        if let (Some(parent), "legend") = (self.open.last_mut(), name) {
            is_first_legend = parent.legends == 0;
            parent.legends += 1;
        }
        if self.open.len() == DEPTH {
            return;
        }
        self.open.push(Open {
            name: name.to_owned(),
            cases,
            scope: Scope::new(here),
            namespace,
            forms,
            left_forms: Vec::new(),
            inner,
            legends: 0,
            is_first_legend,
        });
    }

    /// Ends what this end tag ends.
    pub(crate) fn end(&mut self, name: &str, here: &Conditions) {
        if matches!(name, "body" | "html") {
            return;
        }
        let groups = self.look();
        let is_of_table = is_of_table(name);
        let stops = |open: &Open| match name {
            "template" => false,
            _ if is_of_table => open.is_html("table") || open.is_html("template"),
            _ if is_block(name) || is_formatting(name) => open.is_barrier(),
            _ => open.is_special(),
        };
        let Some(inner) = self.find(name, stops, here) else {
            return;
        };
        if is_formatting(name) && self.has_special_above(inner, here) {
            self.end_only(inner, here);
            return;
        }
        // `{% if … %}<div class="a">{% else %}<div>{% endif %}` is ended by one tag.
        let begun = self.open.get(inner).map(|open| open.scope.begun.clone());
        let begun = begun.unwrap_or_default();
        let is_template = |open: &Open| open.is_html("template");
        let from = match self.open.iter().rposition(is_template) {
            Some(template) if name != "template" => template,
            _ => 0,
        };
        let mut index = 0;
        self.open.retain_mut(|open| {
            let is_other_arm = open.name == name
                && open.scope.may_hold(here, groups)
                && open.scope.begun.excludes(&begun);
            let is_ended = index >= inner || (index >= from && is_other_arm);
            index += 1;
            !(is_ended && open.scope.may_hold(here, groups) && open.scope.end(here, groups))
        });
    }

    /// Ends the elements that a start tag ends without their end tags. Elements that are
    /// not there when the tag is, in other arms, stand between and stay.
    pub(crate) fn end_implied(&mut self, by: &str, here: &Conditions) {
        let is_list = |open: &Open| matches!(&*open.name, "ol" | "ul");
        let from = match by {
            "option" => self.run_of(|open| open.name == "option", here),
            "optgroup" => self.run_of(|open| matches!(&*open.name, "option" | "optgroup"), here),
            "li" => self.item(&["li"], here),
            "dt" | "dd" => self.item(&["dt", "dd"], here),
            "button" | "table" => self.find(by, Open::is_barrier, here),
            "td" | "th" => self.table_part(&["tr", "tbody", "thead", "tfoot"], here),
            "tr" => self.table_part(&["tbody", "thead", "tfoot"], here),
            "caption" | "col" | "colgroup" | "tbody" | "thead" | "tfoot" => {
                self.table_part(&[], here)
            }
            _ => None,
        };
        self.end_all(from, here);
        if ends_paragraph(by) || matches!(by, "li" | "dt" | "dd") {
            let stops = |open: &Open| open.is_barrier() || open.is_html("button") || is_list(open);
            let paragraph = self.find("p", stops, here);
            self.end_all(paragraph, here);
        }
    }

    /// Ends the forms that an end tag leaves, of which each is there in another arm. What
    /// is open in them stays open, and is still in them.
    pub(crate) fn end_forms(&mut self, forms: &[usize], here: &Conditions) {
        let is_meant = |open: &Open| open.forms.iter().any(|form| forms.contains(form));
        if self.position(is_meant, Open::is_barrier, here).is_none() {
            return;
        }
        let from = self.run_of(|open| may_lack_end(&open.name), here);
        self.end_all(from, here);
        let groups = self.groups;
        let mut meant = Vec::new();
        for (index, open) in self.open.iter().enumerate().rev() {
            let is_meant = is_meant(open);
            if (is_meant || open.is_barrier()) && open.scope.may_hold(here, groups) {
                if !is_meant {
                    break;
                }
                meant.push(index);
            }
        }
        for index in meant {
            self.end_only(index, here);
        }
    }

    /// Where the innermost element of this name is that can be open here, unless one that
    /// stops the search is inside of it.
    fn find(&self, name: &str, stops: impl Fn(&Open) -> bool, here: &Conditions) -> Option<usize> {
        self.position(|open| open.is_html(name), stops, here)
    }

    fn position(
        &self,
        is_meant: impl Fn(&Open) -> bool,
        stops: impl Fn(&Open) -> bool,
        here: &Conditions,
    ) -> Option<usize> {
        let groups = self.look();
        for (index, open) in self.open.iter().enumerate().rev() {
            let is_meant = is_meant(open);
            if (is_meant || stops(open)) && open.scope.may_hold(here, groups) {
                return is_meant.then_some(index);
            }
        }
        None
    }

    /// Where the innermost elements begin that are such ones.
    fn run_of(&self, is_one: impl Fn(&Open) -> bool, here: &Conditions) -> Option<usize> {
        let groups = self.groups;
        let mut from = None;
        for (index, open) in self.open.iter().enumerate().rev() {
            if open.scope.may_hold(here, groups) {
                if !is_one(open) {
                    break;
                }
                from = Some(index);
            }
        }
        from
    }

    /// The item of a list that the next item ends.
    fn item(&self, names: &[&str], here: &Conditions) -> Option<usize> {
        let is_item = |open: &Open| names.contains(&&*open.name);
        let stops =
            |open: &Open| open.is_special() && !matches!(&*open.name, "address" | "div" | "p");
        self.position(is_item, stops, here)
    }

    /// What a part of a table ends: what stands in the innermost of these parts, or in the
    /// table itself.
    fn table_part(&self, within: &[&str], here: &Conditions) -> Option<usize> {
        let is_table = |open: &Open| open.is_html("table") || open.is_html("template");
        let is_part = |open: &Open| {
            open.namespace == Namespace::Html && within.contains(&&*open.name) || is_table(open)
        };
        match self.position(is_part, |_| false, here) {
            Some(part) => Some(part + 1),
            // A piece of a table that is a page of its own.
            None => self.run_of(|open| open.name == "p" || is_of_table(&open.name), here),
        }
    }

    fn has_special_above(&self, index: usize, here: &Conditions) -> bool {
        let above = self.open.iter().skip(index + 1);
        above
            .filter(|open| open.is_special())
            .any(|open| open.scope.may_hold(here, self.groups))
    }

    /// Ends the elements from here on; elements that are not there stay.
    fn end_all(&mut self, from: Option<usize>, here: &Conditions) {
        let groups = self.groups;
        let from = from.unwrap_or(self.open.len());
        for index in (from..self.open.len()).rev() {
            let Some(open) = self.open.get_mut(index) else {
                return;
            };
            if open.scope.may_hold(here, groups) {
                let is_over = open.scope.end(here, groups);
                if is_over || open.scope.ends() >= IMPLIED_ENDS && open.is_plain() {
                    self.remove(index);
                }
            }
        }
    }

    /// Ends an element alone. What is open in it goes on, and is still in its forms.
    fn end_only(&mut self, index: usize, here: &Conditions) {
        let groups = self.groups;
        let Some(open) = self.open.get_mut(index) else {
            return;
        };
        let is_over = open.scope.end(here, groups);
        let begun = open.scope.begun.clone();
        let left: Vec<_> = open
            .forms
            .iter()
            .map(|form| (*form, begun.clone()))
            .collect();
        let mut above = self.open.iter_mut().skip(index + 1);
        if let Some(next) = above.find(|open| !open.scope.begun.excludes(&begun)) {
            next.left_forms.extend(left);
        }
        if is_over {
            self.remove(index);
        }
    }

    fn remove(&mut self, index: usize) {
        let left = self.open.remove(index).left_forms;
        if let Some(next) = self.open.get_mut(index) {
            next.left_forms.splice(0..0, left);
        }
    }

    /// Ends an element of SVG or `MathML`. Returns whether this end tag is that of one.
    pub(crate) fn end_foreign(&mut self, name: &str, here: &Conditions) -> bool {
        let is_meant = |open: &Open| open.namespace != Namespace::Html && open.name == name;
        let stops = |open: &Open| open.namespace == Namespace::Html;
        let index = self.position(is_meant, stops, here);
        self.end_all(index, here);
        index.is_some()
    }
}
