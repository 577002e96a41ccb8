//! A form without an action posts to wherever its page is shown.

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
    assert!(Edit.render().unwrap().len() > Notes.render().unwrap().len());
}
