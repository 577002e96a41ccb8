//! Plans: the named ones of the story, and their lengths; each overlap of each of them is
//! judged by the checker.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod blocked;
mod bounds;
mod gaps;
#[cfg(feature = "cli")]
mod overlaps;
mod replaced;
mod routes;

use coexist_checker::judge::check;
use coexist_checker::model::{Policy, Rollout, Verdict};
use coexist_checker::plan::{ChangeKind, Item, Plan, Step, Wait, plan};
use coexist_checker::registry::{Registry, snapshot};
use serde_json::{Value, json};

fn handler(id: &str, endpoint: &str, fields: &Value) -> Value {
    let (method, path) = endpoint.split_once(' ').unwrap();
    json!({ "id": id, "method": method, "path": path, "since": "1.0.0", "fields": fields })
}

fn form(id: &str, endpoint: &str, fields: &Value) -> Value {
    let (method, path) = endpoint.split_once(' ').unwrap();
    json!({ "id": id, "since": "1.0.0", "posts_to": [{ "method": method, "path": path }],
            "fields": fields })
}

fn build(version: &str, handlers: &[Value], forms: &[Value]) -> Registry {
    // Something that is always there: a registry is not empty.
    let mut handlers = handlers.to_vec();
    handlers.push(handler("app::home", "GET /", &Value::Null));
    let json = json!({ "format": 1, "release": { "name": "app", "version": version },
        "handlers": handlers, "forms": forms });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

/// A build of format 2.
fn build2(version: &str, handlers: &[Value], forms: &[Value]) -> Registry {
    let mut handlers = handlers.to_vec();
    handlers.push(handler("app::home", "GET /", NONE));
    let json = json!({ "format": 2, "release": { "name": "app", "version": version },
        "handlers": handlers, "forms": forms });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

#[track_caller]
fn steps(old: &Registry, new: &Registry) -> Vec<Step> {
    match plan(old, new, &Policy::default()).unwrap() {
        Plan::Steps(steps) => {
            assert_accepted(old, &steps);
            assert_eq!(&steps.last().unwrap().registry, new);
            steps
        }
        Plan::Blocked(blocks) => panic!("{blocks:?}"),
    }
}

/// What the JSON of a plan promises to everybody who checks it.
#[track_caller]
fn assert_accepted(old: &Registry, steps: &[Step]) {
    let policy = Policy::default();
    let mut open: Vec<&Registry> = vec![old];
    for step in steps {
        if step.wait == Wait::PageLifetime {
            open = open.split_off(open.len() - 1);
        }
        assert_eq!(open.len(), step.meets);
        let before = *open.last().unwrap();
        assert_eq!(
            check(before, &step.registry, &policy).unwrap().verdict(),
            Verdict::Accept
        );
        // Pages that are older meet the new nodes, and not the other way round.
        let forth = Policy {
            rollout: Rollout::BlueGreen,
            rollback: false,
            ..Policy::default()
        };
        for pages in &open {
            assert_eq!(
                check(pages, &step.registry, &forth).unwrap().verdict(),
                Verdict::Accept
            );
        }
        open.push(&step.registry);
    }
}

fn waits(steps: &[Step]) -> Vec<Wait> {
    steps.iter().map(|step| step.wait).collect()
}

fn changes(step: &Step) -> Vec<(ChangeKind, String)> {
    let changes = step.changes.iter().map(|change| {
        let id = match &change.item {
            Item::Handler(handler) => &handler.id,
            Item::Form(form) => &form.id,
        };
        (change.kind, id.clone())
    });
    changes.collect()
}

fn named(kind: ChangeKind, id: &str) -> (ChangeKind, String) {
    (kind, id.to_owned())
}

const NONE: &Value = &Value::Null;

#[test]
fn a_form_and_its_handler_go_in_two_releases() {
    let old = build(
        "1.0.0",
        &[handler("app::import", "POST /import", NONE)],
        &[form("app::form", "POST /import", NONE)],
    );
    let new = build("1.1.0", &[], &[]);
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::PageLifetime]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Remove, "app::form")]);
    assert_eq!(
        changes(&steps[1]),
        [named(ChangeKind::Remove, "app::import")]
    );
}

#[test]
fn a_form_and_its_handler_come_in_two_releases() {
    let old = build("1.0.0", &[], &[]);
    let new = build(
        "1.1.0",
        &[handler("app::import", "POST /import", NONE)],
        &[form("app::form", "POST /import", NONE)],
    );
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Add, "app::import")]);
}

fn renamed() -> (Registry, Registry) {
    let build = |version, path: &str| {
        build(
            version,
            &[handler("app::import", path, NONE)],
            &[form("app::form", path, NONE)],
        )
    };
    (
        build("1.0.0", "POST /import"),
        build("1.1.0", "POST /imports"),
    )
}

#[test]
fn an_endpoint_is_renamed_under_a_form_in_three_releases() {
    let (old, new) = renamed();
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll, Wait::PageLifetime]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Add, "app::import")]);
    assert_eq!(changes(&steps[1]), [named(ChangeKind::Change, "app::form")]);
    assert_eq!(
        changes(&steps[2]),
        [named(ChangeKind::Remove, "app::import")]
    );
    assert_eq!(
        steps[0].registry.release.version.to_string(),
        "1.1.0-step.1"
    );
}

#[test]
fn a_field_becomes_required_in_three_releases() {
    for unknown in ["ignore", "deny"] {
        let build = |version, handled: Value, sent: Value| {
            let mut handler = handler("app::import", "POST /import", &handled);
            handler["unknown_fields"] = json!(unknown);
            build(
                version,
                &[handler],
                &[form("app::form", "POST /import", &sent)],
            )
        };
        let text = |name: &str, key: &str| json!({ "name": name, key: true, "type": "text" });
        let old = build(
            "1.0.0",
            json!([text("file", "required")]),
            json!([text("file", "always")]),
        );
        let new = build(
            "1.1.0",
            json!([text("file", "required"), text("account", "required")]),
            json!([text("file", "always"), text("account", "always")]),
        );
        let steps = steps(&old, &new);
        assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll, Wait::PageLifetime]);
        assert_eq!(
            changes(&steps[0]),
            [named(ChangeKind::Tolerate, "app::import")]
        );
        assert_eq!(changes(&steps[1]), [named(ChangeKind::Change, "app::form")]);
        assert_eq!(
            changes(&steps[2]),
            [named(ChangeKind::Change, "app::import")]
        );
    }
}

#[test]
fn hundreds_of_changes_share_the_same_releases() {
    let (mut old, mut new) = (vec![], vec![]);
    let (mut old_forms, mut new_forms) = (vec![], vec![]);
    for number in 0..300 {
        let (from, to) = (format!("POST /a/{number}"), format!("POST /b/{number}"));
        let (handler_id, form_id) = (format!("app::h{number}"), format!("app::f{number}"));
        old.push(handler(&handler_id, &from, NONE));
        new.push(handler(&handler_id, &to, NONE));
        old_forms.push(form(&form_id, &from, NONE));
        if number % 3 > 0 {
            new_forms.push(form(&form_id, &to, NONE));
        }
    }
    let (old, new) = (
        build("1.0.0", &old, &old_forms),
        build("1.1.0", &new, &new_forms),
    );
    assert_eq!(steps(&old, &new).len(), 3);
}

#[test]
fn what_is_accepted_is_one_release() {
    let (old, _) = renamed();
    let new = build(
        "1.1.0",
        &[
            handler("app::import", "POST /import", NONE),
            handler("app::other", "POST /x", NONE),
        ],
        &[form("app::form", "POST /import", NONE)],
    );
    assert_eq!(waits(&steps(&old, &new)), [Wait::Roll]);
    assert_eq!(steps(&old, &old).len(), 1);
}

#[test]
fn without_a_change_of_the_form_nothing_helps() {
    let build = |version, kind: Value| {
        let mut field = json!({ "name": "rows", "required": true });
        field
            .as_object_mut()
            .unwrap()
            .extend(kind.as_object().unwrap().clone());
        build(
            version,
            &[handler("app::import", "POST /import", &json!([field]))],
            &[form(
                "app::form",
                "POST /import",
                &json!([{ "name": "rows", "always": true, "type": "text" }]),
            )],
        )
    };
    let old = build("1.0.0", json!({ "type": "text" }));
    let new = build("1.1.0", json!({ "type": "integer", "min": 0 }));
    let Plan::Blocked(blocks) = plan(&old, &new, &Policy::default()).unwrap() else {
        panic!("there is no way");
    };
    assert_eq!(blocks.len(), 1);
    assert_eq!(
        (&*blocks[0].path, &blocks[0].forms[..]),
        ("/import", &["app::form".to_owned()][..])
    );
    assert!(blocks[0].must_take.is_some());
}

#[test]
fn pages_that_expire_at_once_are_not_waited_for() {
    let (old, new) = renamed();
    let policy = Policy {
        page_lifetime: std::time::Duration::ZERO,
        ..Policy::default()
    };
    let Plan::Steps(steps) = plan(&old, &new, &policy).unwrap() else {
        panic!("there is a way");
    };
    assert_eq!(waits(&steps), [Wait::Roll; 3]);
}

#[test]
fn a_release_waits_for_the_lifetime_of_what_it_breaks() {
    let build = |version: &str, is_there: bool, form: Value| {
        let handler =
            |path: &str| json!({ "id": format!("app::{path}"), "method": "GET", "path": path });
        let handlers = is_there.then(|| handler("/confirm"));
        let forms = is_there.then_some(form);
        let json = json!({ "format": 2, "release": { "name": "app", "version": version },
            "handlers": handlers.into_iter().chain([handler("/")]).collect::<Vec<_>>(),
            "forms": forms.into_iter().collect::<Vec<_>>() });
        snapshot::read(json.to_string().as_bytes()).unwrap()
    };
    let seconds = std::time::Duration::from_secs;
    for (key, value, wait) in [
        (
            "lifetime",
            "30d",
            Wait::Lifetime(seconds(30 * 24 * 60 * 60)),
        ),
        ("lifetime", "24h", Wait::PageLifetime),
        ("lifetime", "0s", Wait::Roll),
        ("kind", "redirect", Wait::Lifetime(seconds(60))),
        ("kind", "link", Wait::PageLifetime),
    ] {
        let mut form =
            json!({ "id": "app::mail", "posts_to": [{ "method": "GET", "path": "/confirm" }] });
        form[key] = value.into();
        let old = build("1.0.0", true, form.clone());
        let new = build("2.0.0", false, form);
        let Plan::Steps(steps) = plan(&old, &new, &Policy::default()).unwrap() else {
            panic!("{value}");
        };
        assert_eq!(waits(&steps), [Wait::Roll, wait], "{value}");
    }
}

#[test]
fn a_plan_is_made_of_a_build_that_says_next() {
    let (from, to) = ("POST /a", "POST /b");
    let old = build(
        "1.0.0",
        &[handler("app::a", from, NONE)],
        &[form("app::f", from, NONE)],
    );
    let next = |mut item: Value| {
        item["since"] = json!("next");
        item
    };
    let new = build(
        "1.1.0",
        &[next(handler("app::b", to, NONE))],
        &[next(form("app::g", to, NONE))],
    );
    // A release that says so is rejected whatever it changes.
    let policy = Policy::default();
    let report = check(&new, &new, &policy).unwrap();
    assert_eq!(report.verdict(), Verdict::Reject);
    assert!(matches!(
        plan(&old, &new, &Policy::default()).unwrap(),
        Plan::Steps(_)
    ));
}

#[test]
fn what_only_moves_in_the_sources_does_not_change() {
    let version = |version: &str, line: u32, more: &[Value]| {
        let at = |mut item: Value| {
            item["source"] = json!({ "file": "src/page.rs", "line": line });
            item
        };
        let handlers = [&[at(handler("app::a", "POST /a", NONE))], more].concat();
        build(version, &handlers, &[at(form("app::f", "POST /a", NONE))])
    };
    let added = handler("app::b", "POST /b", NONE);
    let steps = steps(&version("1.0.0", 1, &[]), &version("1.1.0", 9, &[added]));
    assert_eq!(steps.len(), 1);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Add, "app::b")]);
}
