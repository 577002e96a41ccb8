//! Templates in the attribute: addresses of every kind.

use askama::Template;
use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

coexist::prefix!(Api = "/api");

#[handler(POST "/notes", since = "1.0.0")]
fn add() {}

mod admin {
    use coexist::handler;

    #[handler(DELETE "/users/{id}", under = crate::html::askama_inline::Api, since = "1.0.0")]
    pub fn remove() {}

    #[handler(GET "/users", under = crate::html::askama_inline::Api, since = "1.0.0")]
    pub fn users() {}
}

/// A handler is named by its constant, with its path as `use` would take it.
#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"
<form method="post" action="{{ add::PATH }}"><input name="a"></form>
<form method="post" action="{{ self::add::URL }}#done"><input name="b"></form>
<a href="{{ admin::users::URL }}?page=2">Users</a>
<button hx-delete="{{ crate::html::askama_inline::admin::remove::URL.replace("{id}", "7") }}">Remove</button>
"##
)]
struct Named;

/// The page has no address of its own in its template: the annotation says it.
#[form(page = "/lists/{list}/items", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<form method="post"><input name="a"></form>
<form method="post" action="items/{{ id }}"><input name="b"></form>
<a href="../{{ other }}/items">Other</a>
<a href="?page=2">Next</a>
<a href="https://example.org/">Out</a>
<a href="mailto:info@example.org">Mail</a>
"#
)]
struct Relative {
    id: u32,
    other: u32,
}

/// A page with two addresses sends to either.
#[form(page = [admin::users, "/people"], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form><input name="q" type="search"></form>"#
)]
struct Search;

/// One address of two: a condition chooses.
#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{% if draft %}/drafts{% else %}{{ add::URL }}{% endif %}"></form>"#
)]
struct Either {
    draft: bool,
}

/// What is written twice is sent from one place.
#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<a href="/x">X</a> <a href="/x">X again</a> <form action="/x"></form>"#
)]
struct Twice;

fn posts_to(item: &str, expected: &[&str]) {
    RECORDS.assert_holds(item, &[&format!("\"posts_to\":[{}]", expected.join(","))]);
}

#[test]
fn passes() {
    const ADD: &str = r#"{"method":"POST","path":"/notes"}"#;

    assert_eq!(
        RECORDS.names("Named"),
        ["DELETE remove", "GET users", "POST add", "POST add 2"]
    );
    posts_to("Named#POST add", &[ADD]);
    posts_to("Named#POST add 2", &[ADD]);
    posts_to(
        "Named#GET users",
        &[r#"{"method":"GET","path":"/api/users"}"#],
    );
    posts_to(
        "Named#DELETE remove",
        &[r#"{"method":"DELETE","path":"/api/users/{id}"}"#],
    );

    assert_eq!(
        RECORDS.names("Relative"),
        ["GET .", "GET ../{other}/items", "POST .", "POST items/{id}"]
    );
    posts_to(
        "Relative#POST .",
        &[r#"{"method":"POST","path":"/lists/{list}/items"}"#],
    );
    posts_to(
        "Relative#POST items/{id}",
        &[r#"{"method":"POST","path":"/lists/{list}/items/{id}"}"#],
    );
    posts_to(
        "Relative#GET ../{other}/items",
        &[r#"{"method":"GET","path":"/lists/{other}/items","elsewhere":true}"#],
    );
    posts_to(
        "Relative#GET .",
        &[r#"{"method":"GET","path":"/lists/{list}/items","elsewhere":true}"#],
    );
    RECORDS.assert_holds(
        "Relative#POST .",
        &[r#""pages":[{"method":"GET","path":"/lists/{list}/items"}]"#],
    );

    posts_to("Search", &[r#"{"method":"GET","self":true}"#]);
    RECORDS.assert_holds(
        "Search",
        &[
            r#""pages":[{"method":"GET","path":"/api/users"},{"method":"GET","path":"/people"}]"#,
            r#""encoding":"query""#,
            r#""fields":[{"name":"q","required":true,"type":"text"}]"#,
        ],
    );

    // Pages do not share the Rust file as they share a template.
    RECORDS.assert_lacks("Search", &["template"]);

    posts_to("Either", &[r#"{"method":"POST","path":"/drafts"}"#, ADD]);

    assert_eq!(RECORDS.names("Twice"), ["", "GET /x"]);
    posts_to(
        "Twice#GET /x",
        &[r#"{"method":"GET","path":"/x","elsewhere":true}"#],
    );
    posts_to("Twice", &[r#"{"method":"GET","path":"/x"}"#]);

    let _ = (add, admin::remove, admin::users);
    assert!(Named.render().unwrap().contains(r#"action="/notes#done""#));
    assert!(
        Relative { id: 1, other: 2 }
            .render()
            .unwrap()
            .contains("items/1")
    );
    let _ = (Search, Either { draft: true }.render().unwrap(), Twice);
}
