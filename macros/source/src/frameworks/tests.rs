//! What is read out of the attributes of the frameworks.

use proc_macro2::TokenStream;
use syn::Attribute;
use syn::parse::Parser as _;

use super::{GeneratedType, Stated, read};

fn stated(attrs: &str) -> Stated {
    let tokens: TokenStream = attrs.parse().unwrap();
    read(&Attribute::parse_outer.parse2(tokens).unwrap())
}

/// `METHOD written -> patterns`, with a `?` if it is partial.
fn display(stated: &Stated) -> Vec<String> {
    let routes = stated.routes.iter().map(|route| {
        let mark = if route.is_partial { " ?" } else { "" };
        let patterns = route.patterns.join(" ");
        format!("{} {} -> {patterns}{mark}", route.method, route.path)
    });
    routes.collect()
}

#[test]
fn routes_are_read() {
    for (attrs, routes) in [
        // actix-web
        (r#"#[get("/a/{id}")]"#, &["GET /a/{id} -> /a/{id}"][..]),
        (
            r#"#[actix_web::post("/a", name = "x", wrap = "w()")]"#,
            &["POST /a -> /a"],
        ),
        (r#"#[get("/a", guard = "g")]"#, &["GET /a -> /a ?"]),
        (r#"#[get("")]"#, &["GET  -> "]),
        (r#"#[get("a/{id}")]"#, &["GET a/{id} -> /a/{id}"]),
        (r#"#[get("{id}")]"#, &["GET {id} -> /{id}"]),
        (
            r#"#[route("/a", method = "GET", method = "PURGE")]"#,
            &["GET /a -> /a", "PURGE /a -> /a"],
        ),
        (
            r#"#[routes] #[get("/a")] #[get("/b")] #[delete("/a")]"#,
            &["GET /a -> /a", "GET /b -> /b", "DELETE /a -> /a"],
        ),
        // Rocket
        (
            r#"#[post("/a/<id>?<page>&<q..>", data = "<form>")]"#,
            &["POST /a/<id>?<page>&<q..> -> /a/{id}"],
        ),
        (
            r#"#[rocket::get(uri = "/a/<_..>", rank = 2)]"#,
            &["GET /a/<_..> -> /a/{*_} /a ?"],
        ),
        (
            r#"#[put("/a", format = "json", data = "<x>")]"#,
            &["PUT /a -> /a ?"],
        ),
        (
            r#"#[route(PATCH, uri = "/a/<id>")]"#,
            &["PATCH /a/<id> -> /a/{id}"],
        ),
        // poem-openapi
        (
            r#"#[oai(path = "/a/:id", method = "get", method = "post", hidden)]"#,
            &["GET /a/:id -> /a/{id}", "POST /a/:id -> /a/{id}"],
        ),
        (
            r#"#[OpenApi(prefix_path = "/v1")] #[oai(path = "/a/", method = "get")]"#,
            &["GET /v1/a -> /v1/a"],
        ),
        (
            r#"#[OpenApi(prefix_path = "/v1")] #[oai(path = "/", method = "get")]"#,
            &["GET /v1 -> /v1"],
        ),
        (
            r#"#[OpenApi(prefix_path = V1)] #[oai(path = "/a", method = "get")]"#,
            &[],
        ),
        // utoipa
        (
            r#"#[utoipa::path(post, path = "/a/{id}")]"#,
            &["POST /a/{id} -> /a/{id}"],
        ),
        (
            r#"#[utoipa::path(path = "/a", context_path = "/v1", method(get, head))]"#,
            &["GET /v1/a -> /v1/a", "HEAD /v1/a -> /v1/a"],
        ),
        ("#[utoipa::path(get, path = create::PATH)]", &[]),
        (r#"#[utoipa::path(get, path = concat!("/a", "/b"))]"#, &[]),
        (
            r#"#[utoipa::path(get, path = "/a/{id}")] #[get("/a/<id>")]"#,
            &["GET /a/<id> -> /a/{id}"],
        ),
        (
            r#"#[utoipa::path(responses((status = 200)))] #[get("/a")]"#,
            &["GET /a -> /a"],
        ),
    ] {
        assert_eq!(display(&stated(attrs)), routes, "{attrs}");
    }
}

#[test]
fn other_attributes_are_not_routes() {
    for attrs in [
        r#"#[path = "a.rs"]"#,
        r#"#[path("/a")]"#,
        r#"#[trace("name")]"#,
        r#"#[trace(name = "name")]"#,
        r#"#[tokio::main(flavor = "current_thread")]"#,
        "#[debug_handler]",
        "#[debug_handler(state = S)]",
        r#"#[handler(POST "/a", since = "1.0.0")]"#,
        "#[get]",
        "#[route(name)]",
    ] {
        let stated = stated(attrs);
        assert!(
            stated.routes.is_empty() && stated.generated == GeneratedType::None,
            "{attrs}"
        );
    }
}

#[test]
fn frameworks_generate_types() {
    for (attrs, generated) in [
        ("#[get(\"/\")]", GeneratedType::Route),
        ("#[routes]", GeneratedType::Route),
        ("#[poem::handler]", GeneratedType::Endpoint),
        (
            "#[oai(path = \"/\", method = \"get\")]",
            GeneratedType::None,
        ),
        ("#[utoipa::path(get, path = \"/\")]", GeneratedType::None),
    ] {
        assert!(stated(attrs).generated == generated, "{attrs}");
    }
}

#[test]
fn paths_of_poem_become_canonical() {
    for (path, pattern, is_partial) in [
        ("/", "/", false),
        ("/a/:id", "/a/{id}", false),
        ("/a/:id/b/*rest", "/a/{id}/b/{*rest}", false),
        ("/a/*", "/a/{*rest}", false),
        (r"/a/:id<\d+>", "/a/{id}", true),
        (r"/a/<[^/]+>/b/<\d+>", "/a/{_1}/b/{_2}", true),
        ("/a/v:major", "/a/v{major}", false),
        ("/a/{id}", "/a/{id}", false),
        ("/a/{*rest}", "/a/{*rest}", false),
    ] {
        let canonical = super::poem::canonical(path);
        assert_eq!(canonical.patterns, [pattern], "{path}");
        assert_eq!(canonical.is_partial, is_partial, "{path}");
    }
}
