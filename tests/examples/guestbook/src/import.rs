//! The import of an old book: the action that takes a pasted text file.

mod page;

use actix_web::post;
use actix_web::web::{Data, Form, Redirect};
use coexist::{Fields, form, handler};
use serde::Deserialize;

use crate::entries::{Kind, NewEntry, find};
use crate::errors::Problem;
use crate::store::Store;

pub(crate) use page::import_page;

/// What the form on the page sends.
#[derive(Deserialize, Fields)]
struct OldEntries {
    /// One entry a line, `Name: message`.
    lines: String,
    kind: Kind,
}

#[cfg_attr(feature = "import-form", handler(since = "1.0.0"))]
#[cfg_attr(
    not(feature = "import-form"),
    handler(since = "1.0.0", until = "1.2.0")
)]
#[form(posts_to = find, since = "1.0.0")]
#[post("/import")]
pub(crate) async fn import(
    store: Data<Store>,
    Form(old): Form<OldEntries>,
) -> Result<Redirect, Problem> {
    for entry in old.read()? {
        store.add(entry);
    }
    Ok(Redirect::to("/entries").see_other())
}

impl OldEntries {
    /// All entries, or the reason why one of them cannot be read.
    fn read(self) -> Result<Vec<NewEntry>, Problem> {
        let lines = (1..).zip(self.lines.lines());
        let entries = lines
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| {
                let (name, message) = line.split_once(':').ok_or_else(|| {
                    Problem::unusable(format!("Line {number} has no colon behind the name."))
                })?;
                let entry = NewEntry {
                    name: name.to_owned(),
                    town: None,
                    show_town: false,
                    kind: self.kind,
                    message: message.to_owned(),
                };
                entry.checked()
            })
            .collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            return Err(Problem::unusable("There is no entry in the text."));
        }
        Ok(entries)
    }
}
