//! The CSV importer: the action that takes a pasted file.

mod page;

use axum::extract::{Form, State};
use axum::response::{Redirect, Result};
use coexist::{Fields, handler};
use csv::{ErrorKind, ReaderBuilder, Trim};
use serde::Deserialize;

use super::Import;
use crate::errors::Unusable;
use crate::pages::redirect_to_import;
use crate::store::Store;

pub(crate) use page::csv_page;

/// What the form on the page sends.
#[derive(Deserialize, Fields)]
pub(crate) struct CsvImport {
    file_name: String,
    separator: Separator,
    contents: String,
    notes: Option<String>,
}

#[derive(Deserialize, Fields)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
enum Separator {
    Comma = b',',
    Semicolon = b';',
    Tab = b'\t',
}

#[cfg_attr(feature = "csv-form", handler(POST "/imports/csv", since = "1.0.0"))]
#[cfg_attr(not(feature = "csv-form"), handler(POST "/imports/csv", since = "1.0.0", until = "1.2.0"))]
pub(crate) async fn import_csv(
    State(store): State<Store>,
    Form(import): Form<CsvImport>,
) -> Result<Redirect> {
    Ok(redirect_to_import(store.add(import.read()?)))
}

impl CsvImport {
    fn read(self) -> Result<Import, Unusable> {
        let mut import = Import::new("CSV", &self.file_name, self.notes)?;
        let mut reader = ReaderBuilder::new()
            .delimiter(self.separator as u8)
            .trim(Trim::All)
            .from_reader(self.contents.as_bytes());
        let columns = reader
            .headers()
            .map_err(|error| Unusable(reason(&error)))?
            .clone();
        for needed in ["name", "email"] {
            if !columns.iter().any(|column| column == needed) {
                return Err(Unusable(format!(
                    "The first line names no column “{needed}”. Is the separator the right one?"
                )));
            }
        }
        // As in a spreadsheet, the columns' names are row 1.
        for (number, row) in (2..).zip(reader.records()) {
            let contact = row.and_then(|row| row.deserialize(Some(&columns)));
            import.take(
                format!("Row {number}"),
                contact.map_err(|error| reason(&error)),
            );
        }
        Ok(import)
    }
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("Number of values: {len}, of columns: {expected_len}.")
        }
        _ => error.to_string(),
    }
}
