//! The tolerant version of a handler: it takes what the old one takes, and what the
//! new one does. It stands between the two when neither can follow the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::reads_same;
use crate::registry::pattern::parameter_name;
use crate::registry::{
    Constraint, Field, Fields, Handler, Limit, Parameter, Query, UnknownFields, Value,
};
use crate::support::steps;

/// A handler that takes what either takes; `None`: they read the same, so that no third
/// is needed.
pub(super) fn tolerant(old: &Handler, new: &Handler) -> Option<Arc<Handler>> {
    if old.redirect.is_some() || new.redirect.is_some() {
        return None;
    }
    let parameters = wider_parameters(old, new);
    if reads_same(old, new) && (parameters == old.parameters || parameters == new.parameters) {
        return None;
    }
    let is_json = [old, new]
        .iter()
        .any(|handler| handler.encoding == Some(crate::registry::Encoding::Json));
    let fields = match (&old.fields, &new.fields) {
        (Some(old_fields), Some(new_fields)) => {
            let list = union(&old_fields.list(), &new_fields.list(), is_json);
            Some(Fields::from(list))
        }
        // One of them declares nothing, so what is taken cannot be told either.
        _ => None,
    };
    Some(Arc::new(Handler {
        since: old.since.clone(),
        until: None,
        parameters,
        partial: old.partial && new.partial,
        unknown_fields: either(old.unknown_fields, new.unknown_fields),
        // A handler that reads two encodings declares none.
        encoding: (old.encoding == new.encoding)
            .then_some(old.encoding)
            .flatten(),
        reader: new.reader.filter(|reader| old.reader == Some(*reader)),
        fields,
        query: tolerant_query(old.query.as_deref(), new.query.as_deref()),
        ..new.clone()
    }))
}

/// A query that holds what either takes; `None`: that cannot be told.
fn tolerant_query(old: Option<&Query>, new: Option<&Query>) -> Option<Box<Query>> {
    let (old, new) = (old?, new?);
    Some(Box::new(Query {
        reader: new.reader.filter(|reader| old.reader == Some(*reader)),
        unknown_fields: either(old.unknown_fields, new.unknown_fields),
        fields: union(&old.fields.list(), &new.fields.list(), false).into(),
    }))
}

/// Parameters that take what those of either handler take. Their names are those of the new
/// one, and their places are the same in both.
fn wider_parameters(old: &Handler, new: &Handler) -> Vec<Parameter> {
    let limits = [old, new].map(|handler| {
        let names = handler.path.split('/').map(parameter_name);
        let limit = |name: Option<&str>| {
            let known = handler.parameters.iter();
            let mut known = known.filter(|known| Some(&*known.name) == name);
            known.next().and_then(|known| known.limit.clone())
        };
        names.map(|name| (name, limit(name))).collect::<Vec<_>>()
    });
    let [old, new] = limits;
    let parameters = old
        .into_iter()
        .zip(new)
        .filter_map(|((_, old), (name, new))| {
            let (old, new) = (old?, new?);
            let limit = if old.takes_all_of(&new) {
                old
            } else if new.takes_all_of(&old) {
                new
            } else {
                Arc::new(wider_limit(&old, &new)?)
            };
            Some(Parameter {
                name: name?.to_owned(),
                limit: Some(limit),
            })
        });
    parameters.collect()
}

/// A value that takes what both take; `None`: that is any text.
fn wider_limit(old: &Limit, new: &Limit) -> Option<Limit> {
    let (Limit::Value(old), Limit::Value(new)) = (old, new) else {
        return None;
    };
    let wider = wider(old, new, false);
    (wider != Value::Text).then_some(Limit::Value(wider))
}

fn either(one: UnknownFields, other: UnknownFields) -> UnknownFields {
    match (one, other) {
        (UnknownFields::Deny, UnknownFields::Deny) => UnknownFields::Deny,
        _ => UnknownFields::Ignore,
    }
}

/// The fields of both: each is required only if both require it.
fn union(old: &[Field], new: &[Field], is_json: bool) -> Vec<Field> {
    // The first field of each name.
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for (position, before) in old.iter().enumerate() {
        for name in before.names() {
            steps::count(1);
            positions.entry(name).or_insert(position);
        }
    }
    let mut fields: Vec<Field> = Vec::new();
    let mut names: HashSet<&str> = HashSet::new();
    for field in new {
        names.extend(field.names());
        let before = field.names().filter_map(|name| positions.get(name)).min();
        steps::count(1);
        fields.push(match before {
            Some(before) => merged(&old[*before], field, is_json),
            None => Field {
                always_present: false,
                ..field.clone()
            },
        });
    }
    let is_there = |before: &Field| before.names().any(|name| names.contains(name));
    let gone = old.iter().filter(|before| !is_there(before));
    fields.extend(gone.map(|before| Field {
        always_present: false,
        ..before.clone()
    }));
    fields
}

fn merged(old: &Field, new: &Field, is_json: bool) -> Field {
    let mut known: HashSet<&str> = new.names().collect();
    let mut aliases = new.aliases.clone();
    for name in old.aliases.iter().chain([&old.name]) {
        steps::count(1);
        if known.insert(name) {
            aliases.push(name.clone());
        }
    }
    Field {
        name: new.name.clone(),
        always_present: old.always_present && new.always_present,
        aliases,
        many: old.many || new.many,
        is_optional: old.is_optional || new.is_optional,
        is_once: old.is_once && new.is_once,
        may_be_empty: old.may_be_empty || new.may_be_empty,
        flattened: old.flattened.min(new.flattened),
        value: wider(&old.value, &new.value, is_json),
        constraints: Constraint::common(&old.constraints, &new.constraints),
    }
}

/// A value that takes what either takes, and as little more as can be said.
fn wider(old: &Value, new: &Value, is_json: bool) -> Value {
    if old == new {
        return old.clone();
    }
    match (old, new) {
        (
            Value::Integer { min, max },
            Value::Integer {
                min: new_min,
                max: new_max,
            },
        ) => Value::Integer {
            min: min.zip(*new_min).map(|(old, new)| old.min(new)),
            max: max.zip(*new_max).map(|(old, new)| old.max(new)),
        },
        (Value::Integer { .. } | Value::Number, Value::Integer { .. } | Value::Number) => {
            Value::Number
        }
        (
            Value::Choice {
                choices,
                ignore_case,
            },
            Value::Choice {
                choices: new_choices,
                ignore_case: new_ignore_case,
            },
        ) => {
            let mut known: HashSet<&str> = choices.iter().map(|choice| &**choice).collect();
            let added = new_choices.iter().filter(|choice| {
                steps::count(1);
                known.insert(choice)
            });
            Value::Choice {
                choices: choices.iter().chain(added).cloned().collect(),
                ignore_case: *ignore_case || *new_ignore_case,
            }
        }
        (
            Value::Object {
                unknown_fields,
                fields,
            },
            Value::Object {
                unknown_fields: new_unknown,
                fields: new_fields,
            },
        ) => Value::Object {
            unknown_fields: either(*unknown_fields, *new_unknown),
            fields: union(fields, new_fields, is_json),
        },
        (Value::NotDeclared, _) | (_, Value::NotDeclared) => Value::NotDeclared,
        (
            Value::Text | Value::Character | Value::Choice { .. },
            Value::Text | Value::Character | Value::Choice { .. },
        ) => Value::Text,
        // In JSON nothing that is declared takes a number and a text.
        _ if is_json => Value::NotDeclared,
        _ => Value::Text,
    }
}

#[cfg(test)]
mod tests;
