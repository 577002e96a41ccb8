//! The sign-up of one person, with guests or without, and its cancellation.

use coexist::{Fields, form, handler};
use maud::{Markup, Render, html};
use rocket::form::Form;
use rocket::response::Redirect;
use rocket::{FromForm, FromFormField, State, post};

use crate::errors::{Problem, unusable};
use crate::events::{Events, find, show};
use crate::store::{Event, Refused, Store};

/// How many guests one person may bring.
const MOST_GUESTS: u8 = 4;

/// What the form on an event's page sends.
#[derive(Clone, FromForm, Fields)]
pub(crate) struct SignUp {
    pub(crate) name: String,
    pub(crate) email: String,
    /// Besides themselves.
    pub(crate) guests: u8,
    pub(crate) brings: Brings,
    pub(crate) note: Option<String>,
    /// Whether the event's page leaves the name out.
    pub(crate) hide_name: bool,
}

#[derive(Clone, Copy, FromFormField, Fields)]
pub(crate) enum Brings {
    Nothing,
    Food,
    Drinks,
}

/// What the form for those who cannot come sends.
#[derive(FromForm, Fields)]
pub(crate) struct Cancellation {
    email: String,
}

#[form(posts_to = sign_up, sends = SignUp, since = "1.0.0")]
pub(crate) fn sign_up_form(event: &Event) -> Markup {
    html! {
        form method="post" action={ "/events/signups/" (event.id) } {
            label for="name" { "Name" }
            input #name name="name" required autocomplete="name";
            label for="email" { "E-mail" }
            input #email name="email" type="email" required autocomplete="email";
            label for="guests" { "Guests you bring" }
            input #guests name="guests" type="number" min="0" max=(MOST_GUESTS) value="0" required;
            (brings_select())
            label for="note" { "Note " small { "(optional)" } }
            textarea #note name="note" rows="2" {}
            label.check {
                input type="checkbox" name="hide_name" value="true";
                "Do not show my name"
            }
            button { "Sign up" }
        }
    }
}

pub(crate) fn brings_select() -> Markup {
    html! {
        label for="brings" { "To the table you bring" }
        select #brings name="brings" {
            option value="nothing" { "Nothing" }
            option value="food" { "Food" }
            option value="drinks" { "Drinks" }
        }
    }
}

#[form(posts_to = cancel, since = "1.0.0")]
pub(crate) fn cancel_form(event: &Event) -> Markup {
    html! {
        form method="post" action={ "/events/signups/" (event.id) "/cancel" } {
            label for="cancelled" { "E-mail that you signed up with" }
            input #cancelled name="email" type="email" required autocomplete="email";
            button { "Cancel" }
        }
    }
}

#[handler(under = Events, since = "1.0.0")]
#[post("/signups/<event>", data = "<form>")]
pub(crate) fn sign_up(
    event: &str,
    form: Form<SignUp>,
    store: &State<Store>,
) -> Result<Redirect, Problem> {
    let event = find(event)?;
    add(store, event, vec![form.into_inner().checked()?])
}

#[handler(under = Events, since = "1.0.0")]
#[post("/signups/<event>/cancel", data = "<form>")]
pub(crate) fn cancel(
    event: &str,
    form: Form<Cancellation>,
    store: &State<Store>,
) -> Result<Redirect, Problem> {
    let event = find(event)?;
    if !store.cancel(event, form.email.trim()) {
        return Err(unusable("Nobody has signed up with this address."));
    }
    Ok(to_page_of(event))
}

/// Signs up all of these, or says why not.
pub(crate) fn add(store: &Store, event: &Event, new: Vec<SignUp>) -> Result<Redirect, Problem> {
    match store.sign_up(event, new) {
        Ok(()) => Ok(to_page_of(event)),
        Err(Refused::Full(left)) => Err(unusable(&format!(
            "There are not enough seats: {left} left."
        ))),
        Err(Refused::Twice(email)) => Err(unusable(&format!("“{email}” has signed up already."))),
    }
}

/// A redirect is followed as a link is: by any node.
#[form(posts_to = show, since = "1.0.0")]
fn to_page_of(event: &Event) -> Redirect {
    Redirect::to(format!("/events/{}", event.id))
}

impl SignUp {
    /// The sign-up, if it says who comes, without white space around that.
    pub(crate) fn checked(mut self) -> Result<Self, Problem> {
        self.name = self.name.trim().to_owned();
        self.email = self.email.trim().to_owned();
        if self.name.is_empty() {
            return Err(unusable("The name is empty."));
        }
        if !self.email.contains('@') {
            return Err(unusable(&format!(
                "“{}” is not an e-mail address.",
                self.email
            )));
        }
        if self.guests > MOST_GUESTS {
            return Err(unusable(&format!(
                "More than {MOST_GUESTS} guests are too many."
            )));
        }
        Ok(self)
    }
}

/// As the event's page shows it to everyone.
impl Render for SignUp {
    fn render(&self) -> Markup {
        html! {
            @if self.hide_name { "Somebody" } @else { (self.name) }
            @if self.guests > 0 { ", guests: " (self.guests) }
            @match self.brings {
                Brings::Nothing => {}
                Brings::Food => ", brings food",
                Brings::Drinks => ", brings drinks",
            }
            @if let Some(note) = &self.note { @if !note.is_empty() { ": " q { (note) } } }
        }
    }
}
