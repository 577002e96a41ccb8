//! The page for groups: the form, and after it a notice that it is gone.

use coexist::{form, handler};
use maud::html;
use rocket::get;

use crate::errors::Problem;
use crate::events::{Events, find};
#[cfg(feature = "group-form")]
use crate::groups::{Group, sign_up_group};
use crate::pages::{Page, page};
#[cfg(feature = "group-form")]
use crate::signups::brings_select;

#[cfg(feature = "group-form")]
#[handler(under = Events, since = "1.0.0")]
#[form(posts_to = sign_up_group, sends = Group, since = "1.0.0")]
#[get("/groups/<event>")]
pub(crate) fn group_page(event: &str) -> Result<Page, Problem> {
    let event = find(event)?;
    Ok(page(
        &format!("{}: sign up a group", event.title),
        &html! {
            form method="post" action={ "/events/groups/" (event.id) } {
                label for="name" { "Name of the group" }
                input #name name="name" required autocomplete="organization";
                label for="people" { "People, one a line" }
                textarea #people name="people" rows="6" required placeholder="Ada Lovelace, ada@example.org" {}
                (brings_select())
                button { "Sign up" }
            }
        },
    ))
}

/// For those who still have an event's page with a link to the form.
#[cfg(not(feature = "group-form"))]
#[handler(under = Events, since = "1.0.0", until = "1.2.0")]
#[form(since = "1.1.0")]
#[get("/groups/<event>")]
pub(crate) fn group_page(event: &str) -> Result<Page, Problem> {
    let event = find(event)?;
    Ok(page(
        "The sign-up of groups is gone",
        &html! {
            p {
                "A form that you still have open works for now. From here on, please "
                a href={ "/events/" (event.id) } { "sign up each person" } "."
            }
        },
    ))
}
