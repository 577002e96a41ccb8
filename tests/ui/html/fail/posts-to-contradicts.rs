use askama::Template;
use coexist::{form, handler};
use maud::{Markup, html};

#[handler(POST "/imports/csv", since = "1.0.0")]
fn import_csv() {}

#[handler(POST "/imports/json", since = "1.0.0")]
fn import_json() {}

#[handler(GET "/imports/csv", since = "1.0.0")]
fn csv_page() {}

#[form(posts_to = import_json, since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/imports/csv"></form>"#
)]
struct AnotherPath;

#[form(posts_to = [import_csv, csv_page], since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{{ crate::import_csv::PATH }}"></form>"#
)]
struct AnotherMethod;

#[form(posts_to = [csv_page, "POST /imports/xml"], since = "1.0.0")]
fn another_program(url: &str) -> Markup {
    html! {
        form method="post" action="/imports/csv" {}
        a href=(url) { "Imports" }
    }
}

#[form(posts_to = csv_page, since = "1.0.0")]
fn nobody_takes_it(url: &str) -> Markup {
    html! {
        a href=(url) { "Imports" }
        form method="post" action=(url) {}
    }
}

#[form(posts_to = DELETE import_csv, since = "1.0.0")]
fn not_its_method(url: &str) -> Markup {
    html! { button hx-delete=(url) { "Delete" } }
}

fn main() {}
