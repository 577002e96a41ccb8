//! From what serves the routes of the programs to the handlers of an audit.

use std::collections::HashSet;
use std::path::Path;

use super::{Item, State};
use crate::scan::survey::{Served, ServedBy, Survey};

/// The handlers of these programs, each route once.
pub(super) fn items(surveys: &[Survey]) -> Vec<Item> {
    let all: Vec<(usize, &Served)> = surveys
        .iter()
        .enumerate()
        .flat_map(|(program, survey)| survey.handlers.iter().map(move |served| (program, served)))
        .collect();
    let registered: HashSet<(&Path, usize)> = all
        .iter()
        .filter(|(_, served)| served.registered.is_some())
        .map(|(_, served)| (&*served.file, served.line))
        .collect();
    let items = all.iter().filter(|(program, served)| {
        let is_known = registered.contains(&(&*served.file, served.line));
        match &served.registered {
            None => !is_known,
            Some(_) => !all
                .iter()
                .any(|(other, longer)| other != program && is_below(served, longer)),
        }
    });
    let mut items: Vec<Item> = items.map(|(_, served)| item(served)).collect();
    items.sort();
    items.dedup();
    items
}

/// Whether another program has the same registration below a prefix: this one only has the code,
/// and does not mount it.
fn is_below(served: &Served, longer: &Served) -> bool {
    let (Some(Ok(path)), Some(Ok(whole))) = (&served.path, &longer.path) else {
        return false;
    };
    let is_same = served.registered == longer.registered
        && served.method == longer.method
        && served.file == longer.file
        && served.line == longer.line;
    is_same && whole.len() > path.len() && whole.ends_with(path.as_str())
}

fn item(served: &Served) -> Item {
    let path = served.path.as_ref().map(|path| match path {
        Ok(path) => path.clone(),
        Err(expression) => format!("`{expression}`"),
    });
    let parts: Vec<&str> = served
        .method
        .iter()
        .chain(&path)
        .map(|part| &**part)
        .collect();
    Item {
        file: served.file.clone(),
        line: served.line,
        route: (!parts.is_empty()).then(|| parts.join(" ")),
        name: served.name.clone(),
        state: state(served),
    }
}

fn state(served: &Served) -> State {
    let advice = match &served.by {
        ServedBy::Annotation => return State::Annotated,
        ServedBy::Function => return State::Open { note: None },
        ServedBy::OtherAnnotation => {
            let note = "its annotation does not state this route".to_owned();
            return State::Open { note: Some(note) };
        }
        ServedBy::Method => {
            "a method: put `#[coexist::handlers]` on its `impl` block first".to_owned()
        }
        ServedBy::TraitMethod => {
            "a method of a trait: annotate a free function that calls it".to_owned()
        }
        ServedBy::Closure => "a closure: make it a function with a name".to_owned(),
        ServedBy::Files => {
            let path = match &served.path {
                Some(Ok(path)) => path,
                _ => "/…",
            };
            format!(
                "files: declare them with `coexist::files!(Assets = \"{path}\", since = \"…\")`"
            )
        }
        ServedBy::Other(what) => format!("no function of this workspace serves it: {what}"),
    };
    State::NotAnnotatable { advice }
}
