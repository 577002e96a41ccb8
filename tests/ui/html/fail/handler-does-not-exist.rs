use askama::Template;
use coexist::form;
use maud::{Markup, html};

mod imports {
    pub fn not_annotated() {}
}

struct Settings;

impl Settings {
    const PATH: &str = "/settings";
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{{ crate::imports::gone::PATH }}"></form>"#
)]
struct Gone;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<a href="{{ crate::imports::not_annotated::PATH }}">Imports</a>"#
)]
struct NotAnnotated;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<a href="{{ Settings::PATH }}">Settings</a>"#)]
struct OfAnotherType;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = r#"<a href="{{ misspelt::PATH }}">Settings</a>"#)]
struct WithoutAModule;

#[form(since = "1.0.0")]
fn page() -> Markup {
    html! {
        form method="post" action=(imports::gone::PATH) {}
    }
}

fn main() {}
