//! `#[utoipa::path]` describes a route: where nothing else states it, that is it.

#![forbid(unsafe_code)]
#![deny(warnings)]

use axum::Router;
use axum::routing::get;
use coexist::{form, handler, prefix};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::request;
use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod users {
    use coexist::handler;

    #[handler(since = "1.0.0")]
    #[utoipa::path(get, path = "/users/{id}", params(("id" = u32, Path)), responses((status = 200)))]
    pub async fn show() -> &'static str {
        "user"
    }

    #[utoipa::path(path = "/users", context_path = "/v1", method(get, head))]
    #[handler(since = "1.0.0")]
    pub async fn list() -> &'static str {
        "users"
    }

    #[handler(under = super::Api, since = "1.0.0")]
    #[utoipa::path(post, path = "/users/{id}")]
    pub async fn add() {}

    #[utoipa::path(put, path = "/users/{id}")]
    #[handler(under = super::Api, since = "1.0.0")]
    pub async fn replace() {}

    /// The router has the annotation's path; the description may have another, as below
    /// a prefix, or that of the annotation.
    #[handler(GET "/named", since = "1.0.0")]
    #[utoipa::path(get, path = named::PATH)]
    pub async fn named() -> &'static str {
        "named"
    }

    #[utoipa::path(get, path = "/rocket/{id}")]
    #[rocket::get("/rocket/<id>")]
    #[handler(since = "1.0.0")]
    pub fn of_rocket(id: u32) -> String {
        id.to_string()
    }

    #[actix_web::get("/actix/{id:\\d+}")]
    #[handler(since = "1.0.0")]
    #[utoipa::path(get, path = "/actix/{id}")]
    pub async fn of_actix() -> &'static str {
        "actix"
    }
}

use users::{list, named, show};

prefix!(Api = "/api");

#[utoipa::path(get, path = "/api/nested")]
#[handler(GET "/nested", under = Api, since = "1.0.0")]
async fn nested() -> &'static str {
    "nested"
}

#[derive(OpenApi)]
#[openapi(paths(users::show, users::list, users::named, users::of_rocket, nested))]
struct Document;

#[form(posts_to = [show, HEAD list, users::of_rocket, users::of_actix], since = "1.0.0")]
fn page() -> &'static str {
    show::URL
}

#[test]
fn passes() {
    assert_eq!([show::PATH, show::URL, page()], ["/users/{id}"; 3]);
    assert_eq!([list::PATH, list::URL], ["/v1/users"; 2]);
    assert_eq!([nested::PATH, nested::URL], ["/nested", "/api/nested"]);
    assert_eq!(
        [users::of_rocket::PATH, users::of_rocket::URL],
        ["/rocket/<id>", "/rocket/{id}"]
    );
    assert_eq!(
        [users::of_actix::PATH, users::of_actix::URL],
        ["/actix/{id:\\d+}", "/actix/{id}"]
    );
    RECORDS.assert_holds(
        "page",
        &[r#"[{"method":"GET","path":"/users/{id}"},{"method":"HEAD","path":"/v1/users"},{"method":"GET","path":"/rocket/{id}"},{"method":"GET","path":"/actix/{id}"}]"#],
    );
    RECORDS.assert_holds("nested", &[r#""method":"GET","path":"/api/nested""#]);
    RECORDS.assert_holds("users::list", &[r#""method":"GET","path":"/v1/users""#]);
    RECORDS.assert_holds("users::list#HEAD /v1/users", &[r#""method":"HEAD""#]);

    let document = serde_json::to_string(&Document::openapi()).unwrap();
    for path in [
        show::URL,
        list::URL,
        named::URL,
        nested::URL,
        users::of_rocket::URL,
    ] {
        assert!(
            document.contains(&format!("\"{path}\":")),
            "{path}: {document}"
        );
    }
    let mut app = Router::new()
        .route(show::PATH, get(show))
        .route(list::PATH, get(list))
        .route(named::PATH, get(named))
        .nest(Api::PATH, Router::new().route(nested::PATH, get(nested)));
    for (path, expected) in [
        ("/users/7", "user"),
        ("/v1/users", "users"),
        ("/named", "named"),
        ("/api/nested", "nested"),
    ] {
        assert_eq!(request::get(&mut app, path), expected, "{path}");
    }

    // Where utoipa-axum makes the router, the attribute alone states the route.
    let api = OpenApiRouter::<()>::new().routes(routes!(users::add, users::replace));
    let mut app: Router = OpenApiRouter::new()
        .routes(routes!(users::show))
        .routes(routes!(users::list))
        .nest(Api::PATH, api)
        .into();
    assert_eq!(
        [users::add::URL, users::replace::URL],
        ["/api/users/{id}"; 2]
    );
    for (path, expected) in [
        ("/users/7", "user"),
        ("/v1/users", "users"),
        ("/api/users/7", "405"),
    ] {
        assert_eq!(request::get(&mut app, path), expected, "{path}");
    }
    RECORDS.assert_holds(
        "users::add",
        &[r#""method":"POST","path":"/api/users/{id}""#],
    );
    let _ = (
        rocket::routes![users::of_rocket],
        actix_web::App::new().service(users::of_actix),
    );
}
