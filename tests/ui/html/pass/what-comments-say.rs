//! A comment before an element says what the annotation does not: once for all pages.

use askama::Template;
use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[derive(Fields)]
struct Search {
    name: String,
    page: Option<u32>,
}

use axum::extract::Query;

#[handler(GET "/", since = "1.0.0")]
fn home() {}

#[handler(GET "/search", since = "1.4.0", until = "3.0.0")]
fn search(Query(search): Query<Search>) -> String {
    format!("{} {:?}", search.name, search.page)
}

#[handler(POST "/send", since = "1.0.0")]
fn send() {}

/// Older than what its links lead to.
#[form(since = "1.0.0", until = "2.5.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<a href="{{ home::URL }}">Home</a>
<a href="{{ search::URL }}?name={{ name }}">Search</a>
"#
)]
struct Old {
    name: &'static str,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<a href="{{ home::URL }}">Home</a>
{#- coexist: since = "1.4.0", until = "2.9.0" -#}
{# coexist: flag = "search" #}
<a href="{{ search::URL }}?name=new">Search</a>
<a href="/list?page=1">1</a> <a href="/list?page=2">2</a> <a href="/list?page={{ name }}">…</a>
<a href="/list">List</a>
"#
)]
struct WithComments {
    name: &'static str,
}

/// A line of a layout that leads out of the app; beside it, `posts_to` is about the form.
#[form(posts_to = send, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
{# coexist: posts_to = _ #}
<a href="{{ out }}">Sources</a>
<form method="post" action="{{ url }}"></form>
"#
)]
struct WithLayout {
    out: &'static str,
    url: &'static str,
}

#[form(since = "1.0.0")]
const OUT: &str = r#"<!-- coexist: posts_to = _ --><a href="/elsewhere">Out</a>"#;

#[form(flag = "old", since = "1.0.0")]
const TEXT: &str = r#"<a href="/a">A</a>
<!-- coexist: since = "1.2.0", flag = "new" -->
<a href="/b">B</a>"#;

#[test]
fn passes() {
    let since = |item: &str, parts: &[&str]| RECORDS.assert_holds(item, parts);
    since("Old#GET search", &[r#""since":"1.0.0","until":"2.5.0""#]);
    since("WithComments#GET home", &[r#""since":"1.0.0","posts_to""#]);
    RECORDS.assert_lacks("WithComments#GET home", &["flag"]);
    since(
        "WithComments#GET search",
        &[
            r#""since":"1.4.0","until":"2.9.0""#,
            r#""flag":"search","encoding":"query""#,
            r#""fields":[{"name":"name","required":true,"type":"choice","choices":["new"]}]"#,
        ],
    );
    let page = r#""fields":[{"name":"page","required":true,"#;
    since("WithComments#GET /list", &[page, r#""type":"text"}]"#]);
    since("WithComments#GET /list 2", &[r#""fields":[]"#]);
    RECORDS.assert_lacks("WithComments#GET /list 2", &["encoding"]);
    since("TEXT#GET /a", &[r#""since":"1.0.0""#, r#""flag":"old""#]);
    assert_eq!(RECORDS.names("WithLayout"), [""]);
    assert!(RECORDS.all("OUT").is_empty());
    since("TEXT#GET /b", &[r#""since":"1.2.0""#, r#""flag":"new""#]);

    assert!(
        !WithComments { name: "x" }
            .render()
            .unwrap()
            .contains("coexist")
    );
    let found = Search {
        name: String::new(),
        page: None,
    };
    let _ = (home(), search(Query(found)), Old { name: "x" }, TEXT);
    let _ = (send(), OUT, WithLayout { out: "", url: "" });
}
