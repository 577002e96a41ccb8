use askama::Template;
use coexist::{Fields, form, handler};

use axum::Form;

#[derive(Fields)]
struct Note {
    text: String,
}

#[handler(GET "/notes/new", since = "1.0.0")]
fn new() {}

#[handler(GET "/start", GET "/notes", POST "/notes", since = "1.0.0")]
fn notes(_: Form<Note>) {}

// `notes` takes what is sent under one of its own paths, and requires `text`.
#[form(page = [new, notes], since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<form method="post"><input name="title"></form>"#)]
struct Sent;

#[handler(POST "/other", since = "1.0.0")]
fn other() {}

// Nothing under the paths of the pages is `other`.
#[form(page = [new, notes], posts_to = other, since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<form method="post"><input name="text"></form>"#)]
struct Target;

fn main() {}
