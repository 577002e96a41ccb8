//! A start tag in each case of the branches inside of it: which attributes it
//! has then, and with which values.

use super::conditions::{Conditions, Taken};
use super::text::{Mark, Symbol, Text, is_symbol};
use super::tokens::{Attribute, Tag};
use super::value::Value;

/// How many cases of a tag are told apart; beyond, what a branch holds is a hole.
const CASES: usize = 16;

/// The name under which an element's text stands among its attributes.
pub(super) const TEXT: &str = "#text";

/// What stands for branches that are not told apart.
const BRANCHES: &str = "…";

/// The attributes that say something about requests.
const TOLD: [&str; 33] = [
    TEXT,
    "action",
    "checked",
    "command",
    "commandfor",
    "dirname",
    "disabled",
    "enctype",
    "form",
    "formaction",
    "formenctype",
    "formmethod",
    "formnovalidate",
    "href",
    "id",
    "max",
    "method",
    "min",
    "multiple",
    "name",
    "novalidate",
    "required",
    "selected",
    "size",
    "step",
    "type",
    "value",
    "hx-get",
    "hx-post",
    "hx-put",
    "hx-patch",
    "hx-delete",
    "hx-disable",
];

/// The attributes of htmx that say how a request is made.
const SETTINGS: [&str; 7] = [
    "hx-disinherit",
    "hx-encoding",
    "hx-ext",
    "hx-include",
    "hx-params",
    "hx-vals",
    "hx-vars",
];

/// A start tag in one case.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// The tag's name.
    pub(super) name: String,
    /// When it is there, and is so.
    pub(super) conditions: Conditions,
    /// Whether an expression may add attributes.
    pub(super) is_open: bool,
    /// Where the tag begins and ends.
    pub(super) span: (usize, usize),
    attributes: Vec<(String, Value)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Whether there is an attribute.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The text of an attribute; of one that is missing, nothing. `None`: it is
    /// up to an expression.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map_or(Some(""), Value::literal)
    }

    /// The text of an attribute, in small letters, as of [`Element::text`].
    pub(super) fn keyword(&self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.trim().to_ascii_lowercase())
    }

    /// The attribute's text, if it has one.
    pub(super) fn nonempty(&self, name: &str) -> Option<&str> {
        let text = self.get(name).and_then(Value::literal);
        text.filter(|text| !text.is_empty())
    }
}

/// The cases of a tag: no two hold at once, and one always does.
pub(super) fn cases(tag: &Tag, text: &Text) -> Vec<Element> {
    let around = text.conditions(tag.from);
    let told = tag.attributes.iter().filter(|attribute| is_told(attribute));
    let attributes: Vec<(Conditions, &Attribute)> = told
        .map(|attribute| (text.conditions(attribute.at), attribute))
        .filter(|(conditions, _)| !conditions.excludes(&around))
        .map(|(conditions, attribute)| (conditions.beyond(&around), attribute))
        .collect();
    let (cases, split) = split(&groups(&attributes, text), &around, text);
    let element = |case: Conditions| {
        let mut element = Element {
            name: tag.name.clone(),
            conditions: around.join(&case),
            span: (tag.from, tag.to),
            ..Element::default()
        };
        for (conditions, attribute) in &attributes {
            element.add(conditions, attribute, (&case, &split), text);
        }
        element
    };
    cases.into_iter().map(element).collect()
}

impl Element {
    fn add(
        &mut self,
        conditions: &Conditions,
        attribute: &Attribute,
        (case, split): (&Conditions, &[usize]),
        text: &Text,
    ) {
        let is_split = conditions.iter().all(|taken| split.contains(&taken.group));
        if !is_split || attribute.name.contains(is_symbol) {
            self.is_open |= !is_split || case.imply(conditions);
        } else if case.imply(conditions) {
            let name = canonical(&attribute.name);
            if !self.has(name) {
                let value = value(&attribute.value, case, split, text);
                self.attributes.push((name.to_owned(), value));
            }
        }
    }
}

/// htmx takes its attributes with `data-` as well.
fn canonical(name: &str) -> &str {
    match name.strip_prefix("data-") {
        Some(rest) if rest.starts_with("hx-") => rest,
        _ => name,
    }
}

fn is_told(attribute: &Attribute) -> bool {
    let name = canonical(&attribute.name);
    TOLD.contains(&name) || SETTINGS.contains(&name) || name.contains(is_symbol)
}

/// The groups of branches in and around attributes.
fn groups(attributes: &[(Conditions, &Attribute)], text: &Text) -> Vec<usize> {
    let mut groups = Vec::new();
    for (conditions, attribute) in attributes {
        groups.extend(conditions.iter().map(|taken| taken.group));
        let opened = attribute
            .value
            .chars()
            .filter_map(|c| match text.symbol(c) {
                Symbol::Mark(Mark::Open(group)) => Some(group),
                _ => None,
            });
        groups.extend(opened);
    }
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// The cases of these groups, and which of the groups they tell apart.
fn split(groups: &[usize], around: &Conditions, text: &Text) -> (Vec<Conditions>, Vec<usize>) {
    let mut cases = vec![Conditions::default()];
    let mut split: Vec<usize> = Vec::new();
    for number in groups {
        let Some(group) = text.groups.0.get(*number) else {
            continue;
        };
        let within = group.within.beyond(around);
        let is_within = within.iter().all(|taken| split.contains(&taken.group));
        if text.groups.is_loop(*number) || !is_within {
            continue;
        }
        let arms = |case: &Conditions| {
            let arms = 0..group.cases();
            let arms = arms.map(|arm| {
                case.and(Taken {
                    group: *number,
                    arm,
                })
            });
            arms.collect()
        };
        let next: Vec<Conditions> = cases
            .iter()
            .flat_map(|case| {
                if case.imply(&within) {
                    arms(case)
                } else {
                    vec![case.clone()]
                }
            })
            .collect();
        if next.len() <= CASES {
            cases = next;
            split.push(*number);
        }
    }
    (cases, split)
}

/// What a value is in a case.
fn value(raw: &str, case: &Conditions, split: &[usize], text: &Text) -> Value {
    let mut value = Value::default();
    // The groups that are open, and whether the arm is taken.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for c in raw.chars() {
        let is_taken = open.iter().all(|(_, is_taken)| *is_taken);
        match text.symbol(c) {
            Symbol::Char(c) if is_taken => value.push(c),
            Symbol::Hole(expression) if is_taken => value.push_hole(expression),
            Symbol::Char(_) | Symbol::Hole(_) => {}
            Symbol::Mark(Mark::Open(group)) => {
                if is_taken && !split.contains(&group) {
                    value.push_hole(BRANCHES);
                }
                open.push((group, case.contains(Taken { group, arm: 0 })));
            }
            Symbol::Mark(Mark::Arm(taken)) => match open.last_mut() {
                Some((group, is_taken)) if *group == taken.group => {
                    *is_taken = case.contains(taken);
                }
                // The value's own arm ends: `{% if … %}value=1{% endif %}`.
                _ => break,
            },
            Symbol::Mark(Mark::Close(group)) => match open.pop() {
                Some((known, _)) if known == group => {}
                _ => break,
            },
        }
    }
    value
}
