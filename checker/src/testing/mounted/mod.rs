//! The test that what is annotated is mounted: a handler that no router knows would
//! count as served, and is not.
//!
//! `wanted` lists the endpoints that must be there; the module of a framework asks an
//! app's router for each; `verdict` says what is wrong with the answers.

#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod expected;
#[cfg(any(feature = "actix-web", feature = "axum", feature = "tower"))]
mod probe;
#[cfg(feature = "rocket")]
mod rocket;
#[cfg(feature = "tower")]
mod tower;
mod verdict;

use crate::artifact;
use crate::registry::Registry;
use crate::testing::problem::{could_not_check, failed, patterns};

#[cfg(feature = "tower")]
pub use tower::Tower;
pub use verdict::Answer;

/// Fails unless the app serves every endpoint that is annotated in the running
/// program, and every page that an annotated form names.
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
/// [`Routes`] says. [`Mounted`] leaves paths aside. The test is a plain `#[test]`: an
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

    /// Leaves the annotated endpoints aside whose paths this pattern takes.
    #[must_use]
    pub fn except(mut self, path: &str) -> Self {
        self.except.push(path.to_owned());
        self
    }

    /// Says what a proxy takes off the paths before the app gets them: `/shop`.
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
        if let Err(text) = self.check(app) {
            panic!("\n{text}");
        }
    }

    /// Asks the app; the error is all that is wrong, as a text for people.
    pub fn check(&self, app: impl Routes) -> Result<(), String> {
        let registry = artifact::read_running().map_err(|error| nothing_to_check(&error))?;
        self.check_registry(&registry, app)
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

    fn check_registry<R: Routes>(&self, registry: &Registry, app: R) -> Result<(), String> {
        let except = patterns(&self.except)?;
        let wanted = expected::all(registry, &except);
        if wanted.is_empty() {
            let why =
                "no handler is annotated, or all are left aside: there is nothing to look for";
            return Err(could_not_check(&why));
        }
        let questions = wanted.iter().map(|wanted| self.inside(wanted.question));
        let questions: Vec<Question<'_>> = questions.collect();
        let answers = app.ask(&questions, &self.headers);
        let problems: Vec<_> = wanted
            .iter()
            .zip(answers)
            .filter_map(|(wanted, answer)| verdict::problem(wanted, &answer, &R::mounting))
            .collect();
        failed(&problems, &verdict::summary(problems.len(), wanted.len()))
    }
}

/// An app whose routes can be asked for.
///
/// | app | how | what cannot be told |
/// | --- | --- | --- |
/// | `axum::Router` | A layer around all others answers a request of a method that nobody uses. No handler and no layer of the app runs. axum's `Allow` header says which methods the route takes; without one it takes all (`any`). | What is below `nest_service`, or below a nested router with a fallback of its own: use `nest`. A `MethodRouter::fallback` that serves methods of its own counts as none. |
/// | `actix_web::App` | The same request is sent through the app; the guards of the methods that were asked on its way say which there are. Handlers run only where a route takes every method; middleware runs, and the service for what is not there. | What is behind a middleware that answers itself (see [`Mounted::header`]), and routes without a guard for the method (`web::to`, `web::route`). A regular expression that takes no number, no word and no UUID counts as not there. |
/// | `Tower(service, …)` | The same request is sent through the service, and to paths beside the endpoint's. Its route is there if the answer is 405 with the endpoint's method in `Allow`, and no other path has the same answer. Handlers run only where a route takes every method; middleware runs, and the fallback. | What answers anything but 404 or that; a route that a wider one with the same methods could stand for: `/entries/new` beside `/entries/{id}`. Of an axum app, hand the router itself over where that matters. |
/// | `rocket::Rocket` | Its list of routes is compared; nothing is sent. | Whether a route of a higher rank takes the request, and what forwards it. |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no app whose routes coexist can ask for",
    label = "expected an `axum::Router`, an `actix_web::App`, a `rocket::Rocket` or a `Tower`",
    note = "the checker needs the feature of the framework: `axum`, `actix-web`, `rocket` or `tower`",
    note = "any other `tower::Service` of HTTP requests is handed over as `Tower(service, Body::empty)`",
    note = "an `axum::Router` needs its state first: `.with_state(…)`"
)]
pub trait Routes {
    /// How a handler of this name is mounted for this method, in this framework.
    #[doc(hidden)]
    fn mounting(name: &str, method: &str) -> String;

    /// Asks for each endpoint; `headers` go with what is sent.
    #[doc(hidden)]
    fn ask(self, questions: &[Question<'_>], headers: &[(String, String)]) -> Vec<Answer>;
}

/// An endpoint that an app is asked for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The method.
    pub method: &'a str,
    /// The path pattern.
    pub path: &'a str,
}

/// Whether two path patterns are the same, but for the names of parameters.
#[cfg(any(feature = "actix-web", feature = "axum", feature = "rocket"))]
fn is_same(path: &str, other: &str) -> bool {
    use crate::endpoint::Pattern;
    match (Pattern::parse(path), Pattern::parse(other)) {
        (Ok(path), Ok(other)) => path == other,
        _ => path == other,
    }
}

/// Why there are no records.
pub(crate) fn nothing_to_check(error: &artifact::BuildError) -> String {
    let hint = if matches!(error, artifact::BuildError::EmptySection) {
        ".\nA test in `tests/` has the annotations of the libraries that it names, not those of \
         the package's programs: name the library, `use my_app as _;`, or put the test into `src/`"
    } else {
        ""
    };
    could_not_check(&format!("{error}{hint}"))
}
