//! The entries: what visitors write, find and read.

use std::sync::Arc;

use actix_web::web::{Data, Form, Html, Path, Query, Redirect};
use actix_web::{get, post};
use askama::Template;
use coexist::{Fields, form, handler};
use serde::Deserialize;

use crate::errors::Problem;
use crate::pages::page;
use crate::store::{Entry, Store};

/// What the form on the home page sends.
#[derive(Deserialize, Fields)]
pub(crate) struct NewEntry {
    pub(crate) name: String,
    pub(crate) town: Option<String>,
    /// Else only the host sees the town.
    #[serde(default)]
    pub(crate) show_town: bool,
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

#[derive(Clone, Copy, Deserialize, Fields)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Greeting,
    Praise,
    Question,
}

/// What the search form sends.
#[derive(Default, Deserialize, Fields)]
#[serde(default)]
struct Search {
    q: String,
    order: Order,
}

#[derive(Clone, Copy, Default, Deserialize, Fields, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Order {
    #[default]
    Newest,
    Oldest,
}

#[form(posts_to = find, since = "1.0.0")]
#[derive(Template)]
#[template(path = "entries.html")]
struct EntriesPage {
    search: Search,
    entries: Vec<Arc<Entry>>,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "entry.html")]
struct EntryPage {
    entry: Arc<Entry>,
}

#[handler(since = "1.0.0")]
#[get("/entries")]
pub(crate) async fn find(
    store: Data<Store>,
    Query(search): Query<Search>,
) -> Result<Html, Problem> {
    let wanted = search.q.trim().to_lowercase();
    let mut entries = store.all();
    entries.retain(|entry| entry.content.mentions(&wanted));
    if search.order == Order::Newest {
        entries.reverse();
    }
    page(&EntriesPage { search, entries })
}

#[handler(since = "1.0.0")]
#[form(posts_to = show, since = "1.0.0")]
#[post("/entries")]
pub(crate) async fn sign(
    store: Data<Store>,
    Form(entry): Form<NewEntry>,
) -> Result<Redirect, Problem> {
    let id = store.add(entry.checked()?);
    Ok(Redirect::to(format!("/entries/{id}")).see_other())
}

#[handler(since = "1.0.0")]
#[get("/entries/{id}")]
pub(crate) async fn show(store: Data<Store>, id: Path<usize>) -> Result<Html, Problem> {
    let entry = store.get(*id).ok_or_else(no_such_entry)?;
    page(&EntryPage { entry })
}

pub(crate) fn no_such_entry() -> Problem {
    Problem::not_found("There is no such entry.")
}

impl NewEntry {
    /// The entry, if there is something in it, without white space around that.
    pub(crate) fn checked(mut self) -> Result<Self, Problem> {
        for text in [&mut self.name, &mut self.message]
            .into_iter()
            .chain(&mut self.town)
        {
            *text = text.trim().to_owned();
        }
        self.town = self.town.filter(|town| !town.is_empty());
        if self.name.is_empty() {
            return Err(Problem::unusable("The entry has no name below it."));
        }
        if self.message.is_empty() {
            return Err(Problem::unusable("The entry says nothing."));
        }
        Ok(self)
    }

    /// The town, if everyone may see it.
    pub(crate) fn public_town(&self) -> Option<&str> {
        self.town.as_deref().filter(|_| self.show_town)
    }

    /// Whether a visitor sees this text, in lower case, in the entry.
    fn mentions(&self, wanted: &str) -> bool {
        [&self.name, &self.message]
            .map(String::as_str)
            .into_iter()
            .chain(self.public_town())
            .any(|text| text.to_lowercase().contains(wanted))
    }
}

impl Kind {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Greeting => "Greeting",
            Self::Praise => "Praise",
            Self::Question => "Question",
        }
    }
}
