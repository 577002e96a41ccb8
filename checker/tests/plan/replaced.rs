//! No release of a plan lacks both the old way and the new one.

use serde_json::{Value, json};

use super::*;

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

/// Which form of the new build takes the place of which one of the old build.
fn pairs(
    [old_handlers, new_handlers]: [&[Value]; 2],
    [old_forms, new_forms]: [&[Value]; 2],
) -> Vec<(String, String)> {
    let old = build2("1.0.0", old_handlers, old_forms);
    let new = build2("1.1.0", new_handlers, new_forms);
    let pairs = coexist_checker::plan::replaced(&old, &new).into_iter();
    pairs
        .map(|(goes, comes)| (goes.id.clone(), comes.id.clone()))
        .collect()
}

#[test]
fn of_several_forms_of_a_page_those_are_paired_that_have_most_in_common() {
    let sends = |name: &str| json!([{ "name": name, "always": true, "type": "text" }]);
    let crosswise = [("page#a", "page#d"), ("page#b", "page#c")];
    let in_order = [("page#a", "page#c"), ("page#b", "page#d")];
    for (old, new, expected) in [
        (
            [("POST /1", &sends("x")), ("POST /2", &sends("y"))],
            [("POST /3", &sends("y")), ("POST /4", &sends("x"))],
            crosswise,
        ),
        (
            [("POST /old/save/{id}", NONE), ("POST /old/drop", NONE)],
            [("POST /new/drop/", NONE), ("POST /new/save", NONE)],
            crosswise,
        ),
        (
            [("PUT /1", NONE), ("POST /2", NONE)],
            [("POST /3", NONE), ("PUT /4", NONE)],
            crosswise,
        ),
        (
            [("GET /1", NONE), ("POST /2", NONE)],
            [("PUT /3", NONE), ("HEAD /4", NONE)],
            crosswise,
        ),
        // Nothing tells them apart.
        (
            [("POST /1", NONE), ("POST /2", NONE)],
            [("POST /3", NONE), ("POST /4", NONE)],
            in_order,
        ),
    ] {
        let form = |id: &str, (endpoint, fields): (&str, &Value)| form(id, endpoint, fields);
        let old = [form("page#a", old[0]), form("page#b", old[1])];
        let new = [form("page#c", new[0]), form("page#d", new[1])];
        let found = pairs([&[], &[]], [&old, &new]);
        let expected = expected.map(|(goes, comes)| (goes.to_owned(), comes.to_owned()));
        assert_eq!(found, expected, "{old:?}\n{new:?}");
    }
}

#[test]
fn a_form_to_another_host_leads_to_no_handler_of_the_app() {
    let there = ("POST /a", "POST /b");
    let mut leaves = form("page#a", there.0, NONE);
    leaves["posts_to"][0]["host"] = json!("pay.example");
    leaves["posts_to"][0]["elsewhere"] = json!(true);
    let stays = form("page#c", "POST /c", NONE);
    let moved = form("page#d", there.1, NONE);
    let found = pairs(
        [
            &[handler("app::take", there.0, NONE)],
            &[handler("app::take", there.1, NONE)],
        ],
        [&[leaves], &[stays, moved]],
    );
    assert_eq!(found, [("page#a".to_owned(), "page#c".to_owned())]);
}
