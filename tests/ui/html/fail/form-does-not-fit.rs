use askama::Template;
use coexist::{Fields, form, handler};
use maud::{Markup, html};

use axum::Form;
use axum::Json;
use axum::extract::Query;

mod notes {
    use super::{Color, Fields, Form, Json, Query, handler};

    #[derive(Fields)]
    #[serde(deny_unknown_fields)]
    pub struct Note {
        text: String,
        color: Color,
        author: String,
    }

    #[derive(Fields)]
    pub struct Search {
        q: String,
        page: u32,
    }

    #[handler(POST "/notes", since = "1.0.0")]
    pub fn add(_: Form<Note>) {}

    #[handler(PUT "/notes/{id}", since = "1.0.0")]
    pub fn replace() {}

    #[handler(POST "/notes.json", since = "1.0.0")]
    pub fn add_json(_: Json<Note>) {}

    #[handler(GET "/search", since = "1.0.0")]
    pub fn search(_: Query<Search>) {}
}

#[derive(Fields)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "color.html")]
struct FromAFile;

#[form(posts_to = notes::add, since = "1.0.0")]
fn in_a_function() -> Markup {
    html! {
        form method="post" action="/notes" {
            input name="text";
            input name="color" type="hidden" value="red";
        }
        form method="post" action="/notes" {
            input name="text";
            input name="color" type="hidden" value="blue";
            input name="author";
        }
    }
}

#[form(since = "1.0.0")]
fn with_another_method() -> Markup {
    html! { form method="post" action=(notes::replace::URL) {} }
}

#[form(since = "1.0.0")]
fn with_another_encoding() -> Markup {
    html! {
        form method="post" action=(notes::add_json::URL) {
            input name="text"; input name="author"; input name="color";
        }
    }
}

#[form(since = "1.0.0")]
fn in_the_query() -> Markup {
    html! {
        a href={ (notes::search::URL) "?q=all" } { "All" }
        form action=(notes::search::URL) { input name="q"; }
        form method="post" action=(notes::search::URL) { input name="q"; input name="page"; }
    }
}

fn main() {}
