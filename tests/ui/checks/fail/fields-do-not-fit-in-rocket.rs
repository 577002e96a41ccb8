//! What Rocket's rules say of the fields between a form and its handler.

use coexist::{Fields, form, handler};
use maud::{Markup, html};
use rocket::form::{Contextual, Form};
use rocket::{FromForm, FromFormField, post};

#[derive(FromForm, Fields)]
struct SignUp {
    name: String,
    brings: Brings,
    hide_name: bool,
    note: Option<Brings>,
    tags: Vec<Brings>,
    person: Person,
}

#[derive(FromForm, Fields)]
struct Person {
    email: String,
}

#[derive(FromFormField, Fields)]
enum Brings {
    Nothing,
    Food,
}

#[handler(since = "1.0.0")]
#[post("/signups", data = "<form>")]
fn sign_up(form: Form<SignUp>) {
    let _ = form;
}

#[handler(since = "1.0.0")]
#[post("/contextual", data = "<form>")]
fn contextual(form: Form<Contextual<'_, SignUp>>) {
    let _ = form;
}

/// A missing checkbox is no, a choice fits in any case, an `Option` takes anything.
#[form(posts_to = sign_up, since = "1.0.0")]
fn fits() -> Markup {
    html! {
        form method="post" action="/signups" {
            input name="name";
            select name="brings" { option value="NOTHING" {} option value="food" {} }
            input type="checkbox" name="hide_name";
            select name="note" { option value="" {} option value="food" {} }
            input type="checkbox" name="tags[]" value="food";
            input name="person.email";
            input name="csrf_token";
        }
    }
}

#[form(posts_to = sign_up, since = "1.0.0")]
fn does_not_fit() -> Markup {
    html! {
        form method="post" action="/signups" {
            select name="brings" { option value="drinks" {} option value="food" {} }
            input type="checkbox" name="hide_name" value="1";
            input name="person.email";
        }
    }
}

#[form(posts_to = contextual, since = "1.0.0")]
fn lacks_all() -> Markup {
    html! {
        form method="post" action="/contextual" {}
    }
}

fn main() {}
