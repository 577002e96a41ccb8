//! The `select` that is open, and its options: an option ends where the next one
//! begins, and is worth its text where it has no `value`.

use super::cases::cases;
use super::conditions::Conditions;
use super::contents::{Choice, Page};
use super::element::{Element, TEXT};
use super::groups::Groups;
use super::scope::Scope;
use super::stack::Stack;
use super::text::{Symbol, Text};
use super::tokens::{Attribute, Tag};
use crate::value::Value;

/// How many `select`s may be open at once, in arms that exclude each other; a page with
/// more is too complex.
const OPEN: usize = 64;

/// The `select` that is open: several only if no two are there at once.
#[derive(Debug, Default)]
pub(crate) struct Selects {
    /// The control; `None`: one that is disabled.
    open: Vec<(Option<usize>, Scope)>,
    option: Option<OpenOption>,
}

#[derive(Debug)]
struct OpenOption {
    tag: Tag,
    text: String,
    is_grouped: bool,
    is_disabled: bool,
}

impl Selects {
    /// Opens a `select`: this control.
    pub(crate) fn open(&mut self, control: Option<usize>, here: Conditions, groups: &Groups) {
        if self.open.len() == OPEN {
            groups.steps.exhaust();
            return;
        }
        self.open.push((control, Scope::new(here)));
    }

    /// Whether one may be open here.
    pub(crate) fn are_open(&self, here: &Conditions, groups: &Groups) -> bool {
        let mut open = self.open.iter();
        open.any(|(_, scope)| scope.may_hold(here, groups))
    }

    /// Whether one is open here for sure.
    pub(crate) fn is_open(&self, here: &Conditions, groups: &Groups) -> bool {
        let mut open = self.open.iter();
        open.any(|(_, scope)| scope.holds(here, groups))
    }

    /// Ends the `select`.
    pub(crate) fn end(&mut self, here: &Conditions, groups: &Groups) {
        let is_open = |(_, scope): &mut (Option<usize>, Scope)| {
            !(scope.may_hold(here, groups) && scope.end(here, groups))
        };
        self.open.retain_mut(is_open);
    }

    /// Opens an option.
    pub(crate) fn start_option(&mut self, tag: &Tag, stack: &Stack<'_>, here: &Conditions) {
        if self.open.is_empty() {
            return;
        }
        let group = stack.around(here).find(|open| open.name == "optgroup");
        let is_disabled = |case: &Element| case.has("disabled") && here.imply(&case.conditions);
        self.option = Some(OpenOption {
            tag: tag.clone(),
            text: String::new(),
            is_grouped: group.is_some(),
            is_disabled: group.is_some_and(|group| group.cases.iter().any(is_disabled)),
        });
    }

    /// Takes text: that of the option, or what may hold options.
    pub(crate) fn content(&mut self, content: &str, page: &mut Page, text: &Text) {
        if let Some(option) = &mut self.option {
            option.text.push_str(content);
        } else if text.has_hole(content) {
            for select in self.open.iter().filter_map(|(select, _)| *select) {
                if let Some(control) = page.controls.get_mut(select) {
                    control.options.is_open = true;
                }
            }
        }
    }

    /// Ends the option, if one is open.
    pub(crate) fn end_option(&mut self, page: &mut Page, text: &Text) {
        let Some(mut option) = self.option.take() else {
            return;
        };
        // Without an end tag, the text goes on to the next option, and into its branches.
        let is_outside = |c: char| c.is_whitespace() || matches!(text.symbol(c), Symbol::Mark(_));
        option.tag.attributes.push(Attribute {
            name: TEXT.to_owned(),
            value: option.text.trim_end_matches(is_outside).to_owned(),
            at: option.tag.from,
        });
        for case in cases(&option.tag, text) {
            for (select, scope) in &self.open {
                if !scope.may_hold(&case.conditions, &text.groups) {
                    continue;
                }
                let control = select.and_then(|select| page.controls.get_mut(select));
                if let Some(control) = control {
                    control.options.all.push(Choice {
                        value: choice(&case),
                        conditions: case.conditions.clone(),
                        is_disabled: option.is_disabled || case.has("disabled"),
                        is_selected: case.has("selected"),
                        is_grouped: option.is_grouped,
                    });
                }
            }
        }
    }
}

/// What an option sends; `None`: an expression.
fn choice(element: &Element) -> Option<String> {
    match element.get("value") {
        Some(value) => value.literal().map(str::to_owned),
        None => element.get(TEXT).and_then(Value::collapsed),
    }
}
