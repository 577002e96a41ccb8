use askama::Template;
use coexist::form;
use maud::{Markup, html};

mod notes {
    #[coexist::handler(POST "/notes", since = "1.1.0", until = "2.0.0")]
    pub fn add() {}
}

#[coexist::handler(GET "/notes", since = "1.0.0")]
fn list() {}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
<form id="a" method="post" action="{{ notes::add::PATH }}"></form>
<form id="b" method="post" action="{{ notes::add::PATH }}"></form>
<a href="{{ list::PATH }}">All</a>"#
)]
struct Page;

#[form(posts_to = [notes::add, list], since = "1.1.0", until = "2.0.0")]
fn page(url: &str) -> Markup {
    html! {
        a href=(url) { "All" }
        form method="post" action=(url) {}
    }
}

#[form(posts_to = notes::add, since = "1.1.0")]
const TEXT: &str = "<a href='/notes'>All</a><form method='post' action='/notes'></form>";

/// The other annotation is in time.
#[form(name = "add", since = "1.1.0", until = "1.9.0")]
#[form(since = "1.1.0")]
fn several() -> Markup {
    html! {
        form #add method="post" action=(notes::add::PATH) {}
        form method="post" action=(notes::add::PATH) { input name="a"; }
    }
}

fn main() {}
