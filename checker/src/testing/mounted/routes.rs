//! What an app is asked, and what it answers: the interface that each framework implements.

#[cfg(any(feature = "actix-web", feature = "axum", feature = "rocket"))]
use crate::endpoint::Pattern;
use crate::registry::Routing;

/// An app whose routes can be asked for.
///
/// | app | how | what cannot be told |
/// | --- | --- | --- |
/// | `axum::Router` | A layer around all others answers a request of a method that does not exist. No handler and no layer of the app runs. axum's `Allow` header says which methods the route takes; without one it takes all (`any`). | What is below `nest_service`, or below a nested router with a fallback of its own: use `nest`. A `MethodRouter::fallback` that serves methods of its own counts as none. |
/// | `actix_web::App` | The same request is sent through the app; the guards of the methods that were asked on its way say which there are. Handlers run only where a route takes every method; middleware runs, and the service for what is not there. | What is behind a middleware that answers itself (see [`Mounted::header`](super::Mounted::header)), and routes without a guard for the method (`web::to`, `web::route`). A regular expression that takes no number, no word and no UUID counts as not there. |
/// | `Tower(service, …)` | The same request is sent through the service, and to paths beside the endpoint's. Its route is there if the answer is 405 with the endpoint's method in `Allow`, and no other path has the same answer. Handlers run only where a route takes every method; middleware runs, and the fallback. | What answers anything but 404 or that; a route that a wider one with the same methods could stand for: `/entries/new` beside `/entries/{id}`. Of an axum app, pass the router itself where that matters. |
/// | `rocket::Rocket` | Its list of routes is compared; nothing is sent. | Whether a route of a higher rank takes the request, and what forwards it. |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an app whose routes coexist can ask for",
    label = "expected an `axum::Router`, an `actix_web::App`, a `rocket::Rocket` or a `Tower`",
    note = "the checker needs the feature of the framework: `axum`, `actix-web`, `rocket` or `tower`",
    note = "pass any other `tower::Service` of HTTP requests as `Tower(service, Body::empty)`",
    note = "an `axum::Router` needs its state first: `.with_state(…)`"
)]
pub trait Routes {
    /// The code that mounts a handler of this name for this method.
    #[doc(hidden)]
    fn mounting(name: &str, method: &str) -> String;

    /// What decides first in its router: shown by its answer for the path of a mounted handler
    /// and a method that only a wider path serves.
    #[doc(hidden)]
    fn routing(answer: &Answer) -> Option<Routing> {
        match answer {
            Answer::OtherMethods(_) => Some(Routing::PathFirst),
            Answer::Mounted | Answer::After(_) => Some(Routing::MethodFirst),
            Answer::OtherRoute(_) | Answer::NotThere | Answer::Unknown(_) => None,
        }
    }

    /// Asks for each endpoint, in requests with these headers; the answers have the order of
    /// the questions.
    #[doc(hidden)]
    fn ask(self, questions: &[Question<'_>], headers: &[(String, String)]) -> Vec<Answer>;
}

/// An endpoint that the app is asked for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The method.
    pub method: &'a str,
    /// The path pattern.
    pub path: &'a str,
}

impl Question<'_> {
    /// Whether it is for everything below a path.
    #[cfg(any(feature = "actix-web", feature = "axum"))]
    pub(super) fn takes_all(&self) -> bool {
        self.method == "GET" && self.path.contains("/{*")
    }
}

/// Whether two path patterns are the same, apart from the names of parameters.
#[cfg(any(feature = "actix-web", feature = "axum", feature = "rocket"))]
pub(super) fn is_same(path: &str, other: &str) -> bool {
    match (Pattern::parse(path), Pattern::parse(other)) {
        (Ok(path), Ok(other)) => path == other,
        _ => path == other,
    }
}

/// What an app says of an endpoint.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is mounted.
    Mounted,
    /// Its path is mounted for these methods only.
    OtherMethods(Vec<String>),
    /// Another route takes its requests: the one of this path.
    OtherRoute(String),
    /// It may be mounted, but the route of this path, which takes its path too, is tried first.
    After(String),
    /// No route takes its requests.
    NotThere,
    /// The app does not show whether it is mounted, for this reason.
    Unknown(String),
}
