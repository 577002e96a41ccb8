use coexist::{form, handler};

use axum::Form;
struct Undeclared;

#[handler(POST "/a", since = "1.0.0")]
fn undeclared_arguments_are_fine(_: Form<Undeclared>) {}

#[handler(POST "/b", since = "1.0.0", accepts = Undeclared)]
fn accepts_names_it() {}

#[form(posts_to = accepts_names_it, sends = Undeclared, since = "1.0.0")]
fn sends_names_it() {}

fn main() {}
