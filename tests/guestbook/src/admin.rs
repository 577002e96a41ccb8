//! The host's pages, below `/admin`. The guestbook listens on this machine only;
//! one that others can reach would ask for a password here.

use std::sync::Arc;

use actix_web::web::{Data, Html, Path, Redirect};
use actix_web::{get, post};
use askama::Template;

use crate::entries::no_such_entry;
use crate::errors::Problem;
use crate::pages::page;
use crate::store::{Entry, Store};

#[derive(Template)]
#[template(path = "admin.html")]
struct AdminPage {
    entries: Vec<Arc<Entry>>,
}

#[derive(Template)]
#[template(path = "delete.html")]
struct DeletePage {
    entry: Arc<Entry>,
}

#[get("")]
pub(crate) async fn overview(store: Data<Store>) -> Result<Html, Problem> {
    let entries = store.all();
    page(&AdminPage { entries })
}

#[get(r"/entries/{id:\d+}/delete")]
pub(crate) async fn confirm(store: Data<Store>, id: Path<usize>) -> Result<Html, Problem> {
    let entry = store.get(*id).ok_or_else(no_such_entry)?;
    page(&DeletePage { entry })
}

#[post(r"/entries/{id:\d+}/delete")]
pub(crate) async fn delete(store: Data<Store>, id: Path<usize>) -> Result<Redirect, Problem> {
    if !store.delete(*id) {
        return Err(no_such_entry());
    }
    Ok(Redirect::to("/admin").see_other())
}
