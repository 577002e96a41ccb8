//! What goes wrong with a request, as the page that says so.

use maud::html;
use rocket::http::Status;
use rocket::{Request, catch};

use crate::pages::{Page, page};

/// What is answered in place of a page.
pub(crate) type Problem = (Status, Page);

pub(crate) fn not_found(message: &str) -> Problem {
    problem(Status::NotFound, message)
}

/// The request is understood, but what it asks for cannot be done.
pub(crate) fn unusable(message: &str) -> Problem {
    problem(Status::UnprocessableEntity, message)
}

/// What goes wrong before a handler runs, or without one.
#[catch(default)]
pub(crate) fn any(status: Status, _request: &Request<'_>) -> Problem {
    let message = match status.code {
        404 => "Nothing here takes this request.",
        422 => "The form lacks something, or holds what it should not.",
        _ => "The request could not be served.",
    };
    problem(status, message)
}

fn problem(status: Status, message: &str) -> Problem {
    let shown = page(
        &status.to_string(),
        &html! {
            p role="alert" { (message) }
            p { "If you sent a form: nothing was changed, and your browser's back button returns to it." }
        },
    );
    (status, shown)
}
