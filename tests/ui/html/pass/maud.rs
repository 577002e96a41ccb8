//! The markup of maud's `html!` in a function.

use coexist::{Fields, form, handler};
use maud::{Markup, html};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

use axum::Form;

#[derive(Fields)]
#[allow(dead_code)]
struct Note {
    text: String,
}

mod notes {
    use coexist::handler;

    #[handler(POST "/notes", since = "1.0.0")]
    pub fn add(_: super::Form<super::Note>) {}
}

/// A page of its own: the address of its form is that of the handler.
#[handler(GET "/account", since = "1.0.0")]
#[form(since = "1.0.0")]
fn handler_above() -> Markup {
    html! {
        form method="post" { input name="email" type="email"; button { "Save" } }
    }
}

#[form(since = "1.0.0")]
#[handler(GET "/account/{id}", since = "1.0.0")]
fn handler_below() -> Markup {
    html! {
        form method="post" action="email" { input name="email"; }
    }
}

#[form(name = "b", since = "1.0.0")]
#[handler(GET "/between", since = "1.0.0")]
#[form(name = "a", since = "1.0.0")]
#[form(since = "1.0.0")]
fn handler_between() -> Markup {
    html! {
        form id="a" method="post" { input name="text"; }
        form id="b" method="post" action="below" { input name="text"; }
        form method="post" { input name="other"; }
    }
}

#[form(since = "1.0.0")]
fn list(ids: &[u32]) -> Markup {
    html! {
        form #add method="post" action=(notes::add::PATH) {
            @if ids.is_empty() { input type="hidden" name="first" value="1"; }
            textarea name="text" {}
        }
        @for id in ids {
            a href=(format!("/notes/{id}")) { "Note " (id) }
            button hx-delete={ "/notes/" (id) } { "Delete" }
        }
        form hx-put="/settings" hx-vals=r#"{"theme": "dark"}"# { button { "Dark" } }
    }
}

struct Pages;

impl Pages {
    #[form(posts_to = notes::add, since = "1.0.0")]
    fn method(&self, url: &str) -> Markup {
        html! { form method="post" action=(url) { input name="text"; } }
    }
}

/// A page that is also a handler has another record for that.
fn posts_to(item: &str, expected: &[&str]) {
    let expected = format!("\"posts_to\":[{}]", expected.join(","));
    let records = RECORDS.all(item);
    assert!(
        records.iter().any(|record| record.contains(&expected)),
        "{expected}: {records:?}"
    );
}

#[test]
fn passes() {
    const ADD: &str = r#"{"method":"POST","path":"/notes","encoding":"urlencoded"}"#;

    posts_to("handler_above", &[r#"{"method":"POST","path":"/account"}"#]);
    posts_to(
        "handler_below",
        &[r#"{"method":"POST","path":"/account/email"}"#],
    );
    assert_eq!(RECORDS.names("handler_between"), ["", "", "a", "b"]);
    posts_to(
        "handler_between#a",
        &[r#"{"method":"POST","path":"/between"}"#],
    );
    posts_to(
        "handler_between#b",
        &[r#"{"method":"POST","path":"/below"}"#],
    );

    assert_eq!(
        RECORDS.names("list"),
        ["", "DELETE /notes/{id}", "GET /notes/{id}", "PUT /settings"]
    );
    posts_to("list", &[ADD]);
    RECORDS.assert_holds(
        "list",
        &[r#""fields":[{"name":"first","required":false,"type":"choice","choices":["1"]},{"name":"text","required":true,"type":"text"}]"#],
    );
    posts_to(
        "list#GET /notes/{id}",
        &[r#"{"method":"GET","path":"/notes/{id}","elsewhere":true}"#],
    );
    posts_to(
        "list#DELETE /notes/{id}",
        &[r#"{"method":"DELETE","path":"/notes/{id}"}"#],
    );
    posts_to(
        "list#PUT /settings",
        &[r#"{"method":"PUT","path":"/settings"}"#],
    );
    posts_to("method", &[ADD]);

    notes::add(Form(Note {
        text: String::new(),
    }));
    let _ = (
        handler_above(),
        handler_below(),
        handler_between(),
        list(&[]),
        Pages.method(""),
    );
}
