use askama::Template;
use coexist::form;
use maud::{Markup, html};

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = "<p>Nothing here</p>")]
struct Nothing;

#[form(since = "1.0.0")]
const TEXT: &str = "<a href='https://example.org'>Elsewhere</a>";

#[form(name = "save", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form id="edit" action="/a"></form><form id="edit" name="b" action="/b"></form>"#
)]
struct OtherNames;

#[form(name = "save", since = "1.0.0")]
fn no_names() -> Markup {
    html! { form action="/a" {} }
}

#[form(name = "save", since = "1.0.0")]
#[form(since = "1.1.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<form id="save" action="/a"></form>"#)]
struct NothingLeft;

#[form(since = "1.0.0")]
#[form(since = "1.1.0")]
fn two_rests() -> Markup {
    html! { form action="/a" {} }
}

fn main() {}
