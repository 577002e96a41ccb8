//! The events: which there are, and the page of each.

use coexist::{Fields, form, handler};
use maud::{Markup, html};
use rocket::{FromForm, State, get};

use crate::errors::{Problem, not_found};
use crate::pages::{Page, page};
use crate::signups::{cancel_form, sign_up_form};
use crate::store::{EVENTS, Event, Store};

coexist::prefix!(pub(crate) Events = "/events");

/// What the search form sends.
#[derive(FromForm, Fields)]
pub(crate) struct Search {
    q: Option<String>,
    free: bool,
}

#[handler(under = Events, accepts = Search, since = "1.0.0")]
#[form(posts_to = list, since = "1.0.0")]
#[get("/?<search..>")]
pub(crate) fn list(search: Search, store: &State<Store>) -> Page {
    let wanted = search.q.as_deref().unwrap_or_default().trim();
    let events = EVENTS
        .iter()
        .map(|event| (event, store.seats_left(event)))
        .filter(|(event, left)| event.mentions(wanted) && (*left > 0 || !search.free));
    page(
        "Events",
        &html! {
            form method="get" action="/events" role="search" {
                label for="q" { "Events that mention" }
                input id="q" name="q" type="search" value=(wanted);
                label.check {
                    input type="checkbox" name="free" value="true" checked[search.free];
                    "with seats left"
                }
                button { "Search" }
            }
            table {
                thead { tr {
                    th scope="col" { "Event" }
                    th scope="col" { "When" }
                    th scope="col" { "Where" }
                    th.number scope="col" { "Seats left" }
                } }
                tbody {
                    @for (event, left) in events { tr {
                        td { a href={ "/events/" (event.id) } { (event.title) } }
                        td { (event.when) }
                        td { (event.place) }
                        td.number { (left) }
                    } }
                }
            }
        },
    )
}

#[handler(under = Events, since = "1.0.0")]
#[get("/<event>")]
pub(crate) fn show(event: &str, store: &State<Store>) -> Result<Page, Problem> {
    let event = find(event)?;
    let participants = store.participants(event);
    Ok(page(
        event.title,
        &html! {
            p { (event.when) ", " (event.place) ". Seats left: " (store.seats_left(event)) "." }
            h2 { "Who comes" }
            @if participants.is_empty() {
                p { "Nobody has signed up yet." }
            } @else {
                ul {
                    @for one in &participants {
                        li { (one) }
                    }
                }
            }
            h2 { "Sign up" }
            (sign_up_form(event))
            (group_link(event))
            @if !participants.is_empty() {
                h2 { "Cancel" }
                (cancel_form(event))
            }
        },
    ))
}

#[cfg(feature = "group-form")]
#[form(since = "1.0.0")]
fn group_link(event: &Event) -> Markup {
    html! { p { "You are several? " a href={ "/events/groups/" (event.id) } { "Sign up a group" } "." } }
}

#[cfg(not(feature = "group-form"))]
fn group_link(_event: &Event) -> Markup {
    html! {}
}

/// The event that an address names.
pub(crate) fn find(id: &str) -> Result<&'static Event, Problem> {
    let found = EVENTS.iter().find(|event| event.id == id);
    found.ok_or_else(|| not_found("There is no such event."))
}

impl Event {
    fn mentions(&self, wanted: &str) -> bool {
        let wanted = wanted.to_lowercase();
        [self.title, self.when, self.place]
            .iter()
            .any(|text| text.to_lowercase().contains(&wanted))
    }
}
