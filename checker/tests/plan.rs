//! Plans: the named ones of the story, and their lengths; each overlap of each of them is
//! judged by the checker.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

use std::slice::from_ref;

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

/// The way from a form and its handler to others.
fn replaced(from: &str, to: &str, forms: [Value; 2]) -> Vec<Step> {
    let [old_form, new_form] = forms;
    let old = build("1.0.0", &[handler("app::old", from, NONE)], &[old_form]);
    let new = build("1.1.0", &[handler("app::new", to, NONE)], &[new_form]);
    steps(&old, &new)
}

/// That the one form goes in the release in which the other one comes.
#[track_caller]
fn assert_switched(steps: &[Step], goes: &str, comes: &str) {
    assert_eq!(waits(steps), [Wait::Roll, Wait::Roll, Wait::PageLifetime]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Add, "app::new")]);
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Add, comes),
            named(ChangeKind::Remove, goes)
        ]
    );
    assert_eq!(changes(&steps[2]), [named(ChangeKind::Remove, "app::old")]);
}

#[test]
fn a_form_goes_when_the_one_of_its_page_comes_that_replaces_it() {
    let (from, to) = ("POST /password/old", "PUT /password");
    let steps = replaced(
        from,
        to,
        [
            form("app::page#a", from, NONE),
            form("app::page#b", to, NONE),
        ],
    );
    assert_switched(&steps, "app::page#a", "app::page#b");
}

#[test]
fn a_form_goes_when_the_one_of_its_template_or_its_pages_comes() {
    let (from, to) = ("POST /a", "POST /b");
    let page = json!([{ "method": "GET", "path": "/{id}" }]);
    let other_name = json!([{ "method": "GET", "path": "/{other}" }]);
    let source = |line: u32| {
        json!({ "file": "src/page.rs", "line": line,
            "template": { "file": "templates/page.html", "line": line } })
    };
    for [old, new] in [
        [("pages", page), ("pages", other_name)],
        [("source", source(1)), ("source", source(2))],
    ] {
        let with = |id, endpoint, (key, value): (&str, Value)| {
            let mut form = form(id, endpoint, NONE);
            form[key] = value;
            form
        };
        let forms = [with("app::a", from, old), with("app::b", to, new)];
        let old = build2("1.0.0", &[handler("app::old", from, NONE)], &forms[..1]);
        let new = build2("1.1.0", &[handler("app::new", to, NONE)], &forms[1..]);
        assert_switched(&steps(&old, &new), "app::a", "app::b");
    }
}

#[test]
fn of_several_forms_each_waits_for_the_one_that_is_like_it() {
    let link = "GET /help";
    let (from, to) = ("POST /a", "POST /b");
    let old = build(
        "1.0.0",
        &[
            handler("app::old", from, NONE),
            handler("app::help", link, NONE),
        ],
        &[
            form("app::page#a", from, NONE),
            form("app::page#x", "GET /", NONE),
        ],
    );
    let new = build(
        "1.1.0",
        &[
            handler("app::new", to, NONE),
            handler("app::help", link, NONE),
        ],
        &[
            form("app::page#b", to, NONE),
            form("app::page#y", link, NONE),
        ],
    );
    let steps = steps(&old, &new);
    assert_eq!(
        changes(&steps[0]),
        [
            named(ChangeKind::Add, "app::new"),
            named(ChangeKind::Add, "app::page#y"),
            named(ChangeKind::Remove, "app::page#x")
        ]
    );
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Add, "app::page#b"),
            named(ChangeKind::Remove, "app::page#a")
        ]
    );
}

#[test]
fn the_last_link_to_a_step_goes_when_another_page_links_to_it() {
    let old_step = "GET /steps/old";
    let new_step = "GET /steps/new";
    // One function, which moves to another path, and a page that takes over the link.
    let old = build(
        "1.0.0",
        &[handler("app::step", old_step, NONE)],
        &[form("app::first", old_step, NONE)],
    );
    let new = build(
        "1.1.0",
        &[handler("app::step", new_step, NONE)],
        &[form("app::second", new_step, NONE)],
    );
    let steps = steps(&old, &new);
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Add, "app::second"),
            named(ChangeKind::Remove, "app::first")
        ]
    );
}

#[test]
fn a_page_that_moves_has_its_form_as_long_as_something_leads_to_it() {
    let at = |step: &str| (format!("GET /{step}"), format!("PUT /{step}"));
    let version = |version, step: &str| {
        let (show, save) = at(step);
        let mut password = form(&format!("{step}.html#form"), &save, NONE);
        password["pages"] = json!([{ "method": "GET", "path": format!("/{step}") }]);
        build2(
            version,
            &[
                handler(&format!("{step}::show"), &show, NONE),
                handler(&format!("{step}::save"), &save, NONE),
            ],
            &[form(&format!("phone.html#{step}"), &show, NONE), password],
        )
    };
    let steps = steps(&version("1.0.0", "review"), &version("1.1.0", "password"));
    assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll, Wait::PageLifetime]);
    assert!(
        changes(&steps[0])
            .iter()
            .all(|(kind, _)| *kind == ChangeKind::Add)
    );
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Add, "password.html#form"),
            named(ChangeKind::Add, "phone.html#password"),
            named(ChangeKind::Remove, "phone.html#review"),
            named(ChangeKind::Remove, "review.html#form"),
        ]
    );
}

#[test]
fn what_nothing_replaces_goes_at_once() {
    let (from, to) = ("POST /a", "POST /b");
    let steps = replaced(
        from,
        to,
        [form("app::one", from, NONE), form("app::other", to, NONE)],
    );
    assert_eq!(
        changes(&steps[0]),
        [
            named(ChangeKind::Add, "app::new"),
            named(ChangeKind::Remove, "app::one")
        ]
    );
}

/// A build of format 2.
fn build2(version: &str, handlers: &[Value], forms: &[Value]) -> Registry {
    let mut handlers = handlers.to_vec();
    handlers.push(handler("app::home", "GET /", NONE));
    let json = json!({ "format": 2, "release": { "name": "app", "version": version },
        "handlers": handlers, "forms": forms });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

fn redirect(id: &str, endpoint: &str, to: &str) -> Value {
    let mut handler = handler(id, endpoint, NONE);
    handler["redirect"] = json!({ "status": 308, "to": to });
    handler
}

#[test]
fn a_redirect_comes_in_the_release_in_which_its_target_does() {
    let (from, to) = ("POST /a", "POST /b");
    let old = build2(
        "1.0.0",
        &[handler("app::old", from, NONE)],
        &[form("app::page", from, NONE)],
    );
    let kept = [form("app::page", from, NONE)];
    let moved = [form("app::page", to, NONE)];
    let handlers = [
        redirect("app::old", from, "/b"),
        handler("app::new", to, NONE),
    ];
    let new = build2("1.1.0", &handlers, &kept);
    assert_eq!(waits(&steps(&old, &new)), [Wait::Roll]);
    // With a form that is sent to the new path, which old nodes do not have.
    let new = build2("1.1.0", &handlers, &moved);
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll]);
    assert_eq!(
        changes(&steps[0]),
        [
            named(ChangeKind::Add, "app::new"),
            named(ChangeKind::Change, "app::old")
        ]
    );
}

#[test]
fn the_target_of_a_redirect_goes_after_the_pages_that_need_it() {
    let (from, to) = ("POST /a", "POST /b");
    let old = build2(
        "1.0.0",
        &[
            redirect("app::old", from, "/b"),
            handler("app::new", to, NONE),
        ],
        &[form("app::page", from, NONE)],
    );
    let new = build2("1.1.0", &[], &[]);
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::PageLifetime]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Remove, "app::page")]);
}

#[test]
fn a_form_follows_a_redirect_to_a_handler_that_reads_another_field() {
    let fields = |name: &str, key: &str| json!([{ "name": name, key: true, "type": "text" }]);
    let version = |version, name: &str| {
        build2(
            version,
            &[
                redirect("app::old", "POST /a", "/b"),
                handler("app::new", "POST /b", &fields(name, "required")),
            ],
            &[form("app::page", "POST /a", &fields(name, "always"))],
        )
    };
    let steps = steps(&version("1.0.0", "x"), &version("1.1.0", "y"));
    assert_eq!(
        changes(&steps[0]),
        [named(ChangeKind::Tolerate, "app::new")]
    );
    assert_eq!(changes(&steps[1]), [named(ChangeKind::Change, "app::page")]);
    assert_eq!(changes(&steps[2]), [named(ChangeKind::Change, "app::new")]);
}

#[test]
fn a_parameter_that_takes_less_is_narrowed_after_its_forms() {
    let version = |version, choices: Value, path: &str| {
        let mut handler = handler("app::old", "POST /{locale}", NONE);
        handler["parameters"] = json!([{ "name": "locale", "type": "choice", "choices": choices }]);
        build2(version, &[handler], &[form("app::page", path, NONE)])
    };
    let old = version("1.0.0", json!(["en", "fr"]), "POST /fr");
    let new = version("1.1.0", json!(["en", "de"]), "POST /de");
    let three = steps(&old, &new);
    assert_eq!(
        changes(&three[0]),
        [named(ChangeKind::Tolerate, "app::old")]
    );
    let new = version("1.1.0", json!(["en"]), "POST /en");
    let steps = steps(&old, &new);
    assert_eq!(waits(&steps), [Wait::Roll, Wait::PageLifetime]);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Change, "app::page")]);
}

#[test]
fn a_method_first_router_needs_no_other_method_beside() {
    let version = |version, routing: &str, handlers: &[Value], forms: &[Value]| {
        let mut handlers = handlers.to_vec();
        handlers.push(handler("app::home", "GET /", NONE));
        let json = json!({ "format": 2, "release": { "name": "app", "version": version },
            "routing": routing, "handlers": handlers, "forms": forms });
        snapshot::read(json.to_string().as_bytes()).unwrap()
    };
    let show = handler("app::show", "GET /doc/{step}", NONE);
    let link = form("app::link", "GET /doc/sent", NONE);
    let put = handler("app::put", "PUT /doc/sent", NONE);
    for (routing, count) in [("method-first", 1), ("path-first", 0)] {
        let old = version("1.0.0", routing, from_ref(&show), from_ref(&link));
        let new = version(
            "1.1.0",
            routing,
            &[show.clone(), put.clone()],
            from_ref(&link),
        );
        let count_of = match plan(&old, &new, &Policy::default()).unwrap() {
            Plan::Steps(steps) => steps.len(),
            Plan::Blocked(_) => 0,
        };
        assert_eq!(count_of, count, "{routing}");
    }
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
