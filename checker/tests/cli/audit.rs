//! `coexist audit`: what is annotated, and what is not yet.

use serde_json::{Value, json};

use super::{Folder, coexist, run, said};

/// A package with this framework.
fn manifest(framework: &str) -> String {
    format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n\n[dependencies]\n{framework} = \"*\"\n"
    )
}

/// Audits a package of these files; the first one is its `src/main.rs`.
fn audit(files: &[(&str, &str)], args: &[&str]) -> (Option<i32>, String, String) {
    audit_of("axum", files, args)
}

/// The same with this framework.
fn audit_of(
    framework: &str,
    files: &[(&str, &str)],
    args: &[&str],
) -> (Option<i32>, String, String) {
    let folder = Folder::new();
    folder.file("Cargo.toml", manifest(framework));
    for (name, contents) in files {
        folder.file(name, contents);
    }
    let manifest = super::shown(&folder.path().join("Cargo.toml"));
    run(&[&["audit", "--manifest-path", &manifest], args].concat())
}

/// What is printed of a package with this `src/main.rs`.
#[track_caller]
fn printed(main: &str) -> String {
    printed_of("axum", &[("src/main.rs", main)])
}

/// What is printed of a package with this framework and these files.
#[track_caller]
fn printed_of(framework: &str, files: &[(&str, &str)]) -> String {
    let (status, printed, complaint) = audit_of(framework, files, &[]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    assert!(
        printed.lines().all(|line| line.chars().count() <= 80),
        "{printed}"
    );
    printed
}

/// An app that has begun.
const APP: [(&str, &str); 4] = [
    (
        "src/main.rs",
        r#"mod imports;
mod pages;
use imports::{self, show as show_import};
fn app() -> Router {
    Router::new()
        .route(pages::home::PATH, get(pages::home))
        .route("/imports", post(imports::create).get(show_import))
        .route("/ping", get(|| async { "pong" }))
        .nest_service("/static", ServeDir::new("static"))
}
#[test]
fn serves() { app().route("/test", get(imports::create)); }
#[cfg(test)]
mod tests { const PAGE: &str = "<form >"; }
"#,
    ),
    (
        "src/imports.rs",
        r#"#[coexist::handler(POST "/imports", since = "1.0.0")]
pub async fn create() {}

pub async fn show() -> Html { Html(format!("<p>{}<FORM method=post>", 1)) }
"#,
    ),
    (
        "src/pages.rs",
        r#"use askama::Template;
#[cfg_attr(feature = "coexist", handler(GET "/", since = "next"))]
pub async fn home() -> Home { Home }

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "home.html")]
pub struct Home;

#[derive(Debug, Template)]
#[template(path = "edit.html")]
struct Edit { id: u32 }

#[derive(Template)]
#[template(path = "plain.html")]
struct Plain;

#[derive(Template)]
#[template(path = "absent.html")]
struct Absent;
"#,
    ),
    ("templates/home.html", r#"<a href="/imports">imports</a>"#),
];

fn app() -> Vec<(&'static str, &'static str)> {
    let more = [
        (
            "templates/edit.html",
            r#"<form action="/edit/{{ id }}" method="post"></form><a href="/">home</a>"#,
        ),
        ("templates/plain.html", "<p>nothing to send</p>"),
        // Another crate, which is not part of the app.
        ("tests/it.rs", r#"const PAGE: &str = "<form>";"#),
    ];
    [&APP[..], &more].concat()
}

#[test]
fn what_is_not_annotated_is_listed_by_kind_and_counted() {
    let (status, printed, complaint) = audit(&app(), &[]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    let absent = printed
        .lines()
        .position(|line| line.starts_with("  src/pages.rs:20  Absent"));
    assert!(absent.is_some(), "{printed}");
    let known: Vec<&str> = printed
        .lines()
        .filter(|line| !line.contains("Absent") && !line.starts_with("      "))
        .collect();
    let expected = [
        "handlers without #[handler] (1)",
        "  src/imports.rs:4  GET /imports  show",
        "",
        "handlers that cannot be annotated as they are (2)",
        "  src/main.rs:8  GET /ping  a closure: make it a function with a name",
        "  src/main.rs:9  GET /static  files: declare them with `coexist::files!(Assets =",
        "",
        "pages without #[form] (2)",
        "  src/imports.rs:4  show  1 form",
        "  src/pages.rs:12  Edit  1 form, 1 link",
        "",
        "pages whose template cannot be read (1)",
        "",
        "handlers 2 of 5 · pages 1 of 4 · 33 %",
    ];
    assert_eq!(known, expected, "{printed}");
}

#[test]
fn the_json_says_the_same() {
    let (status, printed, _) = audit(&app(), &["--format", "json"]);
    assert_eq!(status, Some(0));
    let mut report: Value = serde_json::from_str(&printed).unwrap();
    let note = report["pages"]["missing"][2]["note"].take();
    assert!(note.as_str().unwrap().contains("absent.html"), "{note}");
    let item = |file: &str, line: u32, route: Value, item: Value, state: &str, note: Value| {
        json!({ "file": file, "line": line, "route": route, "item": item, "state": state,
            "note": note })
    };
    let null = Value::Null;
    let (imports, pages) = ("src/imports.rs", "src/pages.rs");
    let expected = json!({
        "format": 1,
        "percent": 33,
        "handlers": { "annotated": 2, "found": 5, "missing": [
            item(imports, 4, json!("GET /imports"), json!("show"), "open", null.clone()),
            item("src/main.rs", 8, json!("GET /ping"), null.clone(), "not-annotatable",
                json!("a closure: make it a function with a name")),
            item("src/main.rs", 9, json!("GET /static"), null.clone(), "not-annotatable",
                json!("files: declare them with `coexist::files!(Assets = \"/static\", since = \"…\")`")),
        ] },
        "pages": { "annotated": 1, "found": 4, "missing": [
            item(imports, 4, null.clone(), json!("show"), "open", json!("1 form")),
            item(pages, 12, null.clone(), json!("Edit"), "open", json!("1 form, 1 link")),
            item(pages, 20, null.clone(), json!("Absent"), "unreadable", null.clone()),
        ] },
        "not_read": [],
        "possible_requests": [],
    });
    assert_eq!(report, expected);
}

#[test]
fn a_registration_leads_to_its_function_through_modules_and_imports() {
    let main = r#"
mod a { #[handler(GET "/a", since = "1.0.0")] pub fn show() {} }
mod b { pub fn show() {} pub use super::a::show as shown; }
mod c {
    use super::b::show;
    fn routes(r: Router) -> Router { r.route("/c", get(show)).route("/a", get(crate::a::show)) }
    mod d { fn routes(r: Router) -> Router { r.route("/d", get(super::super::b::show)) } }
}
struct Pages;
impl Pages { fn show() {} fn routes(r: Router) -> Router { r.route("/p", get(Pages::show)) } }
"#;
    let printed = printed(main);
    for line in [
        "main.rs:3  GET /c  show",
        "main.rs:3  GET /d  show",
        "main.rs:10  GET /p  show",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    assert!(!printed.contains("GET /a"), "{printed}");
    assert!(
        printed.ends_with("handlers 1 of 4 · pages 0 of 0 · 25 %\n"),
        "{printed}"
    );
}

#[test]
fn a_function_is_counted_once_whether_its_attribute_or_a_call_registers_it() {
    let main = r#"
#[utoipa::path(get, path = "/a")] fn a() {}
#[get("/b")] fn b() {}
#[get("/c")] #[handler(since = "1.0.0")] fn c() {}
fn app(r: Router) { r.route("/a", get(a)); }
"#;
    let printed = printed(main);
    assert!(printed.contains("main.rs:2  GET /a  a"), "{printed}");
    assert!(printed.contains("main.rs:3  GET /b  b"), "{printed}");
    assert!(
        printed.ends_with("handlers 1 of 3 · pages 0 of 0 · 33 %\n"),
        "{printed}"
    );
}

#[test]
fn a_function_is_found_behind_a_wrapper_and_the_route_of_an_annotation_is_annotated() {
    let main = r#"
#[handler(GET "/a", since = "1.0.0")] fn a() {}
fn b() {}
#[handler(GET "/c", since = "1.0.0")] fn c() {}
fn limited<H>(handler: H) -> H { handler }
fn app(r: Router) {
    r.route(a::PATH, get(limited(a))).route("/x", get(limited(a))).route("/y", get(elsewhere::y));
    r.route("/b", post(limited(b))).route("/c", get(|| async {}));
}
"#;
    insta::assert_snapshot!(printed(main), @r#"
    handlers without #[handler] (2)
      src/main.rs:2  GET /x  a  its annotation does not state this route
      src/main.rs:3  POST /b  b

    handlers that cannot be annotated as they are (1)
      src/main.rs:7  GET /y  no function of this workspace serves it: `elsewhere::y`

    handlers 3 of 6 · pages 0 of 0 · 50 %
    "#);
}

#[test]
fn html_in_code_is_found_wherever_it_stands() {
    let main = r##"
#[form(posts_to = x, since = "1.0.0")] const DONE: &str = "<form action='/x'>";
const RAW: &str = r#"<form action="/x">"#;
static PLAIN: &str = "<p>a <formula></p>";
fn maud() -> Markup { html! { form method="post" action="/x" { button { "go" } } } }
fn nested() { assert!(true, "{}", wrap!(html! { a href="/x" { "x" } })); }
fn plain() -> Markup { html! { p { "<form >" } } }
struct Page;
impl Page { const IN: &str = "<form\n>"; fn method(&self) -> String { format!("<form >") } }
fn outer() { fn inner() -> &'static str { "<form>" } }
"##;
    let printed = printed(main);
    let found: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.split("  ").nth(2))
        .collect();
    assert_eq!(found, ["RAW", "maud", "nested", "IN", "method", "inner"]);
    assert!(
        printed.ends_with("handlers 0 of 0 · pages 1 of 7 · 14 %\n"),
        "{printed}"
    );
}

#[test]
fn everything_annotated_is_a_hundred_percent() {
    let printed = printed("#[handler(GET \"/\", since = \"1.0.0\")] fn a() {}");
    assert_eq!(printed, "handlers 1 of 1 · pages 0 of 0 · 100 %\n");
}

#[test]
fn where_there_is_nothing_it_is_said() {
    let printed = printed("fn main() {}");
    assert!(printed.starts_with("nothing to annotate: "), "{printed}");
    let (_, json, _) = audit(&[("src/main.rs", "fn main() {}")], &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["percent"], Value::Null);
}

#[test]
fn a_file_that_cannot_be_parsed_is_a_place_that_is_not_read() {
    let main = "mod a; #[handler(GET \"/\", since = \"1.0.0\")] fn a() {}";
    let files = [("src/main.rs", main), ("src/a.rs", "fn a() {}\nfn b( {}")];
    let printed = printed_of("axum", &files);
    assert!(
        printed.contains("src/a.rs:1  this file cannot be read: line 2"),
        "{printed}"
    );
    assert!(
        printed.ends_with("pages 0 of 0 · 99 %\nbeside that: 1 place not read\n"),
        "{printed}"
    );
}

#[test]
fn without_a_manifest_there_is_an_error() {
    let folder = Folder::new();
    let output = coexist().arg("audit").current_dir(folder.path()).output();
    let (status, printed, complaint) = said(output.unwrap());
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.contains("no Cargo.toml in this directory or above it"),
        "{complaint}"
    );
}

#[test]
fn a_route_that_the_annotation_does_not_state_is_open() {
    let printed = printed(
        r#"#[coexist::handler(GET "/a", GET "/api/b", since = "1.0.0")]
async fn show() {}
fn app() -> Router {
    Router::new().route("/a", get(show)).route("/b", get(show)).route("/c", get(show)).route("/a", post(show))
}
fn main() {}
"#,
    );
    assert!(printed.contains("GET /c"), "{printed}");
    assert!(printed.contains("POST /a"), "{printed}");
    assert!(printed.contains("handlers 2 of 4"), "{printed}");
}

#[test]
fn what_serves_files_is_declared_or_gets_the_declaration() {
    let main = r#"
mod web { coexist::files!(pub Assets = "/static", since = "1.0.0"); }
coexist::files!(Images = "/images", since = "1.0.0");
fn axum() -> Router {
    Router::new()
        .nest_service(web::Assets::PATH, ServeDir::new("static"))
        .nest_service("/images", ServeDir::new("images").precompressed_gzip())
        .nest_service("/downloads", ServeDir::new("downloads"))
        .nest_service("/api", api())
}
"#;
    let actix = r#"fn actix(app: &mut ServiceConfig) {
    app.service(actix_files::Files::new("/media", "media").prefer_utf8(true)).service(page);
}"#;
    let rocket = r#"#[get("/")] fn page() {}
fn rocket() -> Rocket<Build> {
    rocket::build().mount(ROOT, FileServer::from("files")).mount("/", routes![page])
}"#;
    insta::assert_snapshot!(printed(main), @r#"
    handlers that cannot be annotated as they are (2)
      src/main.rs:8  GET /downloads  files: declare them with
          `coexist::files!(Assets = "/downloads", since = "…")`
      src/main.rs:9  /api/{*rest}  no function of this workspace serves it: a
          service that is not read

    handlers 2 of 4 · pages 0 of 0 · 50 %
    "#);
    insta::assert_snapshot!(printed_of("actix-web", &[("src/main.rs", actix)]), @r#"
    handlers that cannot be annotated as they are (1)
      src/main.rs:2  GET /media  files: declare them with `coexist::files!(Assets =
          "/media", since = "…")`

    seen, and not read (1)
      src/main.rs:2  `page` states no route that is known

    handlers 0 of 1 · pages 0 of 0 · 0 %
    beside that: 1 place not read
    "#);
    insta::assert_snapshot!(printed_of("rocket", &[("src/main.rs", rocket)]), @r#"
    handlers without #[handler] (1)
      src/main.rs:1  GET /  page

    handlers that cannot be annotated as they are (1)
      src/main.rs:3  GET `ROOT`  files: declare them with `coexist::files!(Assets =
          "/…", since = "…")`

    handlers 0 of 2 · pages 0 of 0 · 0 %
    "#);
}

#[test]
fn each_route_has_its_whole_path_and_why_its_handler_cannot_be_annotated() {
    let main = r#"
struct Api;
struct Other;
impl Other { async fn status() {} }
impl Api {
    async fn status() {}
    fn router() -> Router { Router::new().route("/status", get(Self::status)) }
}
#[coexist::handlers]
impl Other { async fn shown() {} }
trait Page { async fn show() {} }
struct Home;
impl Page for Home { async fn show() {} }
async fn list() {}
#[handler(GET "/v1/both", since = "1.0.0")] async fn both() {}
async fn missing() {}
fn api() -> Router { Router::new().route("/list", get(list)).route("/both", get(both)) }
fn main() {
    Router::new().nest("/v1", api()).nest("/v2", api()).merge(Api::router())
        .route("/shown", get(Other::shown)).route("/home", get(Home::show)).fallback(missing);
}
"#;
    insta::assert_snapshot!(printed(main), @r#"
    handlers without #[handler] (5)
      src/main.rs:10  GET /shown  shown
      src/main.rs:14  GET /v1/list  list
      src/main.rs:14  GET /v2/list  list
      src/main.rs:15  GET /v2/both  both  its annotation does not state this route
      src/main.rs:16  /{*rest}  missing

    handlers that cannot be annotated as they are (2)
      src/main.rs:6  GET /status  status  a method: put `#[coexist::handlers]` on
          its `impl` block first
      src/main.rs:13  GET /home  show  a method of a trait: annotate a free function
          that calls it

    handlers 1 of 8 · pages 0 of 0 · 12 %
    "#);
}

#[test]
fn attributes_under_conditions_and_routes_with_several_paths_are_seen() {
    let main = r#"
#[cfg_attr(feature = "web", get("/conditional"))]
async fn conditional() {}
async fn index() {}
async fn other() {}
fn main() {
    App::new().service(conditional)
        .service(web::resource(["", "/"]).route(web::get().to(index)))
        .default_service(web::to(other));
}
"#;
    insta::assert_snapshot!(printed_of("actix-web", &[("src/main.rs", main)]), @r#"
    handlers without #[handler] (3)
      src/main.rs:3  GET /conditional  conditional
      src/main.rs:4  GET /  index
      src/main.rs:5  /{*rest}  other

    handlers 0 of 3 · pages 0 of 0 · 0 %
    "#);
    let main = r#"
struct Api;
#[OpenApi]
impl Api { #[oai(path = "/users", method = "post")] async fn create(&self) {} }
fn main() { Route::new().nest("/api", OpenApiService::new(Api, "", "")); }
"#;
    insta::assert_snapshot!(printed_of("poem", &[("src/main.rs", main)]), @r#"
    handlers without #[handler] (1)
      src/main.rs:4  POST /api/users  create

    handlers 0 of 1 · pages 0 of 0 · 0 %
    "#);
}

#[test]
fn what_is_seen_and_not_read_keeps_it_from_a_hundred_percent() {
    let annotated = r#"#[handler(GET "/", since = "1.0.0")] fn a() {}"#;
    for (more, expected) in [
        (
            r#"macro_rules! page { () => { const P: &str = "<form>"; } }"#,
            "a `macro_rules!` makes a page",
        ),
        (
            r#"macro_rules! routes { ($r:expr) => { $r.route("/b", get(a)) } }"#,
            "a `macro_rules!` makes a route",
        ),
        (
            r#"#[template(path = "a.html")] macro_rules! t { () => { #[template(path = "a")] struct T; } }"#,
            "a `macro_rules!` makes a page",
        ),
        (
            "fn page() { view! { <a href=\"/x\"/> } }",
            "`view!` is markup that is not read yet",
        ),
        (
            "const SCRIPT: &str = \"<script>fetch('/api/x')</script>\";",
            "fetch('/api/x",
        ),
    ] {
        let printed = printed(&format!("{annotated}\n{more}\n"));
        assert!(printed.contains(expected), "{printed}");
        assert!(
            printed.contains("handlers 1 of 1 · pages 0 of 0 · 99 %"),
            "{printed}"
        );
    }
}

#[test]
fn requests_of_scripts_are_found_in_served_files_and_templates_and_nowhere_else() {
    let files = [
        ("src/main.rs", "fn main() {}"),
        ("static/app.js", "\nfetch('/api/x');"),
        ("templates/a.html", "<script>location.href = '/x'</script>"),
        ("node_modules/b/b.js", "fetch('/no')"),
        ("tests/b.js", "fetch('/no')"),
    ];
    insta::assert_snapshot!(printed_of("axum", &files), @r#"
    requests that scripts may send (2)
      static/app.js:2  fetch('/api/x
      templates/a.html:1  location.href = '/x

    handlers 0 of 0 · pages 0 of 0 · 0 %
    beside that: 2 requests possible in scripts
    "#);
}

#[test]
fn the_programs_of_a_workspace_are_read_together_and_a_pinned_toolchain_does_not_matter() {
    let folder = Folder::new();
    folder.file("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n");
    folder.file(
        "rust-toolchain.toml",
        "[toolchain]\nchannel = \"1.2.3-absent\"\n",
    );
    let package = |name: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n\n[dependencies]\n\
             axum = \"*\"\n{}",
            if name == "shared" {
                ""
            } else {
                "shared = { path = \"../shared\" }\n"
            }
        )
    };
    for name in ["one", "two", "shared"] {
        folder.file(&format!("{name}/Cargo.toml"), package(name));
    }
    folder.file(
        "shared/src/lib.rs",
        "pub async fn list() {}\n\
         pub fn api() -> Router { Router::new().route(\"/list\", get(list)) }\npub fn other() {}",
    );
    folder.file(
        "one/src/main.rs",
        "fn main() { Router::new().nest(\"/api\", shared::api()); }",
    );
    folder.file("two/src/main.rs", "fn main() { shared::other(); }");
    let manifest = super::shown(&folder.path().join("Cargo.toml"));
    let (status, printed, complaint) = run(&["audit", "--manifest-path", &manifest]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    insta::assert_snapshot!(printed, @r#"
    handlers without #[handler] (1)
      shared/src/lib.rs:1  GET /api/list  list

    handlers 0 of 1 · pages 0 of 0 · 0 %
    "#);
}

#[test]
fn a_redirect_is_a_page_unless_its_handler_only_redirects() {
    let main = r#"
async fn pay() -> Redirect { if paid() { return Redirect::to("/a"); } Redirect::to("/b") }
#[form(redirect, posts_to = pay, since = "1.0.0")] fn paid() { Redirect::to("/pay") }
#[handler(GET "/old", redirect = 308, to = "/pay", since = "1.0.0")]
async fn old() -> Redirect { Redirect::permanent("/pay") }
"#;
    let printed = printed(main);
    assert!(printed.contains("main.rs:2  pay  2 redirects"), "{printed}");
    assert!(printed.contains("pages 1 of 2"), "{printed}");
}
