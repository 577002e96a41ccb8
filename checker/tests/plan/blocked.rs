//! Changes that no sequence of releases makes, and what is said to be in the way.

use serde_json::json;

use super::*;

/// A build of these handlers, whose form sends a field of this name.
fn version(version: &str, handlers: &[Value], field: &str) -> Registry {
    let sent = json!([{ "name": field, "always": true, "type": "text" }]);
    build2(version, handlers, &[form("app::form", "POST /save", &sent)])
}

#[test]
fn a_form_that_fails_both_ways_where_no_handler_can_stand_between() {
    let reads = |id: &str, at: &str, name: &str| {
        handler(
            id,
            at,
            &json!([{ "name": name, "required": true, "type": "text" }]),
        )
    };
    let mut redirect = handler("app::old", "POST /save", NONE);
    redirect["redirect"] = json!({ "status": 308, "to": "/target" });
    let target = reads("app::target", "POST /target", "x");
    // Other handlers go, and are not in the way.
    let [a, b] = ["a", "b"].map(|id| handler(id, &format!("POST /{id}"), NONE));
    let old = version("1.0.0", &[a, b, redirect, target.clone()], "x");
    let new = version(
        "1.1.0",
        &[reads("app::new", "POST /save", "y"), target],
        "y",
    );
    let Plan::Blocked(blocks) = plan(&old, &new, &Policy::default()).unwrap() else {
        panic!("what redirects reads nothing");
    };
    let blocks = blocks
        .iter()
        .map(|block| (&*block.method, &*block.path, &block.forms[..]));
    let blocks: Vec<_> = blocks.collect();
    assert_eq!(blocks, [("POST", "/save", &["app::form".to_owned()][..])]);
}

/// Of many endpoints that change, two are in the way: what leads to a circle, and what follows it,
/// is not.
#[test]
fn of_many_changes_those_in_the_way_are_named_with_their_forms() {
    let version = |version: &str, kind: &str, to: &str, field: &str, other: &str| {
        let kinds = json!([{ "name": "n", "required": true, "type": kind }]);
        // In another version, they are other handlers.
        let loose = json!([{ "name": version, "required": false, "type": "text" }]);
        let names = ["a", "b", "c", "d", "e"];
        let mut handlers: Vec<Value> = names
            .iter()
            .map(|name| handler(name, &format!("POST /{name}"), &loose))
            .collect();
        let mut redirect = handler("moved", "POST /y", NONE);
        redirect["redirect"] = json!({ "status": 308, "to": to });
        let target = |path: &str, name: &str| {
            let fields = json!([{ "name": name, "required": true, "type": "text" }]);
            handler(path, &format!("POST {path}"), &fields)
        };
        handlers.extend([
            redirect,
            target("/to/1", "x"),
            target("/to/2", "y"),
            handler(other, &format!("POST /{other}"), NONE),
            handler("kept", "POST /z", &kinds),
        ]);
        let sent = json!([{ "name": field, "always": true, "type": "text" }]);
        let mut circle = form("circle", "POST /y", &sent);
        let second = json!({ "method": "POST", "path": format!("/{other}") });
        circle["posts_to"].as_array_mut().unwrap().push(second);
        let text = json!([{ "name": "n", "always": true, "type": "text" }]);
        let forms = [
            form("a", "POST /a", NONE),
            circle,
            form("same", "POST /z", &text),
        ];
        build2(version, &handlers, &forms)
    };
    let blocked = |old: &Registry, new: &Registry| {
        let Plan::Blocked(blocks) = plan(old, new, &Policy::default()).unwrap() else {
            panic!("there is no way");
        };
        let blocks = blocks.into_iter().map(|block| (block.path, block.forms));
        blocks.collect::<Vec<_>>()
    };
    let one = |path: &str, form: &str| vec![(path.to_owned(), vec![form.to_owned()])];
    let old = version("1.0.0", "text", "/to/1", "x", "gone");
    // A form that does not change refuses to follow.
    let new = version("1.1.0", "integer", "/to/1", "x", "come");
    assert_eq!(blocked(&old, &new), one("/z", "same"));
    // A form and a redirect wait for each other.
    let new = version("1.1.0", "text", "/to/2", "y", "come");
    assert_eq!(blocked(&old, &new), one("/y", "circle"));
}

/// One form of two redirects, neither of which can follow it.
#[test]
fn all_that_is_in_a_circle_is_in_the_way() {
    let version = |version: &str, to: &str, field: &str| {
        let fields = |key: &str, name: &str| json!([{ "name": name, key: true, "type": "text" }]);
        let target = |path: &str, name: &str| {
            handler(path, &format!("POST {path}"), &fields("required", name))
        };
        let redirect = |path: &str| {
            let mut handler = handler(path, &format!("POST {path}"), NONE);
            handler["redirect"] = json!({ "status": 308, "to": to });
            handler
        };
        let handlers = [
            redirect("/a"),
            redirect("/b"),
            target("/to/1", "x"),
            target("/to/2", "y"),
        ];
        let mut form = form("app::form", "POST /a", &fields("always", field));
        let second = json!({ "method": "POST", "path": "/b" });
        form["posts_to"].as_array_mut().unwrap().push(second);
        build2(version, &handlers, &[form])
    };
    let (old, new) = (
        version("1.0.0", "/to/1", "x"),
        version("1.1.0", "/to/2", "y"),
    );
    let Plan::Blocked(blocks) = plan(&old, &new, &Policy::default()).unwrap() else {
        panic!("what redirects reads nothing");
    };
    let paths: Vec<&str> = blocks.iter().map(|block| &*block.path).collect();
    assert_eq!(paths, ["/a", "/b"]);
}

/// Where a tolerant handler refuses one form, others are bound as if there were none, and what
/// such a handler would have to take is said.
#[test]
fn a_form_that_the_handler_in_between_refuses_is_in_the_way() {
    let choice = |name: &str, certain: &str, choices: &[&str]| json!({ "name": name, certain: certain == "required", "type": "choice", "choices": choices });
    let read = json!([
        choice("x", "required", &["1", "2", "a"]),
        { "name": "y", "required": false, "type": "choice", "choices": ["1", "b"] },
    ]);
    let mut strict = handler("app::put", "PUT /b", &read);
    strict["unknown_fields"] = json!("deny");
    let sent = |name| json!([choice(name, "always", &["1", "b"])]);
    let old = build2(
        "1.0.0",
        &[strict],
        &[form("app::form", "PUT /b", &sent("z"))],
    );
    let mut redirect = handler("app::moved", "PUT /a", &json!([]));
    redirect["redirect"] = json!({ "status": 308, "to": "/b" });
    let new = build2(
        "1.1.0",
        &[redirect, handler("app::put", "PUT /b", &json!([]))],
        &[form("app::form", "PUT /b", &sent("x"))],
    );
    let Plan::Blocked(blocks) = plan(&old, &new, &Policy::default()).unwrap() else {
        panic!("the old handler requires what may be missing");
    };
    let must_take = blocks.iter().map(|block| {
        let fields = block.must_take.iter().flatten();
        let names: Vec<&str> = fields.map(|field| &*field.name).collect();
        (&*block.path, names, &block.forms[..])
    });
    let must_take: Vec<_> = must_take.collect();
    let forms = &["app::form".to_owned()][..];
    assert_eq!(must_take, [("/b", vec!["x", "y"], forms)]);
}
