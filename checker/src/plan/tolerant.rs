//! The tolerant version of a handler: it takes what the old one takes, and what the
//! new one does. It stands between the two when neither can follow the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::reads_same;
use crate::registry::pattern::parameter_name;
use crate::registry::{Field, Fields, Handler, Limit, Parameter, Query, UnknownFields, Value};
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
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::tolerant;
    use crate::registry::{Handler, snapshot};

    fn handler(keys: &Value) -> Arc<Handler> {
        let mut handler = json!({ "id": "edit", "method": "POST", "path": "/{id}" });
        for (key, value) in keys.as_object().unwrap() {
            handler[key] = value.clone();
        }
        let json = json!({ "format": 2, "release": { "name": "app", "version": "1.0.0" },
            "handlers": [handler], "forms": [] });
        let registry = snapshot::read(json.to_string().as_bytes()).unwrap();
        Arc::clone(&registry.handlers[0])
    }

    /// What stands between two handlers with these keys.
    #[track_caller]
    fn assert_between(old: &Value, new: &Value, between: &Value) {
        let between = handler(between);
        assert_eq!(tolerant(&handler(old), &handler(new)), Some(between));
    }

    #[test]
    fn it_takes_all_requests_of_its_endpoint_if_either_does() {
        let field = |name: &str| json!([{ "name": name, "required": true, "type": "text" }]);
        let both = json!([{ "name": "b", "required": false, "type": "text" },
                          { "name": "a", "required": false, "type": "text" }]);
        for (old, new) in [(true, false), (false, true), (true, true)] {
            assert_between(
                &json!({ "partial": old, "fields": field("a") }),
                &json!({ "partial": new, "fields": field("b") }),
                &json!({ "partial": old && new, "fields": both }),
            );
        }
    }

    #[test]
    fn it_is_there_as_early_as_the_old_one_and_refuses_what_both_refuse() {
        let fields = |name: &str| json!([{ "name": name, "required": true, "type": "text" }]);
        let both = json!([{ "name": "b", "required": false, "type": "text" },
                          { "name": "a", "required": false, "type": "text" }]);
        let with = |keys: &[(&str, &str)], fields: &Value| {
            let mut handler = json!({ "fields": fields });
            for (key, value) in keys {
                handler[key] = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
            }
            handler
        };
        let (a, b) = (fields("a"), fields("b"));
        let reader = ("reader", "serde_urlencoded");
        assert_between(
            &with(
                &[
                    ("since", "1.0.0"),
                    ("until", "1.9.0"),
                    ("partial", "true"),
                    reader,
                ],
                &a,
            ),
            &with(
                &[
                    ("since", "1.1.0"),
                    ("until", "2.0.0"),
                    ("partial", "true"),
                    reader,
                ],
                &b,
            ),
            &with(&[("since", "1.0.0"), ("partial", "true"), reader], &both),
        );
        let (deny, ignore) = (("unknown_fields", "deny"), ("unknown_fields", "ignore"));
        let other = ("reader", "serde_html_form");
        for (old, new, between) in [
            ([deny, reader], [deny, reader], &[deny, reader][..]),
            ([deny, reader], [ignore, other], &[]),
            ([ignore, reader], [deny, reader], &[reader]),
        ] {
            assert_between(&with(&old, &a), &with(&new, &b), &with(between, &both));
        }
        let partial = [("partial", "true")];
        assert_between(&with(&partial, &a), &with(&[], &b), &with(&[], &both));
        let redirect = json!({ "redirect": { "status": 308, "to": "/new" } });
        assert_eq!(
            tolerant(&handler(&with(&[], &a)), &handler(&redirect)),
            None
        );
    }

    #[test]
    fn a_field_is_required_where_both_require_it_and_is_a_list_where_one_reads_one() {
        let one = |required: bool, many: bool| json!({ "fields": [{ "name": "f", "required": required, "many": many, "type": "text" }] });
        assert_between(&one(true, true), &one(false, false), &one(false, true));
        assert_between(&one(true, false), &one(true, true), &one(true, true));
    }

    #[test]
    fn a_parameter_takes_what_either_takes() {
        let limited = |keys: Value| {
            let mut parameter = keys;
            parameter["name"] = json!("id");
            json!({ "parameters": [parameter] })
        };
        let number =
            |min: i64, max: i64| limited(json!({ "type": "integer", "min": min, "max": max }));
        assert_between(&number(0, 5), &number(3, 9), &number(0, 9));
        let choice = limited(json!({ "type": "choice", "choices": ["one", "two"] }));
        let pattern = limited(json!({ "pattern": "[a-f]+" }));
        for other in [choice, pattern] {
            assert_between(&number(0, 5), &other, &json!({}));
        }
        // One of them does.
        assert_eq!(
            tolerant(&handler(&number(0, 9)), &handler(&number(3, 5))),
            None
        );
    }

    #[test]
    fn a_value_is_what_either_takes_and_as_little_more_as_can_be_said() {
        let number = |min: i64, max: i64| json!({ "type": "integer", "min": min, "max": max });
        let at_least = |min: i64| json!({ "type": "integer", "min": min });
        let choice = |choices: &[&str], ignore_case: bool| json!({ "type": "choice", "choices": choices, "ignore_case": ignore_case });
        let object = |unknown: &str, fields: &[(&str, bool)]| {
            let fields = fields.iter().map(
                |(name, required)| json!({ "name": name, "required": required, "type": "text" }),
            );
            json!({ "type": "object", "unknown_fields": unknown,
                    "fields": fields.collect::<Vec<_>>() })
        };
        let named = |name: &str| json!({ "type": name });
        let (text, undeclared) = (named("text"), json!({ "type": null }));
        let both = ["urlencoded", "json"];
        for (encodings, old, new, between) in [
            (&both[..], number(0, 5), number(3, 9), number(0, 9)),
            (&both, number(0, 5), at_least(3), at_least(0)),
            (&both, number(0, 5), named("number"), named("number")),
            (
                &both,
                choice(&["a", "b"], false),
                choice(&["b", "c"], false),
                choice(&["a", "b", "c"], false),
            ),
            (
                &both,
                choice(&["a"], false),
                choice(&["a"], true),
                choice(&["a"], true),
            ),
            (
                &both,
                choice(&["a"], true),
                choice(&["a", "b"], false),
                choice(&["a", "b"], true),
            ),
            (&both, text.clone(), undeclared.clone(), undeclared.clone()),
            (
                &both,
                named("character"),
                choice(&["yes"], false),
                text.clone(),
            ),
            (&both, text.clone(), named("character"), text.clone()),
            (&both[..1], text.clone(), number(0, 5), text.clone()),
            (&both[1..], text.clone(), number(0, 5), undeclared.clone()),
            (&both[..1], named("boolean"), number(0, 5), text.clone()),
            (
                &both[1..],
                named("boolean"),
                number(0, 5),
                undeclared.clone(),
            ),
            (
                &both[1..],
                object("deny", &[("a", true), ("b", true)]),
                object("ignore", &[("a", true)]),
                object("ignore", &[("a", true), ("b", false)]),
            ),
        ] {
            for encoding in encodings {
                let handler = |value: &Value| {
                    let mut field = value.clone();
                    field["name"] = json!("f");
                    field["required"] = json!(true);
                    json!({ "encoding": encoding, "fields": [field] })
                };
                assert_between(&handler(&old), &handler(&new), &handler(&between));
            }
        }
    }
}
