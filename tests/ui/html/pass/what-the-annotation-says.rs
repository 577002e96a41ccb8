//! What no template can tell: `posts_to` for an address that is one expression, what a
//! script sends.

use askama::Template;
use coexist::{Fields, form, handler};
use serde::Deserialize;

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

struct Query<T>(T);

#[handler(GET "/notes/{id}", since = "1.0.0")]
fn show() {}

#[handler(POST "/notes/{id}", since = "1.0.0")]
fn save() {}

#[handler(DELETE "/notes/{id}", since = "1.0.0", until = "2.0.0")]
fn remove() {}

#[handler(POST "/events", since = "1.0.0", encoding = "json")]
fn event() {}

/// Of several, the method chooses: only a link's handler must be gone in time.
#[form(posts_to = [show, save, "GET /search", "PATCH /old"], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<a href="{{ url }}">Show</a>
<form method="post" action="{{ url }}"><input name="text"></form>
<form method="{{ method }}" action="{{ url }}" id="open"></form>
"#
)]
struct ByMethod<'a> {
    url: &'a str,
    method: &'a str,
}

/// One of them is left undeclared, the others are as they are.
#[form(posts_to = _, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<a href="{{ url }}">Out</a> <a href="/help">Help</a>"#
)]
struct Undeclared {
    url: &'static str,
}

#[derive(Deserialize, Fields)]
struct Sorted {
    sort: Option<String>,
}

#[handler(GET "/list", since = "1.0.0")]
fn list(_query: Query<Sorted>) {}

/// A link whose query is in an expression; what the HTML shows of another one stays.
#[form(posts_to = list, sends = Sorted, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<a href="{{ url }}">By name</a> <a href="/list?sort=size">By size</a>"#
)]
struct Links {
    url: &'static str,
}

/// Beside a form, `sends` is about the form.
#[form(posts_to = list, sends = Sorted, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<a href="{{ url }}">List</a> <form action="{{ url }}"></form>"#
)]
struct Beside {
    url: &'static str,
}

/// Each by itself.
#[form(name = "remove", posts_to = remove, until = "1.9.0", since = "1.0.0")]
#[form(name = "tracking", posts_to = event, since = "1.0.0")]
#[form(posts_to = save, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<button id="remove" hx-delete="{{ url }}">Remove</button>
<form method="post" action="{{ url }}"></form>
<script>setInterval(() => navigator.sendBeacon("/events", "{}"), 1000)</script>
"#
)]
struct Several {
    url: &'static str,
}

/// A form that a script takes over: its method, encoding and fields are not those of
/// the HTML.
#[form(name = "paste", posts_to = event, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form id="paste"><textarea name="text"></textarea></form>"#
)]
struct Taken;

/// A page from which only a script sends.
#[form(posts_to = event, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = "<script>fetch('/events', {method: 'POST'})</script>"
)]
struct Script;

fn posts_to(item: &str, expected: &[&str]) {
    RECORDS.assert_holds(item, &[&format!("\"posts_to\":[{}]", expected.join(","))]);
}

#[test]
fn passes() {
    const SHOW: &str = r#"{"method":"GET","path":"/notes/{id}"}"#;
    const SAVE: &str = r#"{"method":"POST","path":"/notes/{id}"}"#;
    const SEARCH: &str = r#"{"method":"GET","path":"/search","elsewhere":true}"#;
    const OLD: &str = r#"{"method":"PATCH","path":"/old","elsewhere":true}"#;
    const EVENT: &str = r#"{"method":"POST","path":"/events","encoding":"json"}"#;

    assert_eq!(RECORDS.names("ByMethod"), ["GET url", "POST url", "open"]);
    posts_to("ByMethod#GET url", &[SEARCH, SHOW]);
    posts_to("ByMethod#POST url", &[SAVE]);
    posts_to("ByMethod#open", &[SEARCH, OLD, SHOW, SAVE]);

    assert_eq!(RECORDS.names("Undeclared"), ["GET /help"]);
    posts_to(
        "Undeclared#GET /help",
        &[r#"{"method":"GET","path":"/help","elsewhere":true}"#],
    );

    assert_eq!(RECORDS.names("Several"), ["", "remove", "tracking"]);
    posts_to(
        "Several#remove",
        &[r#"{"method":"DELETE","path":"/notes/{id}"}"#],
    );
    posts_to("Several#tracking", &[EVENT]);
    posts_to("Several", &[SAVE]);

    const SORTED: &str = r#""fields":[{"name":"sort","required":false"#;
    RECORDS.assert_holds("Links#GET url", &[SORTED, "\"encoding\":\"query\""]);
    RECORDS.assert_holds("Links#GET /list", &[r#"{"name":"sort","required":true"#]);
    RECORDS.assert_lacks("Beside#GET url", &["fields"]);
    RECORDS.assert_holds("Beside", &[SORTED]);

    posts_to("Script", &[EVENT]);
    posts_to("Taken#paste", &[EVENT]);
    RECORDS.assert_lacks("Taken#paste", &["fields", "\"encoding\":\"urlencoded"]);

    let page = ByMethod {
        url: "/",
        method: "get",
    };
    assert!(page.render().unwrap().contains("method=\"get\""));
    let _ = (Undeclared { url: "/" }, Several { url: "/" }, Script, Taken);
    let _ = (Links { url: "/" }, Beside { url: "/" });
    let _ = (show, save, remove, event, list);
}
