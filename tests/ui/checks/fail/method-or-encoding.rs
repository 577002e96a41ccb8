use coexist::{Fields, form, handler};

use axum::Json;

#[derive(Fields)]
struct Note {
    text: String,
}

#[handler(POST "/a", since = "1.0.0")]
fn save(_: Json<Note>) {}

#[form(posts_to = save, sends = Note, encoding = "urlencoded", since = "1.0.0")]
fn page() {}

#[form(posts_to = PUT save, sends = Note, since = "1.0.0")]
fn other_method() {}

#[form(posts_to = POST save, sends = Note, since = "1.0.0")]
fn same_method() {}

fn main() {}
