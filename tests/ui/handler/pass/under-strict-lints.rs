//! The annotations pass the lints that a careful app turns on.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    unused
)]
#![deny(
    dead_code,
    missing_docs,
    unreachable_pub,
    unnameable_types,
    unsafe_op_in_unsafe_fn
)]
#![deny(
    missing_debug_implementations,
    missing_copy_implementations,
    unused_qualifications
)]
#![deny(
    absolute_paths_not_starting_with_crate,
    explicit_outlives_requirements,
    redundant_lifetimes
)]
#![deny(
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unused_lifetimes,
    unused_results
)]
#![deny(
    non_ascii_idents,
    meta_variable_misuse,
    let_underscore_drop,
    ambiguous_negative_literals
)]
#![deny(unused_import_braces, unused_macro_rules, variant_size_differences)]

use coexist::{Fields, form, handler};

coexist::release!();

/// Extracts a form.
use axum::Form;

/// What is imported.
#[derive(Debug, Fields)]
#[serde(deny_unknown_fields)]
pub struct CsvImport<'a> {
    /// Its name.
    pub file_name: &'a str,
    /// How it is read.
    pub mode: Option<Mode>,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, Fields)]
pub enum Mode {
    /// As it is.
    Plain,
}

/// Imports.
#[handler(POST "/imports/csv", since = "1.0.0")]
pub async fn import_csv(Form(import): Form<CsvImport<'_>>) -> String {
    format!("{import:?}")
}

#[handler(POST "/private", since = "1.0.0")]
fn private(Form(_): Form<CsvImport<'static>>) {}

/// A page.
#[form(posts_to = [import_csv, crate::private], sends = CsvImport<'_>, since = "1.0.0")]
pub fn upload_page() -> &'static str {
    import_csv::PATH
}

/// A template.
#[form(name = "one", posts_to = import_csv, since = "1.0.0")]
#[form(name = "other", posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Clone, Copy, Debug)]
pub struct Page;

impl Page {
    /// A part.
    #[form(posts_to = import_csv, since = "1.0.0")]
    pub const PART: &'static str = "";

    /// A method.
    #[form(posts_to = import_csv, since = "1.0.0")]
    pub fn show(&self) -> &'static str {
        Self::PART
    }
}

fn main() {
    drop(import_csv(Form(CsvImport {
        file_name: "",
        mode: Some(Mode::Plain),
    })));
    private(Form(CsvImport {
        file_name: "",
        mode: None,
    }));
    assert_eq!(upload_page(), "/imports/csv");
    assert_eq!(Page.show(), "");
    assert_eq!(coexist::records().count(), 8);
}
