//! The help: pages of plain text.

use std::path::{Path, PathBuf};

use coexist::{form, handler};
use maud::html;
use rocket::get;

use crate::errors::{Problem, not_found};
use crate::pages::{Page, page};

coexist::prefix!(pub(crate) Help = "/help");

/// Path below `/help`, title, text.
const PAGES: [(&str, &str, &str); 3] = [
    (
        "",
        "Help",
        "Choose an event, fill in the form, and come. It costs nothing.",
    ),
    (
        "signing-up/cancel",
        "If you cannot come",
        "Cancel on the event's page, with the address that you signed up with: somebody else may want the seat.",
    ),
    (
        "privacy",
        "Privacy",
        "Everyone sees your name on the event's page; nobody sees your address.",
    ),
];

#[handler(under = Help, since = "1.0.0")]
#[form(since = "1.0.0")]
#[get("/<page..>")]
pub(crate) fn help(page: PathBuf) -> Result<Page, Problem> {
    let found = PAGES.iter().find(|(path, ..)| page == Path::new(path));
    let (_, title, text) = found.ok_or_else(|| not_found("There is no such page."))?;
    let others = PAGES.iter().filter(|(path, ..)| page != Path::new(path));
    Ok(self::page(
        title,
        &html! {
            p { (text) }
            nav aria-label="Help" {
                @for (path, title, _) in others { a href={ "/help/" (path) } { (title) } }
            }
        },
    ))
}
