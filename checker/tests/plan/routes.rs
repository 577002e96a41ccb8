//! Plans through redirects, limited parameters and routers that go on to the next route.

use std::slice::from_ref;

use serde_json::{Value, json};

use super::*;

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
fn of_two_handlers_that_take_a_link_one_stays_until_it_is_gone() {
    let handlers = [
        handler("first_a", "GET /a/1", NONE),
        handler("any_a", "GET /a/{id}", NONE),
        handler("first_b", "GET /b/1", NONE),
        handler("any_b", "GET /b/{id}", NONE),
    ];
    let links = [
        form("link_a", "GET /a/1", NONE),
        form("link_b", "GET /b/1", NONE),
    ];
    let steps = steps(
        &build("1.0.0", &handlers, &links),
        &build("1.1.0", &[], &[]),
    );
    let removed = |ids: &[&str]| -> Vec<_> {
        let removed = ids.iter().map(|id| named(ChangeKind::Remove, id));
        removed.collect()
    };
    assert_eq!(waits(&steps), [Wait::Roll, Wait::PageLifetime]);
    assert_eq!(
        changes(&steps[0]),
        removed(&["any_a", "any_b", "link_a", "link_b"])
    );
    assert_eq!(changes(&steps[1]), removed(&["first_a", "first_b"]));
}
