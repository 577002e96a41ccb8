//! The elements around a place of the page, as far as the branches let one tell.

use std::rc::Rc;

use super::conditions::Conditions;
use super::contents::Setting;
use super::element::Element;
use super::groups::Groups;
use crate::source::Arms;

/// How many elements are nested: as in browsers, what is deeper counts as beside.
const DEPTH: usize = 512;

/// How many arms may end an element one by one; a page with more is too complex.
const ENDS: usize = 64;

/// How many start tags may end an element in one arm each. After that, it counts as ended
/// if nothing depends on it.
const IMPLIED_ENDS: usize = 8;

/// From where to where something is open: arms may end it one by one.
#[derive(Debug)]
pub(crate) struct Scope {
    begun: Conditions,
    ended: Vec<Conditions>,
}

/// An element that is open.
#[derive(Debug)]
pub(crate) struct Open {
    /// Its name.
    pub(crate) name: String,
    /// Its tag, in each case.
    pub(crate) cases: Vec<Element>,
    scope: Scope,
    legends: usize,
    is_first_legend: bool,
}

/// The elements that are open, the outermost first.
#[derive(Debug)]
pub(crate) struct Stack<'t> {
    open: Vec<Open>,
    groups: &'t Groups,
}

impl Scope {
    /// Opens something that is there under these conditions.
    pub(crate) fn new(begun: Conditions) -> Self {
        let ended = Vec::new();
        Self { begun, ended }
    }

    /// Whether it can be open here.
    pub(crate) fn may_hold(&self, here: &Conditions, groups: &Groups) -> bool {
        groups.steps.spend(1 + self.ended.len());
        !self.begun.excludes(here) && !self.ended.iter().any(|end| here.imply(end))
    }

    /// Whether it is open here for sure.
    pub(crate) fn holds(&self, here: &Conditions, groups: &Groups) -> bool {
        here.imply(&self.begun) && self.may_hold(here, groups)
    }

    /// Ends it here. Returns whether it is now over in all cases. An `if` without `else`
    /// that ends it belongs to another one that ends it otherwise: both count.
    pub(crate) fn end(&mut self, here: &Conditions, groups: &Groups) -> bool {
        let is_one_of = |group: usize| {
            let group = groups.get(group);
            group.is_some_and(|group| group.arms == Arms::OneOf)
        };
        if self.ended.len() == ENDS {
            groups.steps.exhaust();
            return true;
        }
        let more = here.beyond(&self.begun);
        let more = more.iter().filter(|taken| is_one_of(taken.group));
        self.ended.push(more.collect());
        groups.covers(&self.ended)
    }
}

impl Open {
    /// Whether it does not matter to a control that this element is around it.
    fn is_plain(&self) -> bool {
        self.name != "optgroup" && self.cases.iter().all(Element::is_without_htmx)
    }
}

impl<'t> Stack<'t> {
    /// A stack on which nothing is open.
    pub(crate) fn new(groups: &'t Groups) -> Self {
        let open = Vec::new();
        Self { open, groups }
    }

    /// Counts a look through all elements.
    fn look(&self) -> &'t Groups {
        // To pass an element by takes less than to compare its conditions.
        self.groups.steps.spend(1 + self.open.len() / 8);
        self.groups
    }

    /// Forgets all elements.
    pub(crate) fn clear(&mut self) {
        self.open.clear();
    }

    /// Opens an element.
    pub(crate) fn push(&mut self, name: &str, cases: Vec<Element>, here: Conditions) {
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
            legends: 0,
            is_first_legend,
        });
    }

    /// Ends the innermost element of this name, and what is open in it.
    pub(crate) fn end(&mut self, name: &str, here: &Conditions) {
        let groups = self.look();
        let template = self.open.iter().rposition(|open| open.name == "template");
        let from = template.filter(|_| name != "template").unwrap_or(0);
        let is_meant = |open: &Open| open.name == name && open.scope.may_hold(here, groups);
        let inner = self.open.iter().skip(from).rposition(is_meant);
        let Some(inner) = inner.map(|index| index + from) else {
            return;
        };
        // `{% if … %}<div class="a">{% else %}<div>{% endif %}` is ended by one tag.
        let begun = self
            .open
            .get(inner)
            .map(|open| open.scope.begun.clone())
            .unwrap_or_default();
        let mut index = 0;
        self.open.retain_mut(|open| {
            let is_other_arm = is_meant(open) && open.scope.begun.excludes(&begun);
            let is_ended = index >= inner || (index >= from && is_other_arm);
            index += 1;
            !(is_ended && open.scope.may_hold(here, groups) && open.scope.end(here, groups))
        });
    }

    /// Ends the elements that a start tag ends without their end tags. Elements that are
    /// not there when the tag is, in other arms, stand between and stay.
    pub(crate) fn end_implied(&mut self, by: &str, here: &Conditions) {
        let groups = self.groups;
        let implied = implied(by);
        if implied.is_empty() {
            return;
        }
        for index in (0..self.open.len()).rev() {
            let Some(open) = self.open.get_mut(index) else {
                return;
            };
            if !open.scope.may_hold(here, groups) {
                continue;
            }
            if !implied.contains(&open.name.as_str()) {
                return;
            }
            let is_over = open.scope.end(here, groups);
            if is_over || open.scope.ended.len() >= IMPLIED_ENDS && open.is_plain() {
                self.open.remove(index);
            }
        }
    }

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

    /// Whether a tag here is one of SVG or `MathML`.
    pub(crate) fn is_foreign(&self, here: &Conditions) -> bool {
        let groups = self.look();
        let names = [
            "svg",
            "math",
            "foreignobject",
            "desc",
            "title",
            "annotation-xml",
        ];
        let mut deciding = self.open.iter().rev();
        let deciding =
            deciding.find(|open| names.contains(&&*open.name) && open.scope.may_hold(here, groups));
        deciding.is_some_and(|open| matches!(&*open.name, "svg" | "math"))
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

/// Whether an element has no content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Which elements a start tag ends if they are the innermost.
fn implied(by: &str) -> &'static [&'static str] {
    match by {
        "option" => &["option"],
        "optgroup" => &["option", "optgroup"],
        "li" => &["p", "li"],
        "dt" | "dd" => &["p", "dt", "dd"],
        "td" | "th" => &["p", "td", "th"],
        "tr" => &["p", "td", "th", "tr"],
        "thead" | "tbody" | "tfoot" => &["p", "td", "th", "tr", "thead", "tbody", "tfoot"],
        "address" | "article" | "aside" | "blockquote" | "details" | "dialog" | "div" | "dl"
        | "fieldset" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "hr" | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "section" | "table"
        | "ul" => &["p"],
        _ => &[],
    }
}
