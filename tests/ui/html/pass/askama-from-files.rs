//! Templates in files: through `extends`, `block` and `include`.

use askama::Template;
use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

use axum::Form;

#[derive(Fields)]
#[allow(dead_code)]
struct Note {
    text: String,
    color: Color,
    pinned: Option<String>,
}

#[derive(Fields)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code)]
enum Color {
    Red,
    Blue,
    Green,
}

#[handler(GET "/", since = "1.0.0")]
fn home() {}

#[handler(POST "/notes", since = "1.0.0")]
fn add(_: Form<Note>) {}

#[handler(POST "/notes/{id}", since = "1.1.0", until = "3.0.0")]
fn edit(_: Form<Note>) {}

#[handler(POST "/notes/{id}/delete", since = "1.2.0")]
fn delete() {}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "notes.html")]
struct Page {
    ids: Vec<u32>,
}

#[form(name = "edit", since = "1.1.0", until = "2.0.0", posts_to = edit)]
#[form(since = "1.0.0")]
#[form(name = "add", since = "1.0.0")]
#[derive(Template)]
#[template(path = "notes.html")]
struct Several {
    ids: Vec<u32>,
}

#[derive(Template)]
#[template(path = "notes.html", block = "main")]
#[form(since = "1.0.0")]
struct Block {
    ids: Vec<u32>,
}

const FIELDS: &str = r#""fields":[{"name":"text","required":true,"constraints":[{"kind":"length","unit":"utf16","min":1}],"type":"text"},{"name":"color","required":true,"type":"choice","choices":["red","blue"]},{"name":"pinned","required":false,"type":"choice","choices":["on"]}]"#;

#[test]
fn passes() {
    assert_eq!(
        RECORDS.names("Page"),
        ["GET /", "POST /notes/{id}/delete", "add", "edit"]
    );
    RECORDS.assert_holds(
        "Page#add",
        &[
            r#""posts_to":[{"method":"POST","path":"/notes","encoding":"urlencoded"}]"#,
            FIELDS,
        ],
    );
    RECORDS.assert_holds(
        "Page#edit",
        &[
            r#""posts_to":[{"method":"POST","path":"/notes/{id}"}]"#,
            r#""encoding":"urlencoded""#,
            FIELDS,
        ],
    );
    RECORDS.assert_holds(
        "Page#POST /notes/{id}/delete",
        &[r#""posts_to":[{"method":"POST","path":"/notes/{id}/delete"}]"#],
    );
    RECORDS.assert_holds(
        "Page#GET /",
        &[r#""posts_to":[{"method":"GET","path":"/","elsewhere":true}]"#],
    );
    RECORDS.assert_lacks("Page#GET /", &["encoding"]);
    RECORDS.assert_holds("Page#GET /", &[r#""fields":[]"#]);

    for (item, file, line) in [
        ("Page#add", "notes", 3),
        ("Page#POST /notes/{id}/delete", "notes", 10),
        ("Page#GET /", "layout", 3),
        ("Several#GET /", "layout", 3),
    ] {
        let place =
            format!(r#""template":{{"file":"tests/templates/{file}.html","line":{line}}}}}"#);
        RECORDS.assert_holds(item, &[&place]);
    }

    assert_eq!(
        RECORDS.names("Several"),
        ["GET /", "POST /notes/{id}/delete", "add", "edit"]
    );
    RECORDS.assert_holds("Several#edit", &[r#""since":"1.1.0","until":"2.0.0""#]);
    RECORDS.assert_holds("Several#add", &[r#""since":"1.0.0","posts_to""#]);
    RECORDS.assert_holds("Several#GET /", &[r#""since":"1.0.0","posts_to""#]);

    assert_eq!(
        RECORDS.names("Block"),
        ["POST /notes/{id}/delete", "add", "edit"]
    );

    let ids = || vec![7];
    let page = Page { ids: ids() }.render().unwrap();
    assert!(page.contains(r#"action="/notes/7""#), "{page}");
    assert_eq!(Several { ids: ids() }.render().unwrap(), page);
    let _ = (Block { ids: ids() }, home, add, edit, delete);
}
