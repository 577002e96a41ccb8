//! What all pages have in common, and where the app begins.

use coexist::{form, handler};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rocket::get;
use rocket::response::Redirect;
use rocket::response::content::RawHtml;

use crate::events::list;

pub(crate) type Page = RawHtml<String>;

/// What the foot of each page says: which release served it.
const RELEASE: &str = match option_env!("COEXIST_RELEASE") {
    Some(release) => release,
    None => env!("CARGO_PKG_VERSION"),
};

#[handler(since = "1.0.0")]
#[form(posts_to = list, since = "1.0.0")]
#[get("/")]
pub(crate) fn home() -> Redirect {
    Redirect::to("/events")
}

/// A page with this heading.
#[form(since = "1.0.0")]
pub(crate) fn page(title: &str, main: &Markup) -> Page {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Sign-up" }
                link rel="icon" href="data:,";
                style { (PreEscaped(example_common::STYLE)) (PreEscaped(include_str!("style.css"))) }
            }
            body {
                header {
                    a href="/events" { "Sign-up" }
                    nav aria-label="Pages" { a href="/help" { "Help" } }
                }
                main {
                    h1 { (title) }
                    (main)
                }
                footer { "Served by release " (RELEASE) }
            }
        }
    };
    RawHtml(markup.into_string())
}
