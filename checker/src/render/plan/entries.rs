//! The changes of a release as entries of a list: as many as a person makes, not one for
//! each page.

use std::collections::BTreeMap;

use super::change;
use crate::plan::{Change, ChangeKind, Item};
use crate::registry::Form;
use crate::render::Amount;
use crate::support::text::plural;

/// How many changes of one kind have entries of their own.
const ALONE: usize = 3;

/// How many places of one entry are shown; the others are counted.
const PLACES: usize = 8;

/// One entry.
pub(super) struct Entry {
    /// What is done.
    pub(super) words: String,
    /// The places in the sources.
    pub(super) places: Vec<String>,
}

/// The entries of a release. In full there is one for each change.
pub(super) fn entries(changes: &[Change], amount: Amount) -> Vec<Entry> {
    let mut kinds: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        match kinds.last_mut() {
            Some(alike) if is_alike(alike[0], change) => alike.push(change),
            _ => kinds.push(vec![change]),
        }
    }
    let kinds = kinds.iter().flat_map(|alike| {
        let is_single = amount == Amount::Full || alike[0].kind == ChangeKind::Tolerate;
        let written = written(alike);
        if is_single || written.len() <= ALONE {
            let each = if is_single { alike.clone() } else { written };
            each.into_iter()
                .map(|one| single(one, alike, amount))
                .collect()
        } else {
            vec![together(alike, written.len())]
        }
    });
    kinds.collect()
}

fn is_alike(first: &Change, second: &Change) -> bool {
    let is_form = |change: &Change| matches!(change.item, Item::Form(_));
    first.kind == second.kind && is_form(first) == is_form(second)
}

/// One change of each place at which items are written.
fn written<'a>(alike: &[&'a Change]) -> Vec<&'a Change> {
    let mut written: Vec<&Change> = Vec::new();
    for change in alike {
        if !written.iter().any(|known| is_same_line(known, change)) {
            written.push(change);
        }
    }
    written
}

/// Whether two forms are one line of a template, which several pages include.
fn is_same_line(first: &Change, second: &Change) -> bool {
    match (&first.item, &second.item) {
        (Item::Form(first), Item::Form(second)) => {
            first.template().is_some()
                && first.template() == second.template()
                && first.posts_to == second.posts_to
        }
        _ => false,
    }
}

fn single(one: &Change, alike: &[&Change], amount: Amount) -> Entry {
    let (words, source) = change(one);
    let mut places: Vec<String> = source
        .map(|source| format!("at {}", source.place()))
        .into_iter()
        .collect();
    let same = alike.iter().filter(|other| is_same_line(one, other));
    if let (Amount::Brief, pages @ 2.., Some(place)) = (amount, same.count(), places.first_mut()) {
        place.push_str(&format!(" (in {pages} pages)"));
    }
    Entry { words, places }
}

/// An entry for changes of one kind: a line for each file, or for each handler's item.
fn together(alike: &[&Change], count: usize) -> Entry {
    let verb = match alike[0].kind {
        ChangeKind::Add => "add",
        ChangeKind::Change | ChangeKind::Tolerate => "change",
        ChangeKind::Remove => "remove",
    };
    let mut lines = BTreeMap::<&str, Vec<String>>::new();
    for change in alike {
        let (at, what) = match &change.item {
            Item::Form(form) => place(form),
            Item::Handler(handler) => {
                (&*handler.id, format!("{} {}", handler.method, handler.path))
            }
        };
        let known = lines.entry(at).or_default();
        if !known.contains(&what) {
            known.push(what);
        }
    }
    let noun = match alike[0].item {
        Item::Form(_) => "form",
        Item::Handler(_) => "handler",
    };
    let more = lines.len().saturating_sub(PLACES);
    let shown = lines.iter().take(PLACES);
    let mut places: Vec<String> = shown.map(|(at, what)| line(at, what)).collect();
    if more > 0 {
        places.push(format!("and {more} more: see `--verbose`"));
    }
    Entry {
        words: format!("{verb} {}:", plural(count, noun)),
        places,
    }
}

/// A place, and what is there; of much, the rest is counted.
fn line(at: &str, what: &[String]) -> String {
    match what {
        [] => at.to_owned(),
        [first] => format!("{at}: {first}"),
        [first, others @ ..] => format!("{at}: {first} and {} more", others.len()),
    }
}

/// The file of a form, and the line in it.
fn place(form: &Form) -> (&str, String) {
    let line = |line: u32| format!("line {line}");
    match (form.template(), &form.source) {
        (Some(place), _) => (&place.file, line(place.line)),
        (None, Some(source)) => (&source.file, line(source.line)),
        (None, None) => (&form.id, "form".to_owned()),
    }
}
