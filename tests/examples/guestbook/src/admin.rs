//! The host's pages, below `/admin`. The guestbook listens on this machine only;
//! one that others can reach would ask for a password here.

use std::sync::Arc;

use actix_web::web::{Data, Html, Path, Redirect};
use actix_web::{get, post};
use askama::Template;
use coexist::{form, handler};

use crate::entries::no_such_entry;
use crate::errors::Problem;
use crate::pages::page;
use crate::store::{Entry, Store};

coexist::prefix!(pub(crate) Admin = "/admin");

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "admin.html")]
struct AdminPage {
    entries: Vec<Arc<Entry>>,
}

#[form(posts_to = delete, since = "1.0.0")]
#[derive(Template)]
#[template(path = "delete.html")]
struct DeletePage {
    entry: Arc<Entry>,
}

#[handler(under = Admin, since = "1.0.0")]
#[get("")]
pub(crate) async fn overview(store: Data<Store>) -> Result<Html, Problem> {
    let entries = store.all();
    page(&AdminPage { entries })
}

#[handler(under = Admin, since = "1.0.0")]
#[get(r"/entries/{id:\d+}/delete")]
pub(crate) async fn confirm(store: Data<Store>, id: Path<usize>) -> Result<Html, Problem> {
    let entry = store.get(*id).ok_or_else(no_such_entry)?;
    page(&DeletePage { entry })
}

#[handler(under = Admin, since = "1.0.0")]
#[form(posts_to = overview, since = "1.0.0")]
#[post(r"/entries/{id:\d+}/delete")]
pub(crate) async fn delete(store: Data<Store>, id: Path<usize>) -> Result<Redirect, Problem> {
    if !store.delete(*id) {
        return Err(no_such_entry());
    }
    Ok(Redirect::to(overview::URL).see_other())
}
