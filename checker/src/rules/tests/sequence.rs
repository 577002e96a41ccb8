//! The advice, followed step by step: the checker accepts each release over the one before
//! it, and the releases wait for what the steps say.

use serde_json::{Value, json};

use super::read;
use crate::judge;
use crate::model::{Direction, Policy};
use crate::plan::{Sequence, Wait, sequence};
use crate::registry::Registry;
use crate::rules::explain_one;

/// A release, of handlers and of one form.
fn release(version: &str, handlers: &[Value], form: &Value) -> Registry {
    let handlers = handlers.iter().map(|handler| {
        let mut handler = handler.clone();
        handler["since"] = json!("1.0.0");
        handler
    });
    let mut form = form.clone();
    form["id"] = json!("app::Page");
    read(&json!({
        "format": 1,
        "release": { "name": "app", "version": version },
        "handlers": handlers.collect::<Vec<_>>(),
        "forms": [form],
    }))
}

/// The steps of the findings of one direction, which are the same for each.
fn advised(old: &Registry, new: &Registry, direction: Direction) -> Vec<[String; 2]> {
    let policy = Policy::default();
    let report = judge::check(old, new, &policy).unwrap();
    let findings = report.findings.iter();
    let findings = findings.filter(|finding| finding.direction == Some(direction));
    let steps = findings.map(|finding| {
        let steps = explain_one(finding).steps.into_iter();
        steps
            .map(|step| [step.when, step.change])
            .collect::<Vec<_>>()
    });
    let steps: Vec<_> = steps.collect();
    assert_eq!(steps.len(), 1, "{steps:?}");
    steps.into_iter().flatten().collect()
}

/// That the checker accepts this sequence, and what each release waits for.
#[track_caller]
fn assert_accepted(releases: &[Registry], waits: &[Wait]) {
    match sequence(releases, &Policy::default()).unwrap() {
        Sequence::Accepted(steps) => {
            let found: Vec<Wait> = steps.iter().map(|step| step.wait).collect();
            assert_eq!(found, waits);
        }
        Sequence::Rejected { at } => panic!("after release {at}"),
    }
}

fn steps(steps: &[[&str; 2]]) -> Vec<[String; 2]> {
    let steps = steps.iter();
    steps.map(|step| step.map(str::to_owned)).collect()
}

const SERVED: &str = "In 1.2.0, once every node runs 1.1.0";
const THIRD: &str = "In 1.3.0, once no node runs 1.1.0 any longer and its pages have expired";
const EXPIRED: &str = "In 1.2.0, once no node runs 1.0.0 any longer and its pages have expired";
const THREE: [Wait; 3] = [Wait::Roll, Wait::Roll, Wait::PageLifetime];

#[test]
fn another_encoding_takes_three_releases_whichever_way_it_fails() {
    let handler = |encoding: Value| json!({ "id": "app::take", "method": "POST", "path": "/csv", "encoding": encoding });
    let form = |encoding: &str| json!({ "posts_to": [{ "method": "POST", "path": "/csv" }], "encoding": encoding });
    let (old, new) = ("urlencoded", "multipart");
    let at = |version: &str, reads: Value, sends: &str| {
        release(version, &[handler(reads)], &form(sends))
    };
    let releases = [
        at("1.0.0", json!(old), old),
        at("1.1.0", Value::Null, old),
        at("1.2.0", Value::Null, new),
        at("1.3.0", json!(new), new),
    ];
    assert_accepted(&releases, &THREE);
    let wanted = at("1.1.0", json!(new), new);
    let expected = steps(&[
        [
            "In 1.1.0",
            "read both urlencoded and multipart at POST /csv, and leave the form `Page` unchanged",
        ],
        [SERVED, "let the form `Page` send multipart"],
        [THIRD, "read only multipart"],
    ]);
    for direction in [Direction::OldToNew, Direction::NewToOld] {
        assert_eq!(advised(&releases[0], &wanted, direction), expected);
    }
}

#[test]
fn a_form_that_changes_its_method_keeps_the_old_one_for_a_release() {
    let handler = |method: &str| json!({ "id": format!("app::edit_{method}"), "method": method, "path": "/items" });
    let form = |method: &str| json!({ "posts_to": [{ "method": method, "path": "/items" }] });
    let at = |version: &str, methods: &[&str], sends: &str| {
        let handlers: Vec<Value> = methods.iter().map(|method| handler(method)).collect();
        release(version, &handlers, &form(sends))
    };
    let releases = [
        at("1.0.0", &["POST"], "POST"),
        at("1.1.0", &["POST", "PUT"], "POST"),
        at("1.2.0", &["POST", "PUT"], "PUT"),
        at("1.3.0", &["PUT"], "PUT"),
    ];
    assert_accepted(&releases, &THREE);
    let wanted = at("1.1.0", &["PUT"], "PUT");
    assert_eq!(
        advised(&releases[0], &wanted, Direction::OldToNew),
        steps(&[
            [
                "In 1.1.0",
                "keep the handler `edit_POST` for POST /items, and leave the form `Page` unchanged",
            ],
            [
                SERVED,
                "let the form `Page` use the new method, and announce the removal of the handler \
                 `edit_POST`",
            ],
            [THIRD, "remove the handler `edit_POST`"],
        ])
    );
    assert_eq!(
        advised(&releases[0], &wanted, Direction::NewToOld),
        steps(&[
            [
                "In 1.1.0",
                "add a handler for PUT /items, but do not use it in any form yet",
            ],
            [SERVED, "use it in the form `Page`"],
        ])
    );
}

#[test]
fn a_function_that_has_got_another_method_is_named_by_its_old_endpoint() {
    let at = |version: &str, method: &str| {
        let handler = json!({ "id": "app::edit", "method": method, "path": "/items" });
        let form = json!({ "posts_to": [{ "method": method, "path": "/items" }] });
        release(version, &[handler], &form)
    };
    let advice = advised(
        &at("1.0.0", "POST"),
        &at("1.1.0", "PUT"),
        Direction::OldToNew,
    );
    let changes: Vec<&str> = advice.iter().map(|[_, change]| &**change).collect();
    assert_eq!(
        changes,
        [
            "keep serving POST /items (from a second function), and leave the form `Page` \
             unchanged",
            "let the form `Page` use the new method, and announce the removal of the handler for \
             POST /items",
            "remove the handler for POST /items",
        ]
    );
}

/// A release whose handler reads these fields, each with whether it is required, and whose
/// form sends those.
fn with_fields(
    version: &str,
    read: &[(&str, bool)],
    unknown_fields: &str,
    sent: &[&str],
) -> Registry {
    let read = read
        .iter()
        .map(|(name, required)| json!({ "name": name, "required": required, "type": "text" }));
    let handler = json!({ "id": "app::take", "method": "POST", "path": "/csv",
        "unknown_fields": unknown_fields, "fields": read.collect::<Vec<_>>() });
    let sent = sent
        .iter()
        .map(|name| json!({ "name": name, "always": true, "type": "text" }));
    let form = json!({ "posts_to": [{ "method": "POST", "path": "/csv" }],
        "fields": sent.collect::<Vec<_>>() });
    release(version, &[handler], &form)
}

#[test]
fn a_new_field_is_sent_at_once_and_required_later() {
    let at = |version: &str, read: &[(&str, bool)], sent: &[&str]| {
        with_fields(version, read, "ignore", sent)
    };
    let releases = [
        at("1.0.0", &[("a", true)], &["a"]),
        at("1.1.0", &[("a", true), ("b", false)], &["a", "b"]),
        at("1.2.0", &[("a", true), ("b", true)], &["a", "b"]),
    ];
    assert_accepted(&releases, &[Wait::Roll, Wait::PageLifetime]);
    let wanted = at("1.1.0", &[("a", true), ("b", true)], &["a", "b"]);
    assert_eq!(
        advised(&releases[0], &wanted, Direction::OldToNew),
        steps(&[
            [
                "In 1.1.0",
                "make `b` optional in the handler `take`, and let the form `Page` send it",
            ],
            [EXPIRED, "require `b` in the handler `take`"],
        ])
    );
}

#[test]
fn a_new_field_that_old_nodes_reject_is_sent_a_release_later() {
    let at = |version: &str, read: &[(&str, bool)], sent: &[&str]| {
        with_fields(version, read, "deny", sent)
    };
    let releases = [
        at("1.0.0", &[("a", true)], &["a"]),
        at("1.1.0", &[("a", true), ("b", false)], &["a"]),
        at("1.2.0", &[("a", true), ("b", false)], &["a", "b"]),
        at("1.3.0", &[("a", true), ("b", true)], &["a", "b"]),
    ];
    assert_accepted(&releases, &THREE);
    let wanted = at("1.1.0", &[("a", true), ("b", true)], &["a", "b"]);
    assert_eq!(
        advised(&releases[0], &wanted, Direction::OldToNew),
        steps(&[
            [
                "In 1.1.0",
                "make `b` optional in the handler `take`, and leave the form `Page` unchanged",
            ],
            [SERVED, "let the form `Page` send it"],
            [THIRD, "require `b` in the handler `take`"],
        ])
    );
    assert_eq!(
        advised(&releases[0], &wanted, Direction::NewToOld),
        steps(&[
            [
                "In 1.1.0",
                "let the handler `take` accept `b`, but do not send it in the form `Page` yet",
            ],
            [SERVED, "let the form `Page` send `b`"],
        ])
    );
}

#[test]
fn a_form_whose_endpoint_is_renamed_changes_a_release_later() {
    let at = |version: &str, paths: &[&str], sends: &str| {
        let handlers = paths.iter().map(|path| {
            json!({ "id": format!("app::take{}", path.replace('/', "_")), "method": "POST",
                    "path": path })
        });
        let form = json!({ "posts_to": [{ "method": "POST", "path": sends }] });
        release(version, &handlers.collect::<Vec<_>>(), &form)
    };
    let releases = [
        at("1.0.0", &["/a"], "/a"),
        at("1.1.0", &["/a", "/b"], "/a"),
        at("1.2.0", &["/a", "/b"], "/b"),
        at("1.3.0", &["/b"], "/b"),
    ];
    assert_accepted(&releases, &THREE);
    let wanted = at("1.1.0", &["/b"], "/b");
    let advice = advised(&releases[0], &wanted, Direction::OldToNew);
    assert_eq!(
        advice,
        steps(&[
            [
                "In 1.1.0",
                "keep the handler `take_a` for POST /a, and leave the form `Page` unchanged",
            ],
            [
                SERVED,
                "let the form `Page` submit to the new endpoint, and announce the removal of the \
                 handler `take_a`",
            ],
            [THIRD, "remove the handler `take_a`"],
        ])
    );
}
