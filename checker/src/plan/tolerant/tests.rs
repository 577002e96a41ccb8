//! What stands between two handlers.

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
    let number = |min: i64, max: i64| limited(json!({ "type": "integer", "min": min, "max": max }));
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
        let fields = fields
            .iter()
            .map(|(name, required)| json!({ "name": name, "required": required, "type": "text" }));
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
