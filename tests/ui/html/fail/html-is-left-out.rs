use askama::Template;
use coexist::form;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", in_doc = true)]
/// ```askama
/// <form method="post" action="/x"></form>
/// ```
struct InDoc;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = "<a href='/x'>X</a>")]
enum OfVariants {
    #[template(ext = "html", source = "<form method='post' action='/x'></form>")]
    One,
    Other,
}

#[form(since = "1.0.0")]
fn in_a_macro(id: u32) -> String {
    let link = "<a href='/'>Home</a>";
    format!("{link}<form method='post' action='/items/{id}'></form>")
}

#[form(since = "1.0.0")]
fn all_in_a_macro(id: u32) -> String {
    format!("<form method='post' action='/items/{id}'></form>")
}

#[form(posts_to = _, since = "1.0.0")]
fn nothing_to_leave() {}

fn main() {}
