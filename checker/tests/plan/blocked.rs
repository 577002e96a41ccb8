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
