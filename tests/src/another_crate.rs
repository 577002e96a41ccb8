//! A handler in another crate than the forms of the ui tests.

use coexist::{Fields, handler};

/// An extractor of a form.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// What [`import_csv()`] reads.
#[derive(Debug, Fields)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its declaration is of use")]
pub struct CsvImport {
    file_name: String,
    separator: Separator,
}

/// How its values are separated.
#[derive(Debug, Fields)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "their names say it")]
pub enum Separator {
    Comma,
    Tab,
}

/// Imports nothing.
#[handler(POST "/imports/csv", since = "1.2.0", until = "9.0.0", reader = "serde_urlencoded")]
pub fn import_csv(_import: Form<CsvImport>) {}
