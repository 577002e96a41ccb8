//! What `hx-vals` sets, and what `hx-params` keeps, of htmx 2.

use std::collections::HashSet;

use super::super::sent_field::SentField;
use super::vals::vals;
use crate::form::Field;
use crate::page::contents::{Call, Setting};

/// Sets the fields of `hx-vals`; they take the place of those that are there.
pub(super) fn set(sent: &mut Vec<SentField>, call: &Call) -> Option<()> {
    let is_set = |setting: &&Setting| setting.text() != Some("unset");
    if call.settings.vars.iter().any(|setting| is_set(&setting)) {
        return None;
    }
    let mut known: Vec<Field> = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    for setting in &call.settings.vals {
        if !is_set(&setting) {
            // What is set nearer is lost with it.
            known.clear();
            names.clear();
            break;
        }
        for field in vals(setting.value.as_deref()?)? {
            // The nearest element decides.
            if names.insert(field.name.clone()) {
                known.push(field);
            }
        }
    }
    replace(sent, known);
    Some(())
}

/// Adds fields that take the place of those of the same names.
pub(super) fn replace(sent: &mut Vec<SentField>, set: Vec<Field>) {
    let names: HashSet<&str> = set.iter().map(|field| field.name.as_str()).collect();
    sent.retain(|sent| {
        let name = sent.name.as_deref();
        name.is_none_or(|name| !names.contains(name))
    });
    let set: Vec<SentField> = set.into_iter().map(SentField::from).collect();
    sent.extend(set);
}

/// Keeps the fields that `hx-params` asks for.
pub(super) fn choose(sent: &mut Vec<SentField>, params: &str) {
    let names = |list: &str| -> HashSet<String> {
        let names = list.split(',').map(str::trim);
        names.map(str::to_owned).collect()
    };
    let is_in = |sent: &SentField, names: &HashSet<String>| {
        let name = sent.name.as_ref();
        name.is_some_and(|name| names.contains(name))
    };
    match params {
        "*" | "" => {}
        "none" => sent.clear(),
        _ => {
            let list = params.strip_prefix("not ");
            let names = names(list.unwrap_or(params));
            // An expression may be one of these names.
            sent.retain(|sent| sent.name.is_none() || is_in(sent, &names) == list.is_none());
        }
    }
}
