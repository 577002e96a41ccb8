use askama::Template;
use coexist::form;
use maud::{Markup, html};

coexist::prefix!(Api = "/api");

#[coexist::handler(POST "/notes", under = Api, since = "1.0.0")]
fn add() {}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{{ crate::add::PATH }}"></form>"#
)]
struct Page;

#[form(since = "1.0.0")]
fn page() -> Markup {
    html! {
        form method="post" action=(add::PATH) {}
    }
}

#[form(posts_to = add, since = "1.0.0")]
const TEXT: &str = "<form method='post' action='/notes'></form>";

fn main() {}
