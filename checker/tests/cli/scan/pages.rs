//! Pages of each engine, and which handlers show them.

use super::{assert_lines, forms, printed, scanned};

#[test]
fn templates_that_a_struct_names() {
    let main = r#"
use askama::Template;
use axum::{Router, routing::get};
#[derive(Template)]
#[template(path = "home.html")]
struct Home { name: String }
async fn home() -> Home { Home { name: String::new() } }
async fn save() {}
fn main() { Router::new().route("/home", get(home)).route("/save", post(save)); }
"#;
    let base = "<a href=\"/home\">home</a>{% block body %}{% endblock %}";
    let home = "{% extends \"base.html\" %}{% block body %}\n<form method=post action=\"/save\">\
                <input name=title required></form>{% endblock %}";
    let snapshot = scanned(
        "axum = \"0.8\"\naskama = \"0.14\"",
        &[
            ("src/main.rs", main),
            ("templates/base.html", base),
            ("templates/home.html", home),
        ],
    );
    assert_lines(
        &forms(&snapshot),
        &[
            "GET /home [] on /home templates/base.html:1",
            "POST /save [title] on /home templates/home.html:2",
        ],
    );
}

#[test]
fn templates_that_a_text_names() {
    let main = |render: &str| {
        format!(
            "use axum::{{Router, routing::get}};\n\
             async fn show() {{ page() }}\n\
             fn page() {{ {render} }}\n\
             async fn save() {{}}\n\
             fn main() {{ Router::new().route(\"/edit/{{id}}\", get(show).post(save)); }}\n"
        )
    };
    let expected = [
        "POST itself [title] on /edit/{id}",
        "GET /list [] on /edit/{id}",
    ];
    let form = "<form method=post><input name=title></form>\n";
    let jinja = format!("{{% extends 'base.html' %}}{{% block main %}}{form}{{% endblock %}}");
    let base = "<a href='/list'>all</a>{% block main %}{% endblock %}";
    for (dependencies, render, files) in [
        (
            "minijinja = \"2\"",
            "env.get_template(\"edit.html\").unwrap().render(context! {})",
            vec![
                ("templates/edit.html", &*jinja),
                ("templates/base.html", base),
            ],
        ),
        (
            "tera = \"1\"",
            "TEMPLATES.render(\"edit.html\", &context)",
            vec![("views/edit.html", &*jinja), ("views/base.html", base)],
        ),
        (
            "handlebars = \"6\"",
            "hb.render(\"edit\", &json!({}))",
            vec![
                (
                    "templates/edit.hbs",
                    "{{#if x}}{{> base}}{{/if}}<form method=post><input name=title></form>",
                ),
                ("templates/base.hbs", "<a href='/list'>all</a>"),
            ],
        ),
    ] {
        let main = main(render);
        let files = [&[("src/main.rs", &*main)], &files[..]].concat();
        let snapshot = scanned(&format!("axum = \"0.8\"\n{dependencies}"), &files);
        let found = forms(&snapshot);
        let found: Vec<String> = found
            .lines()
            .map(|line| line.rsplit_once(' ').unwrap().0.to_owned())
            .collect();
        assert_lines(&found.join("\n"), &expected);
    }
}

#[test]
fn markup_and_texts_in_code() {
    let main = r##"
use axum::{Router, routing::get};
use maud::html;
async fn show() { html! { form method="post" action="/save" { input name="a"; } (footer()) } }
fn footer() { html! { a href="/about" { "about" } } }
async fn raw() -> Html { Html(format!(r#"<form method="post" action="/save/{id}"><input name="b"></form>"#)) }
const PAGE: &str = "<button hx-delete='/items/1'>x</button>";
async fn page() -> Html { Html(PAGE) }
async fn included() -> Html { Html(include_str!("page.html")) }
fn main() {
    Router::new().route("/m", get(show)).route("/r", get(raw)).route("/p", get(page))
        .route("/i", get(included));
}
"##;
    let snapshot = scanned(
        "axum = \"0.8\"\nmaud = \"0.27\"",
        &[
            ("src/main.rs", main),
            ("src/page.html", "<form method=post action=/save></form>"),
        ],
    );
    assert_lines(
        &forms(&snapshot),
        &[
            "POST /save [a] on /m",
            "GET /about [] on /m",
            "POST /save/{id} [b] on /r",
            "DELETE /items/1 [] on /p",
            "POST /save [] on /i src/page.html:1",
        ],
    );
}

#[test]
fn an_address_that_names_a_handler_is_its_path() {
    let main = r#"
#[macro_use] extern crate rocket;
use rocket_dyn_templates::Template;
mod session { #[post("/session")] pub fn create() {} }
#[get("/")]
fn index() -> Template { Template::render("index", context! {}) }
#[launch]
fn rocket() -> _ { rocket::build().mount("/", routes![index, session::create]) }
"#;
    let template = "<form method=post action=\"{{ uri!(session::create) }}\"></form>\
                    <a href=\"{{ elsewhere }}\">x</a>";
    let files = [
        ("src/main.rs", main),
        ("templates/index.html.tera", template),
    ];
    let dependencies = "rocket = \"0.5\"\nrocket_dyn_templates = \"0.2\"";
    let snapshot = scanned(dependencies, &files);
    assert_lines(
        &forms(&snapshot),
        &["POST /session [] on / templates/index.html.tera:1"],
    );
    let printed = printed(dependencies, &files);
    assert!(printed.contains("has the address `elsewhere`"), "{printed}");
}

#[test]
fn an_address_that_names_a_route_is_its_path() {
    let main = r#"
use cot::router::{Route, Router};
#[derive(askama::Template)]
#[template(source = "<form method=post action=\"{{ cot::reverse!(urls, \"add\")? }}\"></form>", ext = "html")]
struct Index;
async fn index() -> Index { Index }
async fn add() {}
struct Todo;
impl cot::App for Todo {
    fn router(&self) -> Router {
        Router::with_urls([
            Route::with_handler_and_name("/", get(index), "index"),
            Route::with_handler_and_name("/add", post(add), "add"),
        ])
    }
}
fn main() {}
"#;
    let snapshot = scanned("cot = \"0.3\"\naskama = \"0.14\"", &[("src/main.rs", main)]);
    assert_lines(&forms(&snapshot), &["POST /add [] on /"]);
}

#[test]
fn redirects_are_forms_and_what_does_nothing_else_redirects() {
    let main = r#"
use axum::{Router, response::Redirect, routing::{get, post}};
async fn save() -> Redirect { store(); Redirect::to("/list?saved=1") }
async fn old() -> Redirect { Redirect::permanent("/list") }
async fn list() {}
fn main() {
    Router::new().route("/save", post(save)).route("/old", get(old)).route("/list", get(list))
        .route("/older", get(|| async { Redirect::permanent("/list") }));
}
"#;
    let snapshot = scanned("axum = \"0.8\"", &[("src/main.rs", main)]);
    assert_lines(&forms(&snapshot), &["GET /list on "]);
    assert_eq!(snapshot["forms"][0]["kind"], "redirect");
    let handlers = snapshot["handlers"].as_array().unwrap().iter();
    let redirects = handlers.filter(|handler| !handler["redirect"].is_null());
    let redirects: Vec<String> = redirects
        .map(|handler| format!("{} {}", handler["path"], handler["redirect"]["status"]))
        .collect();
    assert_eq!(redirects, ["\"/older\" 308", "\"/old\" 308"]);
}

#[test]
fn what_is_seen_and_not_read_is_listed() {
    let main = r#"
async fn page() { view! { <form action="/x"></form> } }
fn main() { axum::Router::new().route("/", get(page)); }
"#;
    let printed = printed("axum = \"0.8\"\nleptos = \"0.8\"", &[("src/main.rs", main)]);
    assert!(
        printed.contains("`view!` is markup that is not read yet"),
        "{printed}"
    );
}
