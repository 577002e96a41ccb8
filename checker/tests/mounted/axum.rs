//! What the test of an axum app says, of routers of every kind. The annotations stand
//! here, apart from the functions that are mounted, so that each router can lack some.

#![expect(
    dead_code,
    reason = "of what is annotated here, only the annotations matter"
)]

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, map_response};
use axum::response::Response;
use axum::routing::{any, get, post, put};
use coexist::handler;
use coexist_checker::testing::mounted::Mounted;

#[handler(GET "/", since = "1.0.0")]
fn home() {}

#[handler(GET "/imports/new", since = "1.0.0")]
fn import_page() {}

#[handler(POST "/imports/new", since = "1.0.0")]
fn import() {}

#[handler(HEAD "/imports/{id}", since = "1.0.0")]
fn look() {}

#[handler(DELETE "/api/files/{name}", since = "1.0.0")]
fn delete() {}

#[handler(GET "/static/{*rest}", since = "1.0.0")]
fn asset() {}

async fn never() -> &'static str {
    unreachable!("no handler runs")
}

/// All that is annotated.
fn app() -> Router {
    Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never).post(never))
        .route("/imports/{number}", get(never))
        .nest("/api", Router::new().route("/files/{file}", any(never)))
        .route("/static/{*path}", get(never))
}

/// The headlines of the problems.
fn headlines(app: Router) -> Vec<String> {
    let Err(failure) = Mounted::new().check(app) else {
        return Vec::new();
    };
    let text = failure.to_string();
    let headlines = text.lines().filter_map(|line| line.strip_prefix("error: "));
    headlines.map(str::to_owned).collect()
}

#[test]
fn what_is_mounted_is_found() {
    coexist_checker::assert_mounted(app());
}

#[test]
fn a_service_takes_everything_below_its_path() {
    let app = Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never).post(never))
        .route("/imports/{number}", get(never))
        .nest("/api", Router::new().route("/files/{file}", any(never)))
        .nest_service("/static", any(never));
    coexist_checker::assert_mounted(app);
}

#[test]
fn what_is_not_mounted_is_named_with_its_place() {
    let app = Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never))
        .route("/imports/{id}", put(never))
        .route("/{*page}", get(never));
    let text = Mounted::new()
        .except("/static/{*rest}")
        .check(app)
        .unwrap_err()
        .to_string();
    assert_eq!(text, include_str!("axum.txt"), "{text}");
}

#[test]
fn layers_and_fallbacks_of_the_app_hide_nothing() {
    async fn turn_away(_: Request, _: Next) -> StatusCode {
        StatusCode::UNAUTHORIZED
    }
    async fn page(_: Response) -> &'static str {
        "an error"
    }
    let dressed = |app: Router| {
        app.method_not_allowed_fallback(never)
            .fallback(never)
            .layer(map_response(page))
            .layer(from_fn(turn_away))
    };
    assert_eq!(headlines(dressed(app())), Vec::<String>::new());
    let empty = headlines(dressed(Router::new().route("/", get(never))));
    assert_eq!(empty.len(), 5, "{empty:?}");
}

#[test]
fn a_router_without_routes_has_none() {
    assert_eq!(headlines(Router::new()).len(), 6);
    assert_eq!(headlines(Router::new().fallback(never)).len(), 6);
}

#[test]
fn services_below_a_path_cannot_be_asked() {
    let inner = Router::new().route("/imports/new", get(never).post(never));
    let app = Router::new()
        .route("/", get(never))
        .nest_service("/imports", inner.into_service::<axum::body::Body>())
        .route("/static/{*rest}", get(never));
    let found = headlines(app);
    assert_eq!(
        found,
        [
            "`delete` is not mounted",
            "could not tell whether `import` is mounted",
            "could not tell whether `import_page` is mounted",
            "could not tell whether `look` is mounted",
        ]
    );
}

#[test]
fn the_fallback_of_a_route_is_no_handler_of_a_method() {
    let by_post = Router::new().route("/imports/new", post(never).fallback(never));
    assert!(headlines(by_post).contains(&"`import_page` is not mounted for GET".to_owned()));
}

#[test]
fn what_a_proxy_takes_off_is_not_looked_for() {
    let app = Router::new()
        .route("/", get(never))
        .route("/imports/new", get(never).post(never))
        .route("/imports/{id}", get(never))
        .route("/files/{name}", any(never))
        .route("/static/{*rest}", get(never));
    Mounted::new().behind("/api").assert(app);
}

#[test]
fn nothing_left_to_look_for_is_an_error() {
    let all = Mounted::new().except("/").except("/{*rest}");
    let text = all.check(app()).unwrap_err().to_string();
    assert!(
        text.contains("could not check: no handler is annotated, or all"),
        "{text}"
    );
}

#[test]
fn an_exception_that_is_no_path_is_an_error() {
    let text = Mounted::new()
        .except("static")
        .check(app())
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("could not check: the path `static`"),
        "{text}"
    );
}
