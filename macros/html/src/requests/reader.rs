//! A page whose requests are looked for.

use std::collections::HashMap;

use crate::address::Base;
use crate::page::conditions::Conditions;
use crate::page::contents::{Control, Id, OwnValues, Owner, Page};
use crate::page::text::Text;
use crate::value::Value;

/// The contents of a page, with the text that they come from.
pub(super) struct PageReader<'p> {
    pub(super) text: &'p Text,
    pub(super) page: &'p Page,
    pub(super) base: Base,
    controls: Vec<FormControls<'p>>,
    ids: HashMap<&'p Value, Vec<&'p Id>>,
}

/// The controls of a form.
#[derive(Clone, Debug)]
pub(super) struct FormControls<'p> {
    /// Those that are known, in their order.
    pub(super) all: Vec<&'p Control>,
    /// Whether there are no others.
    are_complete: bool,
}

/// How many forms may have the same `id`, in arms that exclude each other.
const SAME_ID: usize = 16;

impl<'p> PageReader<'p> {
    /// Looks for the requests of this page.
    pub(super) fn new(page: &'p Page, text: &'p Text) -> Self {
        let ids = by_id(page);
        Self {
            text,
            page,
            base: base(page),
            controls: controls(page, &ids),
            ids,
        }
    }

    /// The controls that are known of a form, by its number.
    pub(super) fn controls_of(&self, form: usize) -> &[&'p Control] {
        let controls = self.controls.get(form);
        controls.map_or(&[], |controls| controls.all.as_slice())
    }

    /// Whether it can be told what a form sends: its controls are known, and there are
    /// steps left to look at them.
    pub(super) fn is_known(&self, form: usize) -> bool {
        let controls = self.controls.get(form);
        controls.is_some_and(|controls| controls.are_complete) && self.has_steps_left()
    }

    /// The elements that may have an `id`; `None`: that cannot be told.
    pub(super) fn named(&self, id: &Value, here: &Conditions) -> Option<Vec<&'p Id>> {
        let same = self.ids.get(id).map(Vec::as_slice).unwrap_or_default();
        (same.len() <= SAME_ID).then(|| named(same, here))
    }

    /// The forms that an element belongs to; `None`: that cannot be told.
    pub(super) fn owners(&self, owner: &Owner, here: &Conditions) -> Option<Vec<usize>> {
        match owner {
            Owner::Open(forms) => Some(forms.clone()),
            Owner::Named(name) => {
                let same = self.named(name, here)?;
                Some(same.iter().filter_map(|id| form(id)).collect())
            }
        }
    }

    /// Whether the page is not too complex to tell what is sent.
    pub(super) fn has_steps_left(&self) -> bool {
        !self.page.is_too_complex && !self.text.groups.steps.is_exhausted()
    }
}

/// The controls of each form. Each control is looked at once, and each form.
fn controls<'p>(page: &'p Page, by_id: &HashMap<&Value, Vec<&Id>>) -> Vec<FormControls<'p>> {
    let is_crowded = |same: &[&Id]| same.len() > SAME_ID;
    let empty = FormControls {
        all: Vec::new(),
        are_complete: true,
    };
    let mut found = vec![empty; page.forms.len()];
    let crowded = by_id.values().filter(|same| is_crowded(same)).flatten();
    for index in crowded.filter_map(|id| form(id)) {
        if let Some(form) = found.get_mut(index) {
            form.are_complete = false;
        }
    }
    for control in &page.controls {
        let conditions = &control.element.conditions;
        let forms: Vec<usize> = match &control.owner {
            Owner::Open(forms) => forms.clone(),
            Owner::Named(name) => match by_id.get(&**name) {
                None => Vec::new(),
                // The control still counts for one form: it may have its own address.
                Some(same) if is_crowded(same) => {
                    same.iter().filter_map(|id| form(id)).take(1).collect()
                }
                Some(same) => named(same, conditions)
                    .iter()
                    .filter_map(|id| form(id))
                    .collect(),
            },
        };
        for index in forms {
            if let (Some(controls), Some(form)) = (found.get_mut(index), page.forms.get(index))
                && !conditions.excludes(&form.element.conditions)
            {
                controls.all.push(control);
            }
        }
    }
    found
}

/// The elements with each `id`, up to the first that is always there: only the first that
/// is there counts.
fn by_id(page: &Page) -> HashMap<&Value, Vec<&Id>> {
    let mut by_id: HashMap<&Value, Vec<&Id>> = HashMap::new();
    for id in &page.ids {
        let same = by_id.entry(&id.value).or_default();
        if same.last().is_none_or(|last| !last.conditions.is_empty()) {
            same.push(id);
        }
    }
    by_id
}

fn form(id: &Id) -> Option<usize> {
    match id.own {
        OwnValues::Form(form) => Some(form),
        _ => None,
    }
}

/// The elements that may have this `id`, under these conditions.
fn named<'p>(same: &[&'p Id], here: &Conditions) -> Vec<&'p Id> {
    let mut found = Vec::new();
    for id in same.iter().filter(|id| !id.conditions.excludes(here)) {
        found.push(*id);
        if here.imply(&id.conditions) {
            break;
        }
    }
    found
}

/// What addresses of the page are relative to.
fn base(page: &Page) -> Base {
    match page.base.as_slice() {
        [] => Base::Page,
        [element] if element.conditions.is_empty() => {
            element.get("href").map_or(Base::Page, Base::new)
        }
        _ => Base::Unknown,
    }
}
