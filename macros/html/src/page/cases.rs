//! A start tag in each case of the branches inside of it: which attributes it
//! has then, and with which values.

use super::conditions::{Conditions, Taken};
use super::element::{Element, is_relevant};
use super::text::{Mark, Symbol, Text, is_symbol};
use super::tokens::{Attribute, Tag};
use crate::value::Value;

/// How many cases of a tag are told apart; beyond, what a branch holds is a hole.
const CASES: usize = 16;

/// How many groups of branches of a tag are told apart, those with one arm among them.
const GROUPS: usize = 32;

/// What stands for branches that are not told apart.
const BRANCHES: &str = "…";

/// An attribute, all its cases in one.
#[derive(Debug)]
struct Branched<'t> {
    /// The parts of its name, and when each is there.
    name: Vec<(Conditions, String)>,
    value: &'t str,
}

/// A case of a tag: the arms that are taken, of the groups that are told apart.
#[derive(Clone, Copy, Debug)]
struct Case<'c> {
    taken: &'c Conditions,
    split: &'c [usize],
}

/// The cases of a tag: no two hold at once, and one always does.
pub(crate) fn cases(tag: &Tag, text: &Text) -> Vec<Element> {
    let around = text.conditions(tag.from);
    let attributes: Vec<Branched<'_>> = tag
        .attributes
        .iter()
        .map(|attribute| branched(attribute, &around, text))
        .filter(Branched::is_relevant)
        .collect();
    let (cases, split) = split(&groups(&attributes, text), &around, text);
    text.groups
        .steps
        .spend(cases.len() * (1 + attributes.len()));
    let element = |taken: &Conditions| {
        let mut element = Element::new(&tag.name, around.join(taken), (tag.from, tag.to));
        let split = &split;
        for attribute in &attributes {
            attribute.add_to(&mut element, Case { taken, split }, text);
        }
        element
    };
    cases.iter().map(element).collect()
}

/// The parts of an attribute's name that can be there.
fn branched<'t>(attribute: &'t Attribute, around: &Conditions, text: &Text) -> Branched<'t> {
    let mut name: Vec<(Conditions, String)> = Vec::new();
    let mut is_new = true;
    for (index, c) in attribute.name.char_indices() {
        if let Symbol::Mark(_) = text.symbol(c) {
            is_new = true;
            continue;
        }
        if is_new {
            let conditions = text.conditions(attribute.at + index);
            name.push((conditions, String::new()));
            is_new = false;
        }
        if let Some((_, part)) = name.last_mut() {
            part.push(c);
        }
    }
    name.retain(|(conditions, _)| !conditions.excludes(around));
    for (conditions, _) in &mut name {
        *conditions = conditions.beyond(around);
    }
    Branched {
        name,
        value: &attribute.value,
    }
}

impl Branched<'_> {
    fn is_relevant(&self) -> bool {
        let is_joined = self.name.len() > 1;
        let is_part = |part: &str| part.contains(is_symbol) || part.contains("hx-") && is_joined;
        let mut parts = self.name.iter();
        parts.any(|(_, part)| is_relevant(part) || is_part(part))
    }

    fn add_to(&self, element: &mut Element, case: Case<'_>, text: &Text) {
        let mut name = String::new();
        for (conditions, part) in &self.name {
            if !case.tells(conditions) {
                element.is_open = true;
            } else if case.taken.imply(conditions) {
                name.push_str(part);
            }
        }
        if name.contains(is_symbol) {
            element.is_open = true;
        } else if is_relevant(&name) {
            element.set(&name, case.value(self.value, text));
        }
        // `{% if … %}a=1{% else %}b=2{% endif %}` is one value to the tokenizer.
        if is_glued(self.value, case.taken, text) {
            element.is_open = true;
        }
    }
}

/// The groups of branches in and around attributes.
fn groups(attributes: &[Branched<'_>], text: &Text) -> Vec<usize> {
    let mut groups = Vec::new();
    for attribute in attributes {
        let conditions = attribute.name.iter().flat_map(|(all, _)| all.iter());
        groups.extend(conditions.map(|taken| taken.group));
        let symbols = attribute.value.chars().map(|c| text.symbol(c));
        groups.extend(symbols.filter_map(|symbol| match symbol {
            Symbol::Mark(Mark::Open(group)) => Some(group),
            _ => None,
        }));
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
        let Some(group) = text.groups.get(*number) else {
            continue;
        };
        let within = text.groups.conditions(group.within).beyond(around);
        let is_within = within.iter().all(|taken| is_in(&split, taken.group));
        if text.groups.is_loop(*number) || !is_within || split.len() == GROUPS {
            continue;
        }
        let (divided, kept): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.imply(&within));
        if divided.len().saturating_mul(group.cases()) + kept.len() > CASES {
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
        let next = cases.iter().flat_map(|case| {
            if case.imply(&within) {
                arms(case)
            } else {
                vec![case.clone()]
            }
        });
        cases = next.collect();
        split.push(*number);
    }
    (cases, split)
}

/// Whether a group is one of these, which are sorted.
fn is_in(groups: &[usize], group: usize) -> bool {
    groups.binary_search(&group).is_ok()
}

impl Case<'_> {
    /// Whether it says whether these hold.
    fn tells(self, conditions: &Conditions) -> bool {
        conditions
            .iter()
            .all(|taken| is_in(self.split, taken.group))
    }

    /// What a value is.
    fn value(self, raw: &str, text: &Text) -> Value {
        let mut value = Value::default();
        // The groups that are open, and whether the arm is taken. At most as many are
        // open as groups can be nested.
        let mut open: Vec<(usize, bool)> = Vec::new();
        for c in raw.chars() {
            let is_taken = open.iter().all(|(_, is_taken)| *is_taken);
            match text.symbol(c) {
                Symbol::Char(c) if is_taken => value.push(c),
                Symbol::Hole(expression) if is_taken => value.push_hole(expression),
                Symbol::Char(_) | Symbol::Hole(_) => {}
                Symbol::Mark(Mark::Open(group)) => {
                    if is_taken && !is_in(self.split, group) {
                        value.push_hole(BRANCHES);
                    }
                    open.push((group, self.taken.contains(Taken { group, arm: 0 })));
                }
                Symbol::Mark(Mark::Arm(taken)) => match open.last_mut() {
                    Some((group, is_taken)) if *group == taken.group => {
                        *is_taken = self.taken.contains(taken);
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
}

/// Whether a value goes on in another arm than that in which it began, and that
/// one is taken.
fn is_glued(raw: &str, case: &Conditions, text: &Text) -> bool {
    let mut open = Vec::new();
    for c in raw.chars() {
        match text.symbol(c) {
            Symbol::Mark(Mark::Open(group)) => open.push(group),
            Symbol::Mark(Mark::Close(_)) => {
                open.pop();
            }
            Symbol::Mark(Mark::Arm(taken)) if open.is_empty() => return case.contains(taken),
            _ => {}
        }
    }
    false
}
