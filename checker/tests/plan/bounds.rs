//! What changes before, with and after what: of several handlers together, through redirects, and
//! where a handler changes for two forms at once.

use coexist_checker::plan::{Sequence, sequence};

use super::*;

fn redirect(id: &str, endpoint: &str, to: &str) -> Value {
    let mut handler = handler(id, endpoint, NONE);
    handler["redirect"] = json!({ "status": 308, "to": to });
    handler
}

fn fields(key: &str, names: &[&str]) -> Value {
    let field = |name: &&str| json!({ "name": name, key: true, "type": "text" });
    names.iter().map(field).collect()
}

/// Two forms, each with a hole that means two handlers: each handler may go, but not both.
#[test]
fn of_two_handlers_that_a_hole_means_one_outlives_the_form() {
    let handlers = ["/x/a", "/x/b", "/y/a", "/y/b"]
        .map(|path| handler(&format!("app::{path}"), &format!("POST {path}"), NONE));
    let forms = [
        form("app::one", "POST /x/{kind}", NONE),
        form("app::two", "POST /y/{kind}", NONE),
    ];
    let none = |version| build(version, &[], &[]);
    let all = |version| build(version, &handlers, &forms);
    let gone = steps(&all("1.0.0"), &none("1.1.0"));
    assert_eq!(waits(&gone), [Wait::Roll, Wait::PageLifetime]);
    let removed = |id: &str| named(ChangeKind::Remove, id);
    assert_eq!(
        changes(&gone[1]),
        [removed("app::/x/a"), removed("app::/y/a")]
    );
    let come = steps(&none("1.0.0"), &all("1.1.0"));
    assert_eq!(waits(&come), [Wait::Roll, Wait::Roll]);
    let added = |id: &str| named(ChangeKind::Add, id);
    assert_eq!(changes(&come[1]), [added("app::one"), added("app::two")]);
    // What meets only one way round needs no second release.
    let policy = Policy {
        rollout: Rollout::BlueGreen,
        rollback: false,
        ..Policy::default()
    };
    let Plan::Steps(steps) = plan(&none("1.0.0"), &all("1.1.0"), &policy).unwrap() else {
        panic!("nothing is in the way");
    };
    assert_eq!(steps.len(), 1);
    // Nor does a form that moves with its handler; the old one goes later.
    let moved = |version, path: &str| {
        build(
            version,
            &[handler("app::save", path, NONE)],
            &[form("app::form", path, NONE)],
        )
    };
    let (old, new) = (moved("1.0.0", "POST /a"), moved("1.1.0", "POST /b"));
    let Plan::Steps(steps) = plan(&old, &new, &policy).unwrap() else {
        panic!("nothing is in the way");
    };
    assert_eq!(steps.len(), 2);
}

/// The path of the redirect's target belongs to another form before: on a router that finds the
/// path first, that one must have moved.
#[test]
fn a_redirect_waits_with_its_target_for_another_form() {
    let always = [
        handler("app::put", "PUT /{any}", NONE),
        handler("app::deep", "PUT /y/z", NONE),
    ];
    let old = |version, form_at| {
        let old = handler("app::old", "POST /old", NONE);
        build2(
            version,
            &[always.to_vec(), vec![old]].concat(),
            &[
                form("app::kept", "POST /old", NONE),
                form("app::moved", form_at, NONE),
            ],
        )
    };
    let new = |version, form_at| {
        let new = [
            redirect("app::old", "POST /old", "/new"),
            handler("app::new", "POST /new", NONE),
        ];
        build2(
            version,
            &[always.to_vec(), new.to_vec()].concat(),
            &[
                form("app::kept", "POST /old", NONE),
                form("app::moved", form_at, NONE),
            ],
        )
    };
    let steps = steps(&old("1.0.0", "PUT /new"), &new("1.1.0", "PUT /y/z"));
    assert_eq!(
        changes(&steps[0]),
        [named(ChangeKind::Change, "app::moved")]
    );
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Add, "app::new"),
            named(ChangeKind::Change, "app::old")
        ]
    );
}

/// The same backwards: the target stays until nothing redirects to it.
#[test]
fn the_target_of_a_redirect_stays_as_long_as_that() {
    let always = [
        handler("app::put", "PUT /{any}", NONE),
        handler("app::deep", "PUT /y/z", NONE),
    ];
    let version = |version, own: &[Value], sent: &[&str], moved: &str| {
        build2(
            version,
            &[&always[..], own].concat(),
            &[
                form("app::form", "POST /old", &fields("always", sent)),
                form("app::kept", "POST /old", &fields("always", &["text"])),
                form("app::moved", moved, NONE),
            ],
        )
    };
    let old = [
        redirect("app::old", "POST /old", "/new"),
        handler("app::new", "POST /new", NONE),
    ];
    let new = [handler(
        "app::old",
        "POST /old",
        &fields("required", &["text"]),
    )];
    let steps = steps(
        &version("1.0.0", &old, &[], "PUT /y/z"),
        &version("1.1.0", &new, &["text"], "PUT /new"),
    );
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Change, "app::form")]);
    assert_eq!(
        changes(&steps[1]),
        [
            named(ChangeKind::Change, "app::old"),
            named(ChangeKind::Remove, "app::new")
        ]
    );
    assert_eq!(
        changes(&steps[2]),
        [named(ChangeKind::Change, "app::moved")]
    );
}

/// A redirect waits for no handler that is in both builds, nor does that wait for the redirect.
#[test]
fn a_redirect_to_what_is_always_there_changes_by_itself() {
    let version = |version, old: Value, sent: &[&str], names: &[&str]| {
        build2(
            version,
            &[
                old,
                handler("app::new", "POST /new", &fields("required", names)),
            ],
            &[
                form("app::kept", "POST /old", &fields("always", sent)),
                form("app::form", "POST /new", &fields("always", names)),
            ],
        )
    };
    let redirect = || redirect("app::old", "POST /old", "/new");
    let is_first =
        |steps: &[Step], id: &str| changes(&steps[0]).contains(&named(ChangeKind::Change, id));
    let plain = handler("app::old", "POST /old", NONE);
    let there = steps(
        &version("1.0.0", plain, &["text"], &[]),
        &version("1.1.0", redirect(), &["text"], &["text"]),
    );
    assert!(there.len() == 3 && is_first(&there, "app::old"));
    let strict = handler("app::old", "POST /old", &fields("required", &["more"]));
    let back = steps(
        &version("1.0.0", redirect(), &["text"], &["text"]),
        &version("1.1.0", strict, &["text", "more"], &[]),
    );
    assert!(!is_first(&back, "app::old") && is_first(&back, "app::new"));
}

/// The form changes first, and no handler has to take both: nothing new is sent.
#[test]
fn a_field_that_takes_less_is_narrowed_in_two_releases() {
    let version = |version, kind: &str, more: &[Value]| {
        let field = |key: &str| json!({ "name": "rows", key: true, "type": kind });
        let read = json!([&[field("required")], more].concat());
        build(
            version,
            &[handler("app::save", "POST /save", &read)],
            &[form("app::form", "POST /save", &json!([field("always")]))],
        )
    };
    let more = json!({ "name": "more", "required": false, "type": "text" });
    let steps = steps(
        &version("1.0.0", "text", &[]),
        &version("1.1.0", "integer", &[more]),
    );
    assert_eq!(steps.len(), 2);
    assert_eq!(changes(&steps[0]), [named(ChangeKind::Change, "app::form")]);
    assert_eq!(changes(&steps[1]), [named(ChangeKind::Change, "app::save")]);
}

/// As a field of the body does: old nodes would ignore what the new pages send there.
#[test]
fn a_field_of_the_query_becomes_required_in_three_releases() {
    let version = |version, names: &[&str]| {
        let mut handler = handler("app::save", "POST /save", NONE);
        handler["query"] =
            json!({ "reader": "serde_urlencoded", "fields": fields("required", names) });
        let mut form = form("app::form", "POST /save", NONE);
        form["query"] = fields("always", names);
        build2(version, &[handler], &[form])
    };
    let steps = steps(&version("1.0.0", &[]), &version("1.1.0", &["tab"]));
    assert_eq!(
        steps.iter().map(changes).collect::<Vec<_>>(),
        [
            [named(ChangeKind::Tolerate, "app::save")],
            [named(ChangeKind::Change, "app::form")],
            [named(ChangeKind::Change, "app::save")],
        ]
    );
}

/// One form must change before the new handler is there, another one after the old one is gone:
/// one that takes both stands between, for one release.
#[test]
fn a_handler_that_takes_both_stands_between_two_forms() {
    let version = |version, handled: Value, one: &[&str], other: &[&str]| {
        let mut handler = handler("app::save", "POST /save", &handled);
        handler["unknown_fields"] = json!("deny");
        build(
            version,
            &[handler],
            &[
                form("app::one", "POST /save", &fields("always", one)),
                form("app::other", "POST /save", &fields("always", other)),
            ],
        )
    };
    let field =
        |name: &str, required: bool| json!({ "name": name, "required": required, "type": "text" });
    let steps = steps(
        &version(
            "1.0.0",
            json!([field("a", false), field("b", false)]),
            &["a"],
            &["b"],
        ),
        &version(
            "1.1.0",
            json!([field("a", false), field("b", true), field("c", false)]),
            &["a", "b"],
            &["b", "c"],
        ),
    );
    assert_eq!(
        steps.iter().map(changes).collect::<Vec<_>>(),
        [
            vec![
                named(ChangeKind::Tolerate, "app::save"),
                named(ChangeKind::Change, "app::one")
            ],
            vec![
                named(ChangeKind::Change, "app::save"),
                named(ChangeKind::Change, "app::other")
            ],
        ]
    );
}

/// The pages of the first release have expired for the second handler that goes, since the first
/// one waited for them; mails of that release have not, and need neither.
#[test]
fn what_has_been_waited_for_is_not_waited_for_again() {
    let version = |version, handlers: &[&str], forms: &[&str]| {
        let handlers = handlers.iter().chain(&["mail"]);
        let handlers: Vec<Value> = handlers
            .map(|name| handler(name, &format!("POST /{name}"), NONE))
            .collect();
        let forms = forms.iter().chain(&["mail"]);
        let forms: Vec<Value> = forms
            .map(|name| {
                let mut form = form(name, &format!("POST /{name}"), NONE);
                if *name == "mail" {
                    form["lifetime"] = json!("30d");
                }
                form
            })
            .collect();
        build2(version, &handlers, &forms)
    };
    let releases = [
        version("1.0.0", &["a", "b"], &["a", "b"]),
        version("1.1.0", &["a", "b"], &[]),
        version("1.2.0", &["b"], &[]),
        version("1.3.0", &[], &[]),
    ];
    let Sequence::Accepted(steps) = sequence(&releases, &Policy::default()).unwrap() else {
        panic!("each overlap is accepted");
    };
    assert_eq!(waits(&steps), [Wait::Roll, Wait::PageLifetime, Wait::Roll]);
}
