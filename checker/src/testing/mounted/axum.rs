//! Asks an axum router, with a layer around everything else.
//!
//! axum routes first and runs layers then. So the outermost layer sees which route was
//! taken, and it answers itself: neither a handler nor a layer of the app runs. The
//! methods of the route are in the `Allow` header, which axum adds to the answer to a
//! method that the route does not take, after all layers.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use ::axum::Router;
use ::axum::body::Body;
use ::axum::extract::{MatchedPath, Request};
use ::axum::http::header::ALLOW;
use ::axum::middleware::{Next, from_fn};
use ::axum::response::Response;
use tower_service::Service as _;

use super::probe::{self, PROBE, allowed};
use super::routes::{Answer, Question, Routes, is_same};
use crate::endpoint::Pattern;

/// What the layer and the fallback leave in their answers.
#[derive(Clone, Debug)]
enum Seen {
    /// The route of this path was taken.
    Route(String),
    /// A service was, which has routes of its own.
    Service,
    /// None was.
    Nothing,
}

impl Routes for Router {
    fn mounting(name: &str, method: &str) -> String {
        probe::route(name, method)
    }

    fn ask(self, questions: &[Question<'_>], _: &[(String, String)]) -> Vec<Answer> {
        // The fallback comes after the layer, and so is not in it.
        let mut router = self.layer(from_fn(stop)).fallback(nothing);
        questions
            .iter()
            .map(|question| ask(&mut router, *question))
            .collect()
    }
}

async fn stop(request: Request, _: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    answer(matched.map_or(Seen::Service, |path| Seen::Route(path.as_str().to_owned())))
}

async fn nothing() -> Response {
    answer(Seen::Nothing)
}

fn answer(seen: Seen) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(seen);
    response
}

fn ask(router: &mut Router, question: Question<'_>) -> Answer {
    let Some(response) = send(router, question.path) else {
        return Answer::Unknown("could not be sent a request for this path".to_owned());
    };
    let allow = response.headers().get(ALLOW);
    let methods = allow.map(|allow| allowed(&String::from_utf8_lossy(allow.as_bytes())));
    match (response.extensions().get::<Seen>(), methods) {
        (Some(Seen::Route(path)), _) if !is_same(path, question.path) => {
            Answer::OtherRoute(path.clone())
        }
        (Some(Seen::Route(_)), Some(methods)) => {
            if methods.iter().any(|method| method == question.method) {
                Answer::Mounted
            } else {
                Answer::OtherMethods(methods)
            }
        }
        (Some(Seen::Route(_)), None) => Answer::Mounted,
        (Some(Seen::Nothing), _) => Answer::NotThere,
        // What serves files: it has no routes below its own.
        (Some(Seen::Service), _) if question.takes_all() => Answer::Mounted,
        (Some(Seen::Service) | None, _) => Answer::Unknown(
            "passes it to a service or a fallback below another path, whose routes it does not \
             know: mount them with `nest`"
                .to_owned(),
        ),
    }
}

/// Sends a request of the method that does not exist.
fn send(router: &mut Router, path: &str) -> Option<Response> {
    let path = Pattern::parse(path).ok()?.filled("coexist-probe");
    let request = Request::builder()
        .method(PROBE)
        .uri(path)
        .body(Body::empty())
        .ok()?;
    // The layer and the fallback wait for nothing: once is enough.
    let answered = pin!(router.call(request)).poll(&mut Context::from_waker(Waker::noop()));
    match answered {
        Poll::Ready(Ok(response)) => Some(response),
        Poll::Pending => None,
    }
}
