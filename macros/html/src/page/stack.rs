//! The elements around a place of the page, as far as the branches let one tell.

use super::conditions::{Conditions, Groups};
use super::contents::Setting;
use super::element::Element;
use crate::source::Arms;

/// How many elements are nested: as in browsers, what is deeper counts as beside.
const DEPTH: usize = 512;

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
#[derive(Debug, Default)]
pub(crate) struct Stack(Vec<Open>);

impl Scope {
    /// Opens something that is there under these conditions.
    pub(crate) fn new(begun: Conditions) -> Self {
        let ended = Vec::new();
        Self { begun, ended }
    }

    /// Whether it can be open here.
    pub(crate) fn may_hold(&self, here: &Conditions) -> bool {
        !self.begun.excludes(here) && !self.ended.iter().any(|end| here.imply(end))
    }

    /// Whether it is open here for sure.
    pub(crate) fn holds(&self, here: &Conditions) -> bool {
        here.imply(&self.begun) && self.may_hold(here)
    }

    /// Ends it here; whether it is now over in all cases. An `if` without `else`
    /// that ends it belongs to another one that ends it otherwise: both count.
    pub(crate) fn end(&mut self, here: &Conditions, groups: &Groups) -> bool {
        let is_one_of = |group: usize| {
            let group = groups.0.get(group);
            group.is_some_and(|group| group.arms == Arms::OneOf)
        };
        let empty = Conditions::default();
        let more = here.beyond(&self.begun);
        let more = more.iter().filter(|taken| is_one_of(taken.group));
        self.ended
            .push(more.fold(empty, |all, taken| all.and(taken)));
        groups.covers(&self.ended)
    }
}

impl Stack {
    /// Opens an element.
    pub(crate) fn push(&mut self, name: &str, cases: Vec<Element>, here: Conditions) {
        let mut is_first_legend = false;
        if let (Some(parent), "legend") = (self.0.last_mut(), name) {
            is_first_legend = parent.legends == 0;
            parent.legends += 1;
        }
        if self.0.len() == DEPTH {
            return;
        }
        self.0.push(Open {
            name: name.to_owned(),
            cases,
            scope: Scope::new(here),
            legends: 0,
            is_first_legend,
        });
    }

    /// Ends the innermost element of this name, and what is open in it.
    pub(crate) fn end(&mut self, name: &str, here: &Conditions, groups: &Groups) {
        let template = self.0.iter().rposition(|open| open.name == "template");
        let from = template.filter(|_| name != "template").unwrap_or(0);
        let is_meant = |open: &Open| open.name == name && open.scope.may_hold(here);
        let inner = self.0.iter().skip(from).rposition(is_meant);
        let Some(inner) = inner.map(|index| index + from) else {
            return;
        };
        // `{% if … %}<div class="a">{% else %}<div>{% endif %}` is ended by one tag.
        let begun = self
            .0
            .get(inner)
            .map(|open| open.scope.begun.clone())
            .unwrap_or_default();
        let mut index = 0;
        self.0.retain_mut(|open| {
            let is_other_arm = is_meant(open) && open.scope.begun.excludes(&begun);
            let is_ended = index >= inner || (index >= from && is_other_arm);
            index += 1;
            !(is_ended && open.scope.may_hold(here) && open.scope.end(here, groups))
        });
    }

    /// Ends the elements that a start tag ends by the way.
    pub(crate) fn end_implied(&mut self, by: &str, here: &Conditions, groups: &Groups) {
        while let Some(last) = self.0.last_mut() {
            let is_ended = implied(by).contains(&last.name.as_str());
            if !is_ended || !last.scope.may_hold(here) || !last.scope.end(here, groups) {
                return;
            }
            self.0.pop();
        }
    }

    /// The elements around a place, the innermost first.
    pub(crate) fn around(&self, here: &Conditions) -> impl Iterator<Item = &Open> {
        let may_hold = |open: &&Open| open.scope.may_hold(here);
        self.0.iter().rev().filter(may_hold)
    }

    /// Whether an element of this name is around a place.
    pub(crate) fn is_in(&self, name: &str, here: &Conditions) -> bool {
        let mut named = self.0.iter().filter(|open| open.name == name);
        named.any(|open| open.scope.may_hold(here))
    }

    /// The name of the innermost element.
    pub(crate) fn innermost(&self, here: &Conditions) -> &str {
        self.around(here).next().map_or("", |open| &open.name)
    }

    /// Whether a tag here is one of SVG or `MathML`.
    pub(crate) fn is_foreign(&self, here: &Conditions) -> bool {
        let names = [
            "svg",
            "math",
            "foreignobject",
            "desc",
            "title",
            "annotation-xml",
        ];
        let mut deciding = self.0.iter().rev();
        let deciding =
            deciding.find(|open| names.contains(&&*open.name) && open.scope.may_hold(here));
        deciding.is_some_and(|open| matches!(&*open.name, "svg" | "math"))
    }

    /// Whether a `fieldset` disables a control here: `None`, perhaps.
    pub(crate) fn is_disabled(&self, here: &Conditions) -> Option<bool> {
        let mut is_disabled = Some(false);
        let mut is_in_first_legend = false;
        for open in self.around(here) {
            if open.name == "fieldset" && !is_in_first_legend {
                for case in open.cases.iter().filter(|case| case.has("disabled")) {
                    if open.scope.holds(here) && here.imply(&case.conditions) {
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
        let is_off = |case: &Element| case.has("hx-disable") && here.imply(&case.conditions);
        let mut off = self.0.iter().filter(|open| open.cases.iter().any(is_off));
        off.any(|open| open.scope.may_hold(here))
    }

    /// What an element sets, and inherits from those around it, the nearest first.
    pub(crate) fn settings(&self, element: &Element, name: &str) -> Vec<Setting> {
        let own = element.get(name).map(|value| Setting {
            value: Some(value.clone()),
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
            let mut values: Vec<_> = cases().map(|case| case.get(name)).collect();
            values.dedup();
            let value = match values.as_slice() {
                [] | [None] => continue,
                [Some(value)] if open.scope.holds(here) => Some((*value).clone()),
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
