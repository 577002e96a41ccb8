//! The test that what is annotated is mounted: a handler that no router knows would
//! count as served, and is not.
//!
//! `expected` lists the endpoints that must be there; the module of a framework asks an
//! app's router for each (`routes` is what they implement); `verdict` says what is wrong
//! with the answers, and `routing` what is wrong with what the annotations say of the router.

#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod expected;
#[cfg(any(feature = "actix-web", feature = "axum", feature = "tower"))]
mod probe;
#[cfg(feature = "rocket")]
mod rocket;
mod routes;
mod routing;
#[cfg(feature = "tower")]
mod tower;
mod verdict;

use crate::artifact;
use crate::registry::Registry;
use crate::testing::{TestFailure, exceptions};

pub use routes::{Answer, Question, Routes};
#[cfg(feature = "tower")]
pub use tower::Tower;

/// Fails unless the app serves every endpoint that is annotated in the running
/// program, and every page that an annotated form names; or if its router goes on to the next
/// route where the annotations say that it answers 405, or the other way round.
///
/// ```no_run
/// # #[cfg(feature = "axum")] {
/// # use axum::Router;
/// # fn app() -> Router { Router::new() }
/// #[test]
/// fn what_is_annotated_is_mounted() {
///     coexist_checker::assert_mounted(app());
/// }
/// # }
/// ```
///
/// The app is an `axum::Router` with its state, an `actix_web::App` or a
/// `rocket::Rocket`, or any other `tower::Service` as `Tower(service, Body::empty)`;
/// each needs the feature of its framework. How each is asked, and what cannot be told,
/// [`Routes`] says. [`Mounted`] ignores paths. The test is a plain `#[test]`: an
/// actix-web app gets a runtime here, and there is no second one in
/// `#[actix_web::test]`.
///
/// A test in `src/` has the annotations of its own crate, one in `tests/` those of
/// the libraries that it names.
///
/// # Panics
///
/// If something annotated is not mounted, or if that cannot be told, with all that
/// is wrong.
#[track_caller]
pub fn assert_mounted(app: impl Routes) {
    Mounted::new().assert(app);
}

/// [`assert_mounted`], with exceptions.
///
/// ```no_run
/// # #[cfg(feature = "axum")] {
/// # use axum::Router;
/// # fn app() -> Router { Router::new() }
/// use coexist_checker::testing::mounted::Mounted;
///
/// #[test]
/// fn what_is_annotated_is_mounted() {
///     Mounted::new().except("/admin/{*rest}").assert(app());
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Mounted {
    except: Vec<String>,
    behind: String,
    headers: Vec<(String, String)>,
}

impl Mounted {
    /// Without exceptions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ignores the annotated endpoints whose paths this pattern takes.
    #[must_use]
    pub fn except(mut self, path: &str) -> Self {
        self.except.push(path.to_owned());
        self
    }

    /// Names the prefix that a proxy removes from the paths before the app gets them, such
    /// as `/shop`.
    #[must_use]
    pub fn behind(self, prefix: &str) -> Self {
        Self {
            behind: prefix.to_owned(),
            ..self
        }
    }

    /// Sends a header with each request, for the middleware of an actix-web app or a
    /// `tower::Service` that answers strangers itself. Other apps are not sent requests
    /// that reach one.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Asks the app, as [`assert_mounted`] does.
    ///
    /// # Panics
    ///
    /// With the text of [`check`](Self::check), if that is an error.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    #[track_caller]
    pub fn assert(&self, app: impl Routes) {
        if let Err(failure) = self.check(app) {
            panic!("\n{failure}");
        }
    }

    /// Asks the app.
    ///
    /// # Errors
    ///
    /// If something annotated is not mounted, or if the app does not show whether it is, with
    /// all problems; or if there is nothing to check.
    pub fn check(&self, app: impl Routes) -> Result<(), TestFailure> {
        let registry = artifact::read_running().map_err(TestFailure::no_records)?;
        // A test of a library does not contain the `main.rs` of its program.
        let is_complete = coexist::records().any(|record| states_release(record.json()));
        self.check_registry(&registry, is_complete, app)
    }

    /// The endpoint as the app itself knows it.
    fn inside<'a>(&self, question: Question<'a>) -> Question<'a> {
        let inside = question.path.strip_prefix(&self.behind);
        let path = match inside {
            Some("") => "/",
            Some(inside) if inside.starts_with('/') => inside,
            _ => question.path,
        };
        Question { path, ..question }
    }

    fn check_registry<R: Routes>(
        &self,
        registry: &Registry,
        is_complete: bool,
        app: R,
    ) -> Result<(), TestFailure> {
        let except = exceptions::parse(&self.except)?;
        let expected = expected::endpoints(registry, &except);
        if expected.is_empty() {
            return Err(TestFailure::could_not_check(
                "no handler is annotated, or all are ignored: there is nothing to check",
            ));
        }
        let overlaps = routing::overlaps(registry, &except);
        let of_routing = overlaps.iter().map(|overlap| overlap.question);
        let questions = expected
            .iter()
            .map(|expected| expected.question)
            .chain(of_routing)
            .map(|question| self.inside(question));
        let questions: Vec<Question<'_>> = questions.collect();
        let answers = app.ask(&questions, &self.headers);
        let (answers, of_routing) = answers.split_at(expected.len());
        let mut problems: Vec<_> = expected
            .iter()
            .zip(answers)
            .filter_map(|(expected, answer)| verdict::problem(expected, answer, &R::mounting))
            .collect();
        // What is not mounted says nothing of the router.
        if problems.is_empty() {
            let found: Vec<_> = of_routing.iter().map(R::routing).collect();
            let stated = routing::Stated {
                routing: registry.routing,
                is_complete,
            };
            problems = routing::problems(&overlaps, &found, stated);
            let summary = "failed: the annotations and the router disagree";
            return TestFailure::from_problems(&problems, summary);
        }
        let summary = verdict::summary(problems.len(), expected.len());
        TestFailure::from_problems(&problems, &summary)
    }
}

/// Whether the JSON of a record is that of a `release!`.
fn states_release(json: &[u8]) -> bool {
    const KEY: &[u8] = b",\"release\":{";
    json.windows(KEY.len()).any(|part| part == KEY)
}
