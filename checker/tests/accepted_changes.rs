//! Changes that are fine, and must stay silent: a base, and a patch for each. Beside
//! most of them stands the change that is nearly the same and is not fine.

#![allow(clippy::unwrap_used, reason = "so a test fails")]

use coexist_checker::judge::{check, denied};
use coexist_checker::model::{Direction, Expiry, FlagState, Level, Policy, Turn, Verdict, Waiver};
use coexist_checker::registry::{Registry, snapshot};
use serde_json::{Value, json};

/// An app of one form and its handler, beside a page.
fn base() -> Value {
    json!({
        "format": 1,
        "release": { "name": "importer", "version": "1.0.0" },
        "handlers": [
            { "id": "importer::import", "method": "POST", "path": "/imports/{kind}", "since": "1.0.0",
              "encoding": "urlencoded", "unknown_fields": "deny", "source": { "file": "src/a.rs", "line": 1 },
              "fields": [
                  { "name": "file", "required": true, "type": "text" },
                  { "name": "rows", "required": true, "type": "integer", "min": 0, "max": 255 },
                  { "name": "mode", "required": false, "type": "choice", "choices": ["add", "replace"] },
                  { "name": "tags", "required": false, "type": "text", "many": true } ] },
            { "id": "importer::page", "method": "GET", "path": "/imports", "since": "1.0.0" } ],
        "forms": [
            { "id": "importer::form", "since": "1.0.0", "encoding": "urlencoded",
              "posts_to": [{ "method": "POST", "path": "/imports/{kind}" }],
              "fields": [
                  { "name": "file", "always": true, "type": "text" },
                  { "name": "rows", "always": true, "type": "text" },
                  { "name": "mode", "always": false, "type": "choice", "choices": ["add", "replace"] },
                  { "name": "tags", "always": false, "type": "text", "many": true } ] },
            { "id": "importer::home", "since": "1.0.0",
              "posts_to": [{ "method": "GET", "path": "/imports" }] } ],
    })
}

/// The base, as one release and, patched, as the next.
fn releases(patch: impl FnOnce(&mut Value)) -> (Registry, Registry) {
    let mut new = base();
    new["release"]["version"] = json!("1.1.0");
    patch(&mut new);
    let read = |value: Value| -> Registry { snapshot::read(value.to_string().as_bytes()).unwrap() };
    (read(base()), read(new))
}

/// The rules that find something when the patched app is released over the base, and
/// the verdict.
fn judge(patch: impl FnOnce(&mut Value)) -> (Vec<&'static str>, Verdict) {
    let (old, new) = releases(patch);
    assert_ne!((&old.handlers, &old.forms), (&new.handlers, &new.forms));
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    let rules = report.findings.iter().map(|found| found.rule.name);
    (rules.collect(), report.verdict())
}

#[track_caller]
fn assert_silent(patch: impl FnOnce(&mut Value)) {
    assert_eq!(judge(patch).0, [""; 0]);
}

#[track_caller]
fn assert_found(rules: &[&str], patch: impl FnOnce(&mut Value)) {
    assert_eq!(judge(patch).0, rules);
}

#[track_caller]
fn assert_denied(rule: &str, patch: impl FnOnce(&mut Value)) {
    let (rules, verdict) = judge(patch);
    assert_eq!((rules.as_slice(), verdict), (&[rule][..], Verdict::Reject));
}

fn field(new: &mut Value, number: usize) -> &mut Value {
    &mut new["handlers"][0]["fields"][number]
}

fn push(list: &mut Value, value: Value) {
    list.as_array_mut().unwrap().push(value);
}

#[test]
fn a_renamed_path_parameter() {
    assert_silent(|new| new["handlers"][0]["path"] = json!("/imports/{format}"));
    assert_silent(|new| {
        new["forms"][0]["posts_to"][0]["path"] = json!("/imports/{format}");
    });
}

#[test]
fn a_moved_function_and_a_moved_form() {
    assert_silent(|new| {
        new["handlers"][0]["id"] = json!("importer::csv::import");
        new["handlers"][0]["source"]["file"] = json!("src/csv.rs");
        new["forms"][0]["id"] = json!("importer::csv::form");
    });
}

#[test]
fn a_field_that_is_no_longer_required() {
    assert_silent(|new| field(new, 0)["required"] = json!(false));
    assert_found(&["field-sometimes-missing"], |new| {
        field(new, 2)["required"] = json!(true);
        new["forms"][0]["fields"][2]["always"] = json!(true);
    });
}

#[test]
fn a_field_with_another_name_and_an_alias() {
    assert_silent(|new| {
        field(new, 0)["name"] = json!("file_name");
        field(new, 0)["aliases"] = json!(["file"]);
    });
    assert_found(&["field-rejected", "field-required"], |new| {
        field(new, 0)["name"] = json!("file_name");
        new["forms"][0]["fields"] = Value::Null;
    });
}

#[test]
fn a_wider_type() {
    let number = |new: &mut Value, bounds: [i32; 2]| {
        let sent = &mut new["forms"][0]["fields"][1];
        *sent = json!({ "name": "rows", "always": true, "type": "integer" });
        (sent["min"], sent["max"]) = (json!(bounds[0]), json!(bounds[1]));
    };
    assert_silent(|new| push(&mut field(new, 2)["choices"], json!("skip")));
    for wider in [
        json!({ "name": "rows", "required": true, "type": "integer", "max": 65535 }),
        json!({ "name": "rows", "required": true, "type": "number" }),
        json!({ "name": "rows", "required": true, "type": "text" }),
    ] {
        assert_silent(|new| {
            *field(new, 1) = wider.clone();
            number(new, [0, 255]);
        });
        // The form invites people to send what the old release refuses.
        assert_denied("field-narrowed", |new| {
            *field(new, 1) = wider.clone();
            number(new, [0, 256]);
        });
    }
}

#[test]
fn a_wider_type_behind_a_text_input_is_a_warning() {
    let wider = |new: &mut Value| field(new, 1)["max"] = json!(65535);
    assert_found(&["field-narrowed"], wider);
    assert_eq!(judge(wider).1, Verdict::Accept);
    assert_denied("field-narrowed", |new| field(new, 1)["max"] = json!(100));
}

#[test]
fn a_new_optional_field() {
    let notes = || json!({ "name": "notes", "required": false, "type": "text" });
    assert_silent(|new| push(&mut new["handlers"][0]["fields"], notes()));
    // The old handler refuses what it does not know: the form must wait.
    assert_found(&["field-rejected"], |new| {
        push(&mut new["handlers"][0]["fields"], notes());
        let sent = json!({ "name": "notes", "always": true, "type": "text" });
        push(&mut new["forms"][0]["fields"], sent);
    });
}

#[test]
fn a_field_that_the_form_no_longer_offers() {
    assert_silent(|new| {
        new["forms"][0]["fields"].as_array_mut().unwrap().pop();
    });
}

#[test]
fn a_handler_that_serves_another_path_as_well() {
    let twin = |new: &mut Value| {
        let mut twin = new["handlers"][0].clone();
        twin["path"] = json!("/import/{kind}");
        twin["since"] = json!("1.1.0");
        twin
    };
    assert_silent(|new| {
        let twin = twin(new);
        push(&mut new["handlers"], twin);
    });
    assert_found(&["handler-removed"], |new| {
        new["handlers"][0] = twin(new);
        new["forms"].as_array_mut().unwrap().remove(0);
    });
}

#[test]
fn an_endpoint_that_moved_and_left_a_redirect() {
    let redirect = json!({ "id": "importer::moved", "method": "POST", "path": "/imports/{kind}",
        "since": "1.1.0" });
    let moved = |new: &mut Value| {
        new["handlers"][0]["path"] = json!("/api/imports/{kind}");
        new["handlers"][0]["since"] = json!("1.1.0");
    };
    // The redirect serves an endpoint that was there: its `since` is that of the endpoint.
    assert_silent(|new| {
        moved(new);
        let mut redirect = redirect.clone();
        redirect["since"] = json!("1.0.0");
        push(&mut new["handlers"], redirect);
    });
}

#[test]
fn what_was_not_declared_and_is_now() {
    assert_silent(|new| {
        new["handlers"][0]["fields"] = Value::Null;
        new["handlers"][0]["encoding"] = Value::Null;
    });
    assert_silent(|new| {
        new["forms"][0]["fields"] = Value::Null;
        new["forms"][0]["encoding"] = Value::Null;
    });
}

#[test]
fn a_warning_denies_nothing_and_a_waived_finding_neither() {
    let (old, wider) = releases(|new| field(new, 1)["max"] = json!(65535));
    let mut policy = Policy::default();
    assert!(
        denied(&wider, &old, Direction::NewToOld, &policy)
            .unwrap()
            .is_empty()
    );
    let (old, narrower) = releases(|new| field(new, 1)["max"] = json!(100));
    assert_eq!(
        denied(&old, &narrower, Direction::OldToNew, &policy)
            .unwrap()
            .len(),
        1
    );
    policy.waivers.push(Waiver {
        rule: "field-narrowed",
        method: "POST".to_owned(),
        path: "/imports/{any}".to_owned(),
        form: None,
        reason: "nobody has so many rows".to_owned(),
        expires: Expiry::Version("1.2.0".parse().unwrap()),
        at: "coexist.toml:1".to_owned(),
    });
    let count = |policy: &Policy| {
        let policy = policy.clone();
        let found = denied(&old, &narrower, Direction::OldToNew, &policy).unwrap();
        found.len()
    };
    assert_eq!(count(&policy), 0);
    // One that has ended, and one for something else, let nothing pass.
    policy.waivers[0].expires = Expiry::Version("1.1.0".parse().unwrap());
    assert_eq!(count(&policy), 1);
    policy.waivers[0].expires = Expiry::Version("1.2.0".parse().unwrap());
    policy.waivers[0].method = "PUT".to_owned();
    assert_eq!(count(&policy), 1);
}

#[test]
fn what_is_judged_is_counted_in_both_directions() {
    let (old, new) = releases(|new| {
        let billing = json!({ "id": "importer::billing", "since": "1.1.0",
            "posts_to": [{ "method": "POST", "path": "/billing/{id}", "elsewhere": true }] });
        push(&mut new["forms"], billing);
        let again = json!({ "id": "importer::again", "since": "1.1.0",
            "posts_to": [{ "method": "GET", "path": "/imports" }] });
        push(&mut new["forms"], again);
    });
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    assert_eq!((report.judged_count(), report.elsewhere.len()), (5, 1));
    let back = check(&new, &old, &policy).unwrap();
    assert_eq!((back.judged_count(), back.elsewhere.len()), (5, 1));
}

#[test]
fn each_endpoint_of_a_form_is_judged_once() {
    let judged = |endpoints: &[&str]| {
        judge(|new| {
            push(
                &mut new["handlers"],
                json!({ "id": "importer::undo", "method": "POST", "path": "/undo" }),
            );
            let targets = endpoints.iter();
            let targets = targets.map(|path| json!({ "method": "POST", "path": path }));
            push(
                &mut new["forms"],
                json!({ "id": "importer::more", "posts_to": targets.collect::<Vec<_>>() }),
            );
        })
    };
    assert_eq!(judged(&["/imports/{kind}"]).0, [""; 0]);
    for endpoints in [
        &["/imports/{kind}", "/undo"][..],
        &["/undo", "/imports/{kind}"],
        &["/undo", "/undo"],
        &["/imports/{kind}", "/undo", "/undo", "/imports/{kind}"],
    ] {
        assert_eq!(judged(endpoints).0, ["handler-not-yet"], "{endpoints:?}");
    }
}

#[test]
fn what_its_own_release_never_takes_is_no_fault_of_the_next() {
    let found = |patch: &dyn Fn(&mut Value)| {
        let mut old = base();
        patch(&mut old);
        let mut new = old.clone();
        new["release"]["version"] = json!("1.1.0");
        push(
            &mut new["handlers"][0]["fields"],
            json!({ "name": "more", "required": true, "type": "text" }),
        );
        let read = |value: Value| snapshot::read(value.to_string().as_bytes()).unwrap();
        let (old, new): (Registry, Registry) = (read(old), read(new));
        let policy = Policy::default();
        let report = check(&old, &new, &policy).unwrap();
        let rules = report.findings.iter().map(|found| found.rule.name);
        rules.collect::<Vec<_>>()
    };
    assert_eq!(found(&|_| ()), ["field-required"]);
    // It does not send what is required.
    assert_eq!(
        found(&|app| {
            let _file = app["forms"][0]["fields"].as_array_mut().unwrap().remove(0);
        }),
        [""; 0]
    );
    // It sends no number where one is read.
    assert_eq!(
        found(&|app| {
            app["forms"][0]["fields"][1] =
                json!({ "name": "rows", "always": true, "type": "choice", "choices": ["many"] });
        }),
        [""; 0]
    );
}

/// What is found where a form of 1.0.0 means two handlers, and 1.1.0 has these in their
/// place; with a question mark behind what is undecided.
fn of_two_meanings(new: &Value) -> Vec<String> {
    let take = |path: &str| {
        json!({ "id": path, "method": "POST", "path": path, "encoding": "urlencoded",
                "fields": [{ "name": "file", "required": true, "type": "text" }] })
    };
    let build = |version: &str, handlers: Value, forms: Value| -> Registry {
        let json = json!({ "format": 1, "release": { "name": "app", "version": version },
                           "handlers": handlers, "forms": forms });
        snapshot::read(json.to_string().as_bytes()).unwrap()
    };
    let form = json!({ "id": "app::form", "encoding": "urlencoded",
                       "posts_to": [{ "method": "POST", "path": "/a/{kind}" }],
                       "fields": [{ "name": "file", "always": true, "type": "text" }] });
    let old = build("1.0.0", json!([take("/a/x"), take("/a/y")]), json!([form]));
    let new = build("1.1.0", new.clone(), json!([]));
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    // The form is gone, so its handlers are noted as unused.
    let findings = report.findings.iter();
    let found = findings.filter(|found| found.level != Level::Note);
    let found = found.map(|found| {
        let mark = if found.is_undecided { "?" } else { "" };
        format!("{}{mark}", found.rule.name)
    });
    found.collect()
}

#[test]
fn what_several_meanings_share_is_sure_and_what_one_has_is_not() {
    let take = |method: &str, path: &str, more: bool| {
        let mut handler = json!({
            "id": path, "method": method, "path": path, "encoding": "urlencoded",
            "fields": [{ "name": "file", "required": true, "type": "text" }] });
        if more {
            push(
                &mut handler["fields"],
                json!({ "name": "more", "required": true, "type": "text" }),
            );
        }
        handler
    };
    let both = |x: Value, y: Value| of_two_meanings(&json!([x, y]));
    let (get, post) = ("GET", "POST");
    assert_eq!(
        both(take(post, "/a/x", false), take(post, "/a/y", false)),
        [""; 0]
    );
    assert_eq!(
        both(take(get, "/a/x", false), take(get, "/a/y", false)),
        ["method-changed"]
    );
    assert_eq!(
        both(take(post, "/a/x", true), take(post, "/a/y", true)),
        ["field-required"]
    );
    assert_eq!(
        both(take(post, "/a/x", true), take(post, "/a/y", false)),
        ["field-required?"]
    );
}

#[test]
fn of_a_flag_that_is_turned_for_two_releases_each_is_called_by_its_version() {
    let (old, new) = releases(|new| {
        new["handlers"].as_array_mut().unwrap().remove(0);
    });
    let state = FlagState {
        name: "flag".to_owned(),
        is_on: true,
    };
    let policy = Policy::default().for_flip(Turn::to(state));
    let report = check(&old, &new, &policy).unwrap();
    let mut findings = report.findings.iter();
    let found = findings.find(|finding| finding.rule.name == "handler-removed");
    let found = found.unwrap();
    assert_eq!([found.page_name(), found.node_name()], ["1.0.0", "1.1.0"]);
}
