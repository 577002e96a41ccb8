//! The JSON importer: its page, and the upload of a file.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Multipart, State};
use axum::response::{Redirect, Response, Result};
use coexist::{Fields, form, handler};
use serde_json::Value;

use super::Import;
use crate::errors::Unusable;
use crate::pages::{page, redirect_to_import};
use crate::store::Store;

/// What the form on the page sends.
#[derive(Fields)]
struct JsonImport {
    file: File,
    notes: Option<String>,
}

struct File {
    name: String,
    contents: Bytes,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "json.html")]
struct JsonPage;

#[handler(GET "/imports/json", since = "1.0.0")]
pub(crate) async fn json_page() -> Response {
    page(&JsonPage)
}

#[handler(POST "/imports/json", accepts = JsonImport, since = "1.0.0")]
pub(crate) async fn import_json(State(store): State<Store>, parts: Multipart) -> Result<Redirect> {
    let import = JsonImport::receive(parts).await?.read()?;
    Ok(redirect_to_import(store.add(import)))
}

impl JsonImport {
    async fn receive(mut parts: Multipart) -> Result<Self> {
        let (mut file, mut notes) = (None, None);
        while let Some(part) = parts.next_field().await? {
            match part.name() {
                Some("file") => {
                    let name = part.file_name().unwrap_or_default().to_owned();
                    file = Some(File {
                        name,
                        contents: part.bytes().await?,
                    });
                }
                Some("notes") => notes = Some(part.text().await?),
                _ => {}
            }
        }
        let file = file.ok_or_else(|| Unusable("There is no file in the upload.".to_owned()))?;
        Ok(Self { file, notes })
    }

    fn read(self) -> Result<Import, Unusable> {
        let mut import = Import::new("JSON", &self.file.name, self.notes)?;
        let rows: Vec<Value> = serde_json::from_slice(&self.file.contents)
            .map_err(|error| Unusable(format!("The file is not a JSON list: {error}.")))?;
        for (number, row) in (1..).zip(rows) {
            let contact = serde_json::from_value(row).map_err(|error| error.to_string());
            import.take(format!("Entry {number}"), contact);
        }
        Ok(import)
    }
}
