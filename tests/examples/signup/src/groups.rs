//! The sign-up of a group: the action that takes a list of people.

mod page;

use coexist::{Fields, handler};
use rocket::form::Form;
use rocket::response::Redirect;
use rocket::{FromForm, State, post};

use crate::errors::{Problem, unusable};
use crate::events::{Events, find};
use crate::signups::{Brings, SignUp, add};
use crate::store::Store;

pub(crate) use page::group_page;

/// What the form on the page sends.
#[derive(FromForm, Fields)]
pub(crate) struct Group {
    name: String,
    /// One person a line, `Name, e-mail`.
    people: String,
    brings: Brings,
}

#[cfg_attr(feature = "group-form", handler(under = Events, since = "1.0.0"))]
#[cfg_attr(not(feature = "group-form"), handler(under = Events, since = "1.0.0", until = "1.2.0"))]
#[post("/groups/<event>", data = "<form>")]
pub(crate) fn sign_up_group(
    event: &str,
    form: Form<Group>,
    store: &State<Store>,
) -> Result<Redirect, Problem> {
    let event = find(event)?;
    add(store, event, form.read()?)
}

impl Group {
    /// All people, or the reason why one of them cannot be read.
    fn read(&self) -> Result<Vec<SignUp>, Problem> {
        let lines = (1..).zip(self.people.lines());
        let people = lines
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| {
                let (name, email) = line.rsplit_once(',').ok_or_else(|| {
                    unusable(&format!("Line {number} has no comma behind the name."))
                })?;
                let person = SignUp {
                    name: name.to_owned(),
                    email: email.to_owned(),
                    guests: 0,
                    brings: self.brings,
                    note: Some(self.name.trim().to_owned()),
                    hide_name: false,
                };
                person.checked()
            })
            .collect::<Result<Vec<_>, _>>()?;
        if people.is_empty() {
            return Err(unusable("There is nobody in the list."));
        }
        Ok(people)
    }
}
