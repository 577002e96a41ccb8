//! Changes a build as a release does, in a few ways that are common in practice.

use coexist_checker::registry::{Encoding, Field, Fields, UnknownFields, Value};

use crate::builds::{self, Build, METHODS, PATHS};
use crate::choices::Choices;
use crate::fields::{self, NAMES};

/// The build of the next release.
pub(crate) fn next(choices: &mut Choices<'_>, old: &Build) -> Build {
    let mut new = old.clone();
    new.version = old.version + 1;
    for number in 0..choices.below(4) {
        change(choices, &mut new, number);
    }
    match choices.below(8) {
        1 => new.routing = builds::routing(choices),
        2 => {
            new.limit = builds::limit(choices);
            for handler in &mut new.handlers {
                if !handler.parameters.is_empty() {
                    handler.parameters = vec![new.limit.clone()];
                }
            }
        }
        3..=5 => {
            if let Some(at) = choices.place(&new.handlers) {
                let handler = &mut new.handlers[at];
                handler.parameters.clear();
                handler.redirect = None;
                handler.routing = None;
                builds::special(choices, &mut new, at);
            }
        }
        _ => {}
    }
    // A registry cannot be empty.
    if new.handlers.is_empty() && new.forms.is_empty() {
        new.handlers.clone_from(&old.handlers);
    }
    new
}

fn change(choices: &mut Choices<'_>, build: &mut Build, number: usize) {
    let handler = choices.place(&build.handlers);
    let form = choices.place(&build.forms);
    match (choices.below(18), handler, form) {
        (0, Some(at), _) => drop(build.handlers.remove(at)),
        (1, _, Some(at)) => drop(build.forms.remove(at)),
        (2, Some(at), _) => {
            let (method, path) = (build.handlers[at].method.clone(), choices.pick(PATHS));
            if !build.serves(&method, path) {
                path.clone_into(&mut build.handlers[at].path);
                // They name parameters that are not there any more.
                build.handlers[at].parameters.clear();
                build.handlers[at].redirect = None;
            }
        }
        (3, Some(at), _) => {
            let (method, path) = (choices.pick(METHODS), build.handlers[at].path.clone());
            if !build.serves(method, &path) {
                method.clone_into(&mut build.handlers[at].method);
            }
        }
        (4, Some(at), _) => {
            let handler = &mut build.handlers[at];
            handler.encoding = builds::encoding(choices, &handler.method);
            handler.reader = builds::reader(choices, handler.encoding);
        }
        (5, Some(at), _) => {
            let handler = &mut build.handlers[at];
            handler.unknown_fields = match handler.unknown_fields {
                UnknownFields::Ignore => UnknownFields::Deny,
                UnknownFields::Deny => UnknownFields::Ignore,
            };
        }
        (6..=10, Some(at), _) => {
            let handler = &mut build.handlers[at];
            let objects = handler.encoding == Some(Encoding::Json);
            handler.fields = changed(choices, handler.fields.as_ref(), objects, true);
        }
        (11 | 12, _, Some(at)) => {
            let form = &mut build.forms[at];
            let objects = form.encoding == Some(Encoding::Json);
            form.fields = changed(choices, form.fields.as_ref(), objects, false);
        }
        (13, _, Some(at)) => {
            let form = &mut build.forms[at];
            form.encoding = builds::encoding(choices, &form.posts_to[0].method);
        }
        (14, Some(to), Some(at)) => {
            let target = builds::target(choices, &build.handlers[to]);
            let is_same = |other: &coexist_checker::registry::Target| {
                (&other.method, &other.path) == (&target.method, &target.path)
            };
            let posts_to_page = build.forms[at].posts_to.iter().any(|target| target.is_page);
            if !posts_to_page && !build.forms[at].posts_to.iter().any(is_same) {
                build.forms[at].posts_to.push(target);
            }
        }
        (15, _, _) => {
            let (method, path) = (choices.pick(METHODS), choices.pick(PATHS));
            if !build.serves(method, path) {
                let handler = builds::handler(choices, 100 + number, method, path);
                build.handlers.push(handler);
            }
        }
        (16, Some(to), _) => {
            let form = builds::form(choices, 100 + number, &build.handlers[to]);
            build.forms.push(form);
        }
        (17, Some(at), _) => {
            let handler = &mut build.handlers[at];
            handler.reader = builds::reader(choices, handler.encoding);
        }
        _ => {}
    }
}

fn changed(
    choices: &mut Choices<'_>,
    fields: Option<&Fields>,
    objects: bool,
    is_handler: bool,
) -> Option<Fields> {
    let mut fields = fields.map_or_else(Vec::new, |fields| fields.list().into_owned());
    let at = choices.place(&fields);
    match (choices.below(9), at) {
        (0, Some(at)) => drop(fields.remove(at)),
        (1, Some(at)) => fields[at].always_present = !fields[at].always_present,
        (2 | 3, Some(at)) => fields[at].value = fields::value(choices, objects),
        (4, Some(at)) => rename(choices, &mut fields, at, is_handler),
        (5, Some(at)) => fields[at].many = !fields[at].many,
        (6, Some(at)) => within(choices, &mut fields[at].value),
        (7, _) => return None,
        _ => fields::add(choices, &mut fields, objects),
    }
    if !is_handler {
        // A form's field has only one name, under which it is sent.
        for field in &mut fields {
            field.aliases.clear();
            field.is_optional = false;
            if let Value::Choice { ignore_case, .. } = &mut field.value {
                *ignore_case = false;
            }
        }
    }
    Some(fields.into())
}

/// Renames a field; a handler may keep the old name as an alias.
fn rename(choices: &mut Choices<'_>, fields: &mut [Field], at: usize, is_handler: bool) {
    let name = choices.pick(NAMES);
    if fields::knows(fields, name) {
        return;
    }
    let old = std::mem::replace(&mut fields[at].name, name.to_owned());
    if is_handler && choices.once_in(2) {
        fields[at].aliases.push(old);
    }
}

/// Changes a value slightly: other bounds, other choices, other fields of an object.
fn within(choices: &mut Choices<'_>, value: &mut Value) {
    match value {
        Value::Integer { min, max } => match choices.below(3) {
            0 => *max = None,
            1 => {
                let lower = max.map(|max| max - 1);
                *max = lower.filter(|lower| min.is_none_or(|min| min <= *lower));
            }
            _ => *min = min.map(|min| min - 1),
        },
        Value::Choice {
            choices: texts,
            ignore_case,
        } => match choices.below(3) {
            0 if texts.len() > 1 => drop(texts.pop()),
            1 => texts.push("green".to_owned()),
            _ => *ignore_case = !*ignore_case,
        },
        Value::Object { fields, .. } => {
            if let Some(at) = choices.place(fields) {
                match choices.below(3) {
                    0 => drop(fields.remove(at)),
                    1 => fields[at].always_present = !fields[at].always_present,
                    _ => fields[at].value = fields::value(choices, false),
                }
            }
        }
        other => *other = Value::Text,
    }
}
