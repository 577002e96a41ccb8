//! `posts_to` beside an address with text and a hole says which endpoints the hole can mean.

use askama::Template;
use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[handler(POST "/csv/import/{id}", since = "1.0.0")]
fn import_csv() {}

#[handler(POST "/json/import/{id}", since = "1.0.0", encoding = "json")]
fn import_json() {}

#[handler(POST "/{kind}/import/{id}", since = "1.0.0")]
fn import_any() {}

#[handler(POST "/other", since = "1.0.0")]
fn other() {}

#[form(posts_to = [import_csv, import_json], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/{{ kind }}/import/{{ id }}"></form>"#
)]
struct Two {
    kind: &'static str,
    id: u32,
}

#[form(posts_to = [import_csv, import_any], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/{{ kind }}/import/{{ id }}"></form>"#
)]
struct WithAny {
    kind: &'static str,
    id: u32,
}

#[handler(POST "/xml/import/{id}", POST "/yaml/import/{id}", GET "/xml", since = "1.0.0")]
fn import_others() {}

/// Each endpoint of a handler that the hole can mean.
#[form(posts_to = POST import_others, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/{{ kind }}/import/{{ id }}"></form>"#
)]
struct OneHandler {
    kind: &'static str,
    id: u32,
}

/// What no hole can mean stays as it is.
#[form(posts_to = [import_csv, other], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<form method="post" action="/csv/import/{{ id }}" id="import"></form>
<form method="post" action="/{{ place }}/export"></form>
<form method="post" action="{{ url }}" id="open"></form>
"#
)]
struct Others {
    place: &'static str,
    id: u32,
    url: &'static str,
}

#[test]
fn passes() {
    const CSV: &str = r#"{"method":"POST","path":"/csv/import/{id}"}"#;
    const JSON: &str = r#"{"method":"POST","path":"/json/import/{id}","encoding":"json"}"#;
    const ANY: &str = r#"{"method":"POST","path":"/{kind}/import/{id}"}"#;
    for (item, expected) in [
        ("Two", &[CSV, JSON][..]),
        ("WithAny", &[CSV, ANY]),
        (
            "OneHandler",
            &[
                r#"{"method":"POST","path":"/xml/import/{id}"}"#,
                r#"{"method":"POST","path":"/yaml/import/{id}"}"#,
            ],
        ),
        ("Others#import", &[CSV]),
        (
            "Others#POST /{place}/export",
            &[r#"{"method":"POST","path":"/{place}/export"}"#],
        ),
        (
            "Others#open",
            &[CSV, r#"{"method":"POST","path":"/other"}"#],
        ),
    ] {
        let posts_to = format!("\"posts_to\":[{}]", expected.join(","));
        RECORDS.assert_holds(item, &[&posts_to]);
    }
    let _ = (import_csv, import_json, import_any, import_others, other);
    let (two, any) = (Two { kind: "csv", id: 1 }, WithAny { kind: "csv", id: 1 });
    assert_eq!(two.render().unwrap(), any.render().unwrap());
    let one = OneHandler { kind: "csv", id: 1 };
    assert_eq!(one.render().unwrap(), any.render().unwrap());
    let others = Others {
        place: "a",
        id: 1,
        url: "/",
    };
    assert!(others.render().unwrap().contains("/a/export"));
}
