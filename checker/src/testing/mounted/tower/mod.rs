//! Asks a service from outside, with a request of a method that does not exist.
//!
//! A route answers it with 405 and the methods that it takes (RFC 9110, 15.5.6): so do
//! axum's, through all that is around the router. What it does not say is which route
//! it is, and whether it is one at all. So what looks mounted has to show that its
//! answer is its own: at the paths beside, it must be another one.

mod relatives;
mod wait;

use std::fmt::{self, Display};
use std::future::poll_fn;
use std::time::Duration;

use ::http::header::ALLOW;
use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use ::tokio::runtime::{Builder, Handle, Runtime};
use ::tower_service::Service;

use self::wait::wait;
use super::probe::{self, PROBE, SAMPLES, allowed};
use super::routes::{Answer, Question, Routes};
use crate::endpoint::Pattern;

/// How long an endpoint may take to answer all that it is asked.
const PATIENCE: Duration = Duration::from_secs(5);

/// A `tower::Service` whose routes can be asked for, and what makes the empty body of a
/// request to it.
///
/// It is for services that are not an `axum::Router`: a router that is wrapped, so that a
/// layer sees requests before they are routed, or a service of another framework.
///
/// ```no_run
/// # #[cfg(feature = "axum")] {
/// use axum::Router;
/// use axum::body::Body;
/// use coexist_checker::testing::mounted::Tower;
/// use tower::Layer as _;
/// use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};
///
/// fn app() -> NormalizePath<Router> {
///     NormalizePathLayer::trim_trailing_slash().layer(Router::new())
/// }
///
/// #[test]
/// fn what_is_annotated_is_mounted() {
///     coexist_checker::assert_mounted(Tower(app(), Body::empty));
/// }
/// # }
/// ```
///
/// The body is named because most services take requests of every body, and the
/// compiler would have to guess: `axum::body::Body::empty`, `Empty::<Bytes>::new` of
/// `http-body-util`, `String::new`. It is a type around the service, as a service may be
/// an app of a framework that is asked in another way, as an `axum::Router` is; and one
/// type is enough for [`assert_mounted`](crate::assert_mounted),
/// [`Mounted::assert`](super::Mounted::assert) and
/// [`Mounted::check`](super::Mounted::check).
///
/// **Handlers that take every method run** (axum's `any`), as do services without a
/// look at the method: from outside, nothing keeps the request from them. They fail the
/// test, as could not be told; [`Mounted::except`](super::Mounted::except) ignores
/// them, and then they get no request for their own endpoint. Paths near an endpoint that
/// is found are also asked for: `/entries/newnew` for `/entries/new`. If a handler there
/// must not run, pass the router that is inside, of which no handler runs.
///
/// The service may wait: in a plain `#[test]` it gets a tokio runtime, in an async test
/// it has the one of the test. There, what needs the thread of the test to go on does
/// not; after five seconds it could not be told. Nothing is read of the bodies of
/// answers.
#[derive(Clone, Copy, Debug)]
pub struct Tower<S, F>(pub S, pub F);

impl<S, F, B, R> Routes for Tower<S, F>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Error: Display,
    F: FnMut() -> B,
{
    fn mounting(name: &str, method: &str) -> String {
        probe::route(name, method)
    }

    fn ask(self, questions: &[Question<'_>], headers: &[(String, String)]) -> Vec<Answer> {
        let runtime = match runtime() {
            Ok(runtime) => runtime,
            Err(error) => {
                let why = format!("was not probed: could not start a Tokio runtime: {error}");
                return vec![Answer::Unknown(why); questions.len()];
            }
        };
        let _inside = runtime.as_ref().map(Runtime::enter);
        let Self(service, body) = self;
        let mut app = App {
            service,
            body,
            headers,
            broken: None,
        };
        let mut answers = Vec::with_capacity(questions.len());
        for question in questions {
            let answer = wait(app.ask(*question), PATIENCE).unwrap_or_else(|| {
                let why = format!(
                    "did not respond within {} seconds: it waits for something. In an async test, \
                     that may be this thread: use a plain `#[test]`",
                    PATIENCE.as_secs()
                );
                Err(app.broken.insert(why).clone())
            });
            answers.push(answer.unwrap_or_else(Answer::Unknown));
        }
        answers
    }
}

/// A runtime with a thread of its own, unless there is one around.
fn runtime() -> std::io::Result<Option<Runtime>> {
    if Handle::try_current().is_ok() {
        return Ok(None);
    }
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().map(Some)
}

/// A service that is asked.
struct App<'a, S, F> {
    service: S,
    body: F,
    headers: &'a [(String, String)],
    /// Why it is asked no more.
    broken: Option<String>,
}

/// What an answer says of the route.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    status: StatusCode,
    /// The methods that it takes, sorted.
    methods: Option<Vec<String>>,
}

impl<S, F, B, R> App<'_, S, F>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Error: Display,
    F: FnMut() -> B,
{
    /// Asks with one sample after the other, until one is there; the error is why it
    /// cannot be told.
    async fn ask(&mut self, question: Question<'_>) -> Result<Answer, String> {
        let pattern = Pattern::parse(question.path).map_err(|error| error.to_string())?;
        let has_holes = pattern.filled(SAMPLES[0]) != pattern.filled(SAMPLES[1]);
        for sample in &SAMPLES[..if has_holes { SAMPLES.len() } else { 1 }] {
            let seen = self.send(&pattern.filled(sample)).await?;
            if seen.status != StatusCode::NOT_FOUND {
                return self.judge(question, &pattern, sample, &seen).await;
            }
        }
        Ok(Answer::NotThere)
    }

    /// What the answer says, if it is that of the endpoint's own route.
    async fn judge(
        &mut self,
        question: Question<'_>,
        pattern: &Pattern<'_>,
        sample: &str,
        seen: &Seen,
    ) -> Result<Answer, String> {
        let methods = match (seen.status, &seen.methods) {
            (StatusCode::METHOD_NOT_ALLOWED, Some(methods)) => methods,
            (StatusCode::METHOD_NOT_ALLOWED, None) => {
                return Err(format!(
                    "{seen}, which does not show the methods that it serves"
                ));
            }
            _ => {
                return Err(format!(
                    "{seen} to a method that does not exist: this may be a fallback or a \
                     middleware (`Mounted::header` may get past it), or the route serves every method"
                ));
            }
        };
        if !methods.iter().any(|method| method == question.method) {
            return Ok(Answer::OtherMethods(methods.clone()));
        }
        if let Some(longer) = relatives::longer(pattern, sample) {
            let other = self.send(&longer).await?;
            if other != *seen {
                return Err(format!("{seen}, but at `{longer}` it {other}"));
            }
        }
        for stranger in relatives::strangers(pattern, sample) {
            if self.send(&stranger).await? == *seen {
                return Err(format!(
                    "{seen}, and the same at `{stranger}`: a wider route or a middleware may serve \
                     both. If there is an `axum::Router` inside, pass that instead: it knows its \
                     routes"
                ));
            }
        }
        Ok(Answer::Mounted)
    }

    /// Sends a request of the method that does not exist.
    async fn send(&mut self, path: &str) -> Result<Seen, String> {
        if let Some(why) = &self.broken {
            return Err(why.clone());
        }
        let request = self.request(path);
        let request = request
            .map_err(|error| format!("could not be sent a request for `{path}`: {error}"))?;
        if let Err(error) = poll_fn(|context| self.service.poll_ready(context)).await {
            // Such a service must not be called any more.
            let why = format!("is not ready for a request: {error}");
            return Err(self.broken.insert(why).clone());
        }
        match self.service.call(request).await {
            Ok(response) => Ok(Seen {
                status: response.status(),
                methods: methods(response.headers()),
            }),
            Err(error) => Err(format!("fails at `{path}`: {error}")),
        }
    }

    fn request(&mut self, path: &str) -> ::http::Result<Request<B>> {
        let request = Request::builder()
            .method(Method::from_bytes(PROBE.as_bytes())?)
            .uri(path);
        let headers = self.headers.iter();
        headers
            .fold(request, |request, (name, value)| {
                request.header(name, value)
            })
            .body((self.body)())
    }
}

/// The methods in the `Allow` headers, if there are any.
fn methods(headers: &HeaderMap) -> Option<Vec<String>> {
    let mut all = None;
    for allow in headers.get_all(ALLOW) {
        let methods: &mut Vec<String> = all.get_or_insert_default();
        methods.extend(allowed(&String::from_utf8_lossy(allow.as_bytes())));
        methods.sort();
    }
    all
}

impl Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "responds with {}", self.status)?;
        match (self.status, &self.methods) {
            (StatusCode::METHOD_NOT_ALLOWED, None) => write!(f, " without an `Allow` header"),
            (StatusCode::METHOD_NOT_ALLOWED, Some(methods)) => {
                write!(f, " with `Allow: {}`", methods.join(", "))
            }
            _ => Ok(()),
        }
    }
}
