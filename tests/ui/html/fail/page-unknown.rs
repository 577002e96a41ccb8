use askama::Template;
use coexist::form;
use maud::{Markup, html};

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"
<form method="post"></form>
<a href="#top">Top</a>
<a href="?page=2">Next</a>
<a href="edit">Edit</a>
<button hx-delete="">Delete</button>"##
)]
struct Page;

#[form(since = "1.0.0")]
fn page(id: u32) -> Markup {
    html! {
        form method="post" {}
        a href={ "../" (id) } { "Other" }
    }
}

fn not_annotated() {}

#[form(page = not_annotated, since = "1.0.0")]
fn wrong_page() -> Markup {
    html! { form method="post" {} }
}

struct Pages;

impl Pages {
    #[form(page = POST not_annotated, since = "1.0.0")]
    #[form(page = "edit", name = "b", since = "1.0.0")]
    fn with_a_method(&self) -> Markup {
        html! {
            form method="post" {}
            form name="b" method="post" {}
        }
    }
}

fn main() {}
