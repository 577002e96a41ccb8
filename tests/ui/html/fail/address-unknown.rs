use askama::Template;
use coexist::form;
use maud::{Markup, html};

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "unknown-addresses.html")]
struct Page {
    next: String,
    target: String,
    other: String,
    more: String,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<p>Import</p>
<form method="post" action="{{ target }}"></form>"#
)]
struct Inline {
    target: String,
}

#[form(since = "1.0.0")]
fn page(target: &str) -> Markup {
    html! {
        form method="post" action=(target) {}
    }
}

fn main() {}
