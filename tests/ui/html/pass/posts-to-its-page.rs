//! A form without an action posts to wherever its page is shown; a relative address is relative to
//! each path of its page.

use askama::Template;
use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

use axum::Form;

#[derive(Fields)]
struct Note {
    text: String,
}

#[handler(GET "/notes/new", since = "1.0.0")]
fn new() {}

#[handler(PATCH "/notes/{id}", since = "1.2.0")]
fn update() {}

#[handler(GET "/notes", POST "/notes", GET "/start", since = "1.0.0")]
fn notes(Form(note): Form<Note>) -> String {
    note.text
}

/// Older than one of its pages.
#[form(page = [new, update], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post"><input name="text"></form><a href="?all">All</a>"#
)]
struct Edit;

/// The page serves what the form sends, under one of its paths.
#[form(page = notes, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action=""><input name="text"></form>"#
)]
struct Notes;

/// One page with one path: that is its address.
#[form(page = "/elsewhere/{id}", since = "1.0.0")]
const TEXT: &str = r##"<form method="post" action="#top"></form>"##;

/// Relative to each path of its page: both are one directory.
#[form(page = notes, since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<form method="post" action="save"></form>"#)]
struct Sibling;

#[handler(GET "/drafts/{id}", GET "/drafts/{id}/text", since = "1.0.0")]
fn draft() {}

/// The paths of its pages are in three directories, and `/notes/new` and `/notes/{id}` in one.
#[form(page = [draft, new, update, "/other/page/", "/other/x/"], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="../save"></form>"#
)]
struct Above;

#[handler(POST "/drafts/{id}/text/publish", since = "1.0.0")]
fn publish_text() {}

#[handler(POST "/drafts/all/publish", since = "1.0.0")]
fn publish_all() {}

/// What a hole of one of the paths may mean takes the place of that path alone.
#[form(page = [draft, "/x"], posts_to = [publish_text, publish_all], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="./{{ id }}/publish"></form>"#
)]
struct Publish {
    id: u32,
}

/// The page of a form that a failed submission shows again.
#[handler(POST "/again", since = "1.0.0")]
#[form(since = "1.0.0")]
fn again() -> &'static str {
    r#"<form method="post"></form>"#
}

#[test]
fn passes() {
    let own = r#""posts_to":[{"method":"POST","self":true}],"#;
    let pages = |pages: &str| format!("\"pages\":[{pages}],\"kind\":\"submit\"");
    RECORDS.assert_holds(
        "Edit",
        &[
            own,
            &pages(
                r#"{"method":"GET","path":"/notes/new"},{"method":"PATCH","path":"/notes/{id}"}"#,
            ),
            r#"{"format":2,"#,
        ],
    );
    RECORDS.assert_holds(
        "Edit#GET .",
        &[r#""posts_to":[{"method":"GET","self":true,"elsewhere":true}],"#],
    );
    RECORDS.assert_holds(
        "Notes",
        &[
            own,
            &pages(r#"{"method":"GET","path":"/notes"},{"method":"GET","path":"/start"}"#),
        ],
    );
    RECORDS.assert_holds(
        "TEXT",
        &[
            r#""posts_to":[{"method":"POST","path":"/elsewhere/{id}"}]"#,
            &pages(r#"{"method":"GET","path":"/elsewhere/{id}"}"#),
        ],
    );
    for (item, paths) in [
        ("Sibling", &["/save"][..]),
        ("Above", &["/save", "/drafts/save", "/other/save"]),
        (
            "Publish",
            &[
                "/drafts/{id}/text/publish",
                "/drafts/all/publish",
                "/{id}/publish",
            ],
        ),
    ] {
        let entries = paths
            .iter()
            .map(|path| format!(r#"{{"method":"POST","path":"{path}"}}"#));
        let entries: Vec<String> = entries.collect();
        RECORDS.assert_holds(item, &[&format!("\"posts_to\":[{}]", entries.join(","))]);
    }
    let all = RECORDS.all("again");
    let form = all.iter().find(|json| json.contains("\"form\":")).unwrap();
    // The only path.
    let path = r#""posts_to":[{"method":"POST","path":"/again"}],"#;
    assert!(form.contains(path), "{form}");
    assert!(
        form.contains(&pages(r#"{"method":"POST","path":"/again"}"#)),
        "{form}"
    );

    let note = Note {
        text: String::new(),
    };
    let _ = (new(), update(), notes(Form(note)), again(), TEXT);
    let _ = (draft(), publish_text(), publish_all());
    let publish = Publish { id: 1 }.render().unwrap();
    assert!(publish.len() > Sibling.render().unwrap().len());
    assert!(Above.render().unwrap().len() > Sibling.render().unwrap().len());
    assert!(Edit.render().unwrap().len() > Notes.render().unwrap().len());
}
