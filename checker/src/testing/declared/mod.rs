//! The test that what a rendered page sends is annotated, for pages that no macro can
//! read: it finds each form, link and htmx call that no annotation declares, and each
//! that sends other fields than declared.
//!
//! `submission` is what the HTML sends; `compare` compares it with an annotation; `verdict`
//! says what is wrong.

mod compare;
mod submission;
#[cfg(test)]
mod tests;
mod verdict;

use std::path::Path;

use coexist_html::{Htmx, Source, read};

use crate::artifact;
use crate::model::{Build, RoutedBuild};
use crate::registry::{Reader, Registry};
use crate::testing::{TestFailure, exceptions};

use submission::Submission;

/// Fails unless annotations of the running program declare all that a page sends:
/// `html`, as it is served at `path`.
///
/// ```no_run
/// # async fn get(path: &str) -> String { String::new() }
/// # async fn test() {
/// let html = get("/imports/csv").await;
/// coexist_checker::assert_declared("/imports/csv", &html);
/// # }
/// ```
///
/// A form, link or htmx call is declared if some annotated form sends to its endpoint,
/// and, where that says which fields: sends these. What is always sent must always be
/// in the page, and a declared choice offers no others. Links to other hosts are
/// ignored. [`Declared`] ignores paths and fields.
///
/// # Panics
///
/// If something is not declared, or there is nothing to compare with, with all that
/// is wrong.
#[track_caller]
pub fn assert_declared(path: &str, html: &str) {
    Declared::new().assert(path, html);
}

/// [`assert_declared`], with exceptions.
///
/// ```no_run
/// # let html = String::new();
/// use coexist_checker::testing::declared::Declared;
///
/// Declared::new()
///     .except("/static/{*rest}")
///     .except_field("csrf_token")
///     .assert("/imports/csv", &html);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Declared {
    except: Vec<String>,
    except_fields: Vec<String>,
}

impl Declared {
    /// Without exceptions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ignores what is sent to paths that this pattern takes: files, and parts of the app
    /// that are not annotated.
    #[must_use]
    pub fn except(mut self, path: &str) -> Self {
        self.except.push(path.to_owned());
        self
    }

    /// Ignores a field that no handler reads: one of a middleware.
    #[must_use]
    pub fn except_field(mut self, name: &str) -> Self {
        self.except_fields.push(name.to_owned());
        self
    }

    /// Compares, as [`assert_declared`] does.
    ///
    /// # Panics
    ///
    /// With the text of [`check`](Self::check), if that is an error.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    #[track_caller]
    pub fn assert(&self, path: &str, html: &str) {
        if let Err(failure) = self.check(path, html) {
            panic!("\n{failure}");
        }
    }

    /// Compares what a page sends with the annotations.
    ///
    /// # Errors
    ///
    /// If something that the page sends is not declared, with all problems; or if there is
    /// nothing to compare with.
    pub fn check(&self, path: &str, html: &str) -> Result<(), TestFailure> {
        let registry = artifact::read_running().map_err(TestFailure::no_records)?;
        self.check_registry(&registry, path, html)
    }

    fn check_registry(
        &self,
        registry: &Registry,
        path: &str,
        html: &str,
    ) -> Result<(), TestFailure> {
        let except = exceptions::parse(&self.except)?;
        let path = path.split(['?', '#']).next().unwrap_or(path);
        if !path.starts_with('/') {
            let why = format!("the page's path `{path}` must start with a slash");
            return Err(TestFailure::could_not_check(why));
        }
        let side = RoutedBuild::new(Build::new(0, registry));
        let mut handlers = registry.handlers.iter();
        let has_rocket = handlers.any(|handler| handler.reader == Some(Reader::Rocket));
        let source = Source::from_html(html, path).with_rocket(has_rocket);
        let htmx = htmx(&source);
        let forms = read(&source.with_htmx(htmx));
        let submissions: Vec<Submission<'_>> = forms
            .iter()
            .flat_map(|form| Submission::enumerate(form, path))
            .filter(|submission| !submission.is_one_of(&except))
            .collect();
        let problems: Vec<_> = submissions
            .iter()
            .filter_map(|submission| verdict::problem(submission, &side, &self.except_fields))
            .collect();
        let summary = verdict::summary(path, problems.len(), submissions.len());
        TestFailure::from_problems(&problems, &summary)
    }
}

/// The htmx that a page loads, or that the package states whose test this is.
fn htmx(page: &Source) -> Htmx {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let stated = Htmx::of_package(Path::new(&package)).unwrap_or_default();
    stated.other_in(page).map_or(stated, |(other, _)| other)
}
