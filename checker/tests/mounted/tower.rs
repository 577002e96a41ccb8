//! What the test of a tower service says: of axum apps that are wrapped from outside,
//! and of services of no framework. The annotations stand here, apart from the
//! functions that are mounted, so that each service can lack some.

#![expect(
    dead_code,
    reason = "of what is annotated here, only the annotations matter"
)]

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ALLOW, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{any, get, post};
use coexist::handler;
use coexist_checker::testing::mounted::{Mounted, Routes, Tower};
use tower::{Layer as _, Service, service_fn};
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};
use tower_http::timeout::TimeoutLayer;

#[handler(GET "/", since = "1.0.0")]
fn home() {}

#[handler(GET "/imports/new", since = "1.0.0")]
fn import_page() {}

#[handler(POST "/imports/new", since = "1.0.0")]
fn import() {}

#[handler(HEAD "/imports/{id}", since = "1.0.0")]
fn look() {}

#[handler(DELETE "/api/files/{name}/", since = "1.0.0")]
fn delete() {}

#[handler(GET "/static/{*rest}", since = "1.0.0")]
fn asset() {}

async fn never() -> &'static str {
    unreachable!("no handler runs")
}

/// All that is annotated, but for the slash at an end.
fn router() -> Router {
    let files = Router::new().route("/files/{file}", get(never).delete(never));
    Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never).post(never))
        .route("/imports/{number}", get(never))
        .nest_service("/api", files)
        .route("/static/{*path}", get(never))
}

fn normalized(router: Router) -> NormalizePath<Router> {
    NormalizePathLayer::trim_trailing_slash().layer(router)
}

/// Answers strangers itself.
async fn login(request: Request, next: Next) -> axum::response::Response {
    if request.headers().contains_key("x-user") {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

/// An answer without a body.
fn answer(status: StatusCode, allow: &[&'static str]) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = status;
    for methods in allow {
        let methods = HeaderValue::from_static(methods);
        response.headers_mut().append(ALLOW, methods);
    }
    response
}

/// What is wrong, with the reason if it cannot be told.
fn text(app: impl Routes) -> String {
    match Mounted::new().check(app) {
        Ok(()) => String::new(),
        Err(failure) => failure.to_string(),
    }
}

/// The headlines of the problems.
fn headlines(app: impl Routes) -> Vec<String> {
    let Err(failure) = Mounted::new().check(app) else {
        return Vec::new();
    };
    let text = failure.to_string();
    let headlines = text.lines().filter_map(|line| line.strip_prefix("error: "));
    headlines.map(str::to_owned).collect()
}

/// Each of the endpoints fails as could not be told.
fn assert_unknown(text: &str, why: &str) {
    assert_eq!(text.matches("could not tell whether").count(), 6, "{text}");
    assert_eq!(words(text).matches(why).count(), 6, "{text}");
}

/// The text in one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_mounted_below_a_layer_is_found() {
    coexist_checker::assert_mounted(Tower(normalized(router()), Body::empty));
    coexist_checker::assert_mounted(Tower(normalized(router()), String::new));
}

#[test]
fn what_the_layer_does_for_a_path_is_missed_without_it() {
    assert_eq!(
        headlines(Tower(router(), Body::empty)),
        ["`delete` is not mounted"]
    );
}

#[test]
fn what_is_not_mounted_is_named_with_its_place() {
    let router = Router::new()
        .route("/imports/new", post(never))
        .route("/imports/{id}", get(never))
        .route("/api/{*rest}", any(async || StatusCode::NO_CONTENT))
        .route("/static/{name}", get(never));
    let text = text(Tower(normalized(router), Body::empty));
    assert_eq!(text, include_str!("tower.txt"), "{text}");
}

#[test]
fn a_wider_route_does_not_stand_for_a_missing_one() {
    let page = Router::new().route("/{*page}", get(never).delete(never));
    let text = text(Tower(normalized(page), Body::empty));
    for headline in [
        "could not tell whether `asset` is mounted",
        "could not tell whether `delete` is mounted",
        "`home` is not mounted",
        "`import` is not mounted for POST",
        "could not tell whether `import_page` is mounted",
        "could not tell whether `look` is mounted",
    ] {
        assert!(text.contains(&format!("error: {headline}\n")), "{text}");
    }
    assert!(
        words(&text).contains("and the same at `/importsimports/new`"),
        "{text}"
    );
}

#[test]
fn a_route_beside_with_the_same_methods_cannot_be_told_from_the_outside() {
    let app = Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never))
        .route("/imports/{id}", get(never));
    let wanted = || {
        Mounted::new()
            .except("/api/{*rest}")
            .except("/static/{*rest}")
    };
    let outside = wanted()
        .check(Tower(app.clone(), Body::empty))
        .unwrap_err()
        .to_string();
    assert!(
        words(&outside).contains("and the same at `/imports/newnew`"),
        "{outside}"
    );
    let itself = wanted().check(app).unwrap_err().to_string();
    assert!(itself.contains("failed: 1 of 4"), "{itself}");
}

#[test]
fn a_login_in_front_needs_a_header() {
    let app = || from_fn(login).layer(normalized(router()));
    let text = text(Tower(app(), Body::empty));
    assert_unknown(
        &text,
        "responds with 401 Unauthorized to a method that does not exist",
    );
    let signed_in = Mounted::new().header("x-user", "ada");
    signed_in.assert(Tower(app(), Body::empty));
}

#[test]
fn redirects_and_pages_for_every_path_tell_nothing() {
    let redirect =
        service_fn(async |_: Request| Ok::<_, Infallible>(Redirect::to("/login").into_response()));
    let text_of_redirect = text(Tower(redirect, Body::empty));
    assert_unknown(&text_of_redirect, "responds with 303 See Other to a method");
    let page = Router::new().fallback(async || "the app's only page");
    assert_unknown(
        &text(Tower(page, Body::empty)),
        "responds with 200 OK to a method",
    );
}

#[test]
fn a_page_for_what_is_not_there_hides_nothing_that_is() {
    let app = router().fallback(async || "the app's only page");
    Mounted::new().assert(Tower(normalized(app), Body::empty));
}

#[test]
fn a_page_in_the_place_of_every_answer_tells_nothing() {
    let page = map_response(async |_: Response<Body>| "a page");
    let text = text(Tower(page.layer(normalized(router())), Body::empty));
    assert_unknown(&text, "responds with 200 OK");
}

#[test]
fn a_filter_of_methods_is_no_route() {
    let filter = service_fn(async |_: Request| {
        let methods = ["GET, HEAD", "POST, DELETE"];
        Ok::<_, Infallible>(answer(StatusCode::METHOD_NOT_ALLOWED, &methods))
    });
    let text = text(Tower(filter, Body::empty));
    assert_unknown(
        &text,
        "with `Allow: DELETE, GET, HEAD, POST`, and the same at",
    );
}

#[test]
fn a_service_of_no_framework_is_asked() {
    let app = service_fn(async |request: Request<()>| {
        let path = request.uri().path();
        let allow = match path.split('/').collect::<Vec<_>>()[1..] {
            ["imports", "new"] => "GET, POST",
            // Numbers of four digits, and nothing else.
            ["imports", id] if id.len() == 4 && id.parse::<u16>().is_ok() => "GET, HEAD",
            ["api", "files", _, ""] => "DELETE",
            [""] | ["static", _, ..] => "GET",
            _ => return Ok(answer(StatusCode::NOT_FOUND, &[])),
        };
        Ok::<_, Infallible>(answer(StatusCode::METHOD_NOT_ALLOWED, &[allow]))
    });
    coexist_checker::assert_mounted(Tower(app, || ()));
}

#[test]
fn a_405_without_the_methods_tells_nothing() {
    let app = service_fn(async |_: Request<()>| {
        Ok::<_, Infallible>(answer(StatusCode::METHOD_NOT_ALLOWED, &[]))
    });
    let text = text(Tower(app, || ()));
    assert_unknown(
        &text,
        "responds with 405 Method Not Allowed without an `Allow` header",
    );
}

#[test]
fn errors_of_the_service_are_told() {
    let app = service_fn(async |_: Request<()>| Err::<Response<()>, _>("the database is away"));
    assert_unknown(&text(Tower(app, || ())), "the database is away");
}

#[test]
fn a_service_that_is_not_ready_is_not_called() {
    struct Broken(bool);
    impl Service<Request<()>> for Broken {
        type Response = Response<()>;
        type Error = &'static str;
        type Future = std::future::Ready<Result<Response<()>, &'static str>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
            assert!(!self.0, "asked again after an error");
            self.0 = true;
            Poll::Ready(Err("the queue is closed"))
        }

        fn call(&mut self, _: Request<()>) -> Self::Future {
            unreachable!("called without being ready")
        }
    }
    let text = text(Tower(Broken(false), || ()));
    assert_unknown(&text, "is not ready for a request: the queue is closed");
}

#[test]
fn a_header_that_is_none_is_told() {
    let app = Mounted::new().header("x user", "ada");
    let text = app
        .check(Tower(router(), Body::empty))
        .unwrap_err()
        .to_string();
    assert_unknown(&text, "invalid HTTP header name");
}

#[test]
fn handlers_of_every_method_run_unless_they_are_left_aside() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let count = async move || {
        counted.fetch_add(1, Ordering::Relaxed);
        "every method"
    };
    let app = Router::new()
        .route("/", any(count))
        .route("/imports/new", get(never).post(never))
        .route("/imports/{id}", get(never))
        .route("/api/files/{name}/", get(never).delete(never))
        .route("/static/{*rest}", get(never));
    let found = headlines(Tower(app.clone(), Body::empty));
    assert_eq!(found, ["could not tell whether `home` is mounted"]);
    assert_eq!(calls.swap(0, Ordering::Relaxed), 1);
    Mounted::new().except("/").assert(Tower(app, Body::empty));
    assert_eq!(calls.load(Ordering::Relaxed), 0);
}

/// Waits in front of each request, as for a database.
async fn slow(request: Request, next: Next) -> axum::response::Response {
    tokio::time::sleep(Duration::from_millis(1)).await;
    let next = tokio::spawn(next.run(request)).await;
    next.unwrap_or_else(|error| error.to_string().into_response())
}

#[test]
fn layers_that_need_a_runtime_have_one() {
    let limit =
        TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(60));
    let app = limit.layer(from_fn(slow).layer(normalized(router())));
    coexist_checker::assert_mounted(Tower(app, Body::empty));
}

#[test]
fn an_async_test_has_its_own_runtime() {
    let limit =
        TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(60));
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    runtime.block_on(async {
        let app = limit.layer(normalized(router()));
        coexist_checker::assert_mounted(Tower(app, Body::empty));
    });
}

#[test]
fn a_service_that_never_answers_is_given_up() {
    let app =
        service_fn(async |_: Request<()>| pending::<Result<Response<()>, Infallible>>().await);
    assert_unknown(&text(Tower(app, || ())), "did not respond within 5 seconds");
}
