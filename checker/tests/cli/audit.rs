//! `coexist audit`: what is annotated, and what is not yet.

use serde_json::{Value, json};

use super::{Folder, coexist, run, said};

const MANIFEST: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n";

/// Audits a package of these files; the first one is its `src/main.rs`.
fn audit(files: &[(&str, &str)], args: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::new();
    folder.file("Cargo.toml", MANIFEST);
    for (name, contents) in files {
        folder.file(name, contents);
    }
    let manifest = super::shown(&folder.path().join("Cargo.toml"));
    run(&[&["audit", "--manifest-path", &manifest], args].concat())
}

/// What is printed of a package with this `src/main.rs`.
#[track_caller]
fn printed(main: &str) -> String {
    let (status, printed, complaint) = audit(&[("src/main.rs", main)], &[]);
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
fn what_is_no_function_counts_as_annotated_on_the_route_of_an_annotation() {
    let main = r#"
#[handler(GET "/a", since = "1.0.0")] fn a() {}
fn b() {}
fn app(r: Router) {
    r.route(a::PATH, get(limited(a))).route("/x", get(limited(a))).route("/y", get(elsewhere::y));
    r.route(b::PATH, get(limited(b)));
}
"#;
    let printed = printed(main);
    assert!(
        printed.contains("GET /x  served by no function"),
        "{printed}"
    );
    assert!(
        printed.contains("GET /y  `elsewhere::y` is not a function of this"),
        "{printed}"
    );
    assert!(printed.contains("GET b::PATH  served by"), "{printed}");
    assert!(!printed.contains("GET a::PATH"), "{printed}");
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
fn what_cannot_be_read_is_an_error() {
    let files = [
        ("src/main.rs", "mod a;\n"),
        ("src/a.rs", "fn a() {}\nfn b( {}"),
    ];
    let (status, printed, complaint) = audit(&files, &[]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.contains("src/a.rs:2: cannot look for"),
        "{complaint}"
    );

    let folder = Folder::new();
    let output = coexist().arg("audit").current_dir(folder.path()).output();
    let (status, printed, complaint) = said(output.unwrap());
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.contains("could not find `Cargo.toml`"),
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
fn actix(app: &mut ServiceConfig) {
    app.service(actix_files::Files::new("/media", "media").prefer_utf8(true)).service(page);
}
fn rocket() { rocket::build().mount(ROOT, FileServer::from("files")).mount("/", routes![page]); }
"#;
    let text = printed(main);
    insta::assert_snapshot!(text, @r#"
    handlers that cannot be annotated as they are (3)
      src/main.rs:8  GET /downloads  files: declare them with
          `coexist::files!(Assets = "/downloads", since = "…")`
      src/main.rs:12  GET /media  files: declare them with `coexist::files!(Assets =
          "/media", since = "…")`
      src/main.rs:14  GET ROOT  files: declare them with `coexist::files!(Assets =
          "/…", since = "…")`

    handlers 2 of 5 · pages 0 of 0 · 40 %
    "#);
}
