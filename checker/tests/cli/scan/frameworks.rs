//! Routes of each framework, with their prefixes.

use super::{assert_lines, handlers, printed, scanned};

const AXUM: &str = r#"
mod users;
mod paths { pub const ADMIN: &str = "/admin"; }
use axum::{Form, Router, routing::{get, post}};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn { user_name: String, remember: Option<bool> }

async fn home() {}
async fn sign_in(Form(form): Form<SignIn>) {}
async fn show(axum::extract::Path(id): axum::extract::Path<u32>) {}

fn admin() -> Router {
    let router = Router::new().route("/", get(home));
    if cfg!(debug_assertions) { router.route("/debug", get(home)) } else { router }
}

fn layered(router: Router) -> Router { router.layer(trace()) }

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/", get(home))
        .route("/sign-in", get(home).post(sign_in))
        .nest(paths::ADMIN, admin())
        .nest("/users/:name", users::router())
        .merge(layered(Router::new().route(&format!("{}/log", paths::ADMIN), get(home))))
        .route("/ping", get(|| async { "pong" }))
        .nest_service("/static", tower_http::services::ServeDir::new("static"))
        .fallback(not_found);
    axum::serve(listener, app).await;
}

async fn not_found() -> StatusCode { StatusCode::NOT_FOUND }

#[cfg(test)]
mod tests { fn app() -> Router { Router::new().route("/test", get(super::home)) } }
"#;

const USERS: &str = r#"
pub fn router() -> axum::Router {
    axum::Router::new().route("/items/:id", axum::routing::any(super::show)).route_layer(auth())
}
"#;

#[test]
fn axum() {
    let snapshot = scanned(
        "axum = \"0.7\"",
        &[("src/main.rs", AXUM), ("src/users.rs", USERS)],
    );
    assert_eq!(snapshot["scanned"], true);
    assert_eq!(snapshot["release"]["version"], "1.2.0");
    assert_lines(
        &handlers(&snapshot),
        &[
            "GET / app::home",
            "GET /admin app::home#GET /admin",
            "GET /admin/debug app::home#GET /admin/debug",
            "GET /admin/log app::home#GET /admin/log",
            "GET /ping app::main#GET /ping",
            "GET /sign-in app::home#GET /sign-in",
            "GET /static/{*rest} app#GET /static/{*rest}",
            "POST /sign-in app::sign_in [userName remember?]",
            "DELETE /users/{name}/items/{id} app::show#DELETE /users/{name}/items/{id}",
            "GET /users/{name}/items/{id} app::show",
            "PATCH /users/{name}/items/{id} app::show#PATCH /users/{name}/items/{id}",
            "POST /users/{name}/items/{id} app::show#POST /users/{name}/items/{id}",
            "PUT /users/{name}/items/{id} app::show#PUT /users/{name}/items/{id}",
        ],
    );
    let handlers = snapshot["handlers"].as_array().unwrap();
    let sign_in = handlers.iter().find(|one| one["id"] == "app::sign_in");
    let sign_in = sign_in.unwrap();
    assert_eq!(sign_in["reader"], "serde_urlencoded");
    assert_eq!(sign_in["encoding"], "urlencoded");
    assert_eq!(sign_in["routing"], "path-first");
}

#[test]
fn axum_with_typed_paths_and_descriptions() {
    let main = r#"
use axum_extra::routing::{RouterExt, TypedPath};
#[derive(TypedPath)]
#[typed_path("/users/{id}")]
struct User { id: u32 }
async fn show(user: User) {}
trait Page { const PATH: &'static str; fn route() -> &'static str { Self::PATH } }
struct About;
impl Page for About { const PATH: &'static str = "/about"; }
#[utoipa::path(post, path = "/api/users")]
async fn create() {}
enum Urls { Login }
impl AsRef<str> for Urls { fn as_ref(&self) -> &str { match self { Self::Login => "/login" } } }
fn main() {
    let app = axum::Router::new()
        .typed_get(show)
        .route(About::route(), get(about))
        .route(Urls::Login.as_ref(), get(about))
        .merge(utoipa_axum::router::OpenApiRouter::new().routes(routes!(create)));
}
async fn about() {}
"#;
    let snapshot = scanned(
        "axum = \"0.8\"\naxum-extra = \"0.10\"\nutoipa-axum = \"0.2\"",
        &[("src/main.rs", main)],
    );
    assert_lines(
        &handlers(&snapshot),
        &[
            "GET /users/{id} app::show",
            "GET /about app::about",
            "GET /login app::about#GET /login",
            "POST /api/users app::create",
        ],
    );
}

#[test]
fn actix_web() {
    let main = r#"
mod api;
use actix_web::{App, HttpServer, get, guard, post, web};
#[derive(serde::Deserialize)]
struct Import { file_name: String }
#[get("/")]
async fn home() {}
#[post("/imports/{id:\\d+}")]
async fn import(form: web::Form<Import>) {}
async fn status() {}
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(move || {
        App::new()
            .wrap(logger())
            .service(home)
            .service(web::scope("/app").service(import).configure(api::routes))
            .service(web::resource(["/status", "/health"]).route(web::get().to(status)))
            .route("/raw", web::post().guard(guard::Header("x", "y")).to(status))
            .service(actix_files::Files::new("/static", "static"))
    }).bind("x")?.run().await
}
"#;
    let api = r#"
use actix_web::web;
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/items").get(super::status).post(super::status));
}
"#;
    let files = [("src/main.rs", main), ("src/api.rs", api)];
    let snapshot = scanned("actix-web = \"4\"\nactix-files = \"0.6\"", &files);
    assert_lines(
        &handlers(&snapshot),
        &[
            "GET / app::home",
            "POST /app/imports/{id} app::import [file_name]",
            "GET /app/items app::status",
            "POST /app/items app::status#POST /app/items",
            "GET /status app::status#GET /status",
            "GET /health app::status#GET /health",
            "POST /raw app::status#POST /raw",
            "GET /static/{*rest} app#GET /static/{*rest}",
            "GET /static/ app#GET /static/",
        ],
    );
}

#[test]
fn rocket() {
    let main = r#"
#[macro_use] extern crate rocket;
mod admin;
use rocket::form::Form;
#[derive(FromForm)]
struct Task { title: String, #[field(default = false)] done: bool }
#[get("/")]
fn index() {}
#[post("/tasks?<notify>", data = "<task>")]
fn create(task: Form<Task>, notify: bool) {}
#[launch]
fn rocket() -> _ {
    let mut routes = routes![index];
    routes.append(&mut admin::routes());
    rocket::build().mount("/app", routes).mount([base(), "/api"].concat(), routes![create])
}
"#;
    let admin = r#"
pub fn routes() -> Vec<rocket::Route> { routes![users] }
#[get("/users/<id>")]
fn users(id: usize) {}
"#;
    let files = [("src/main.rs", main), ("src/admin.rs", admin)];
    let snapshot = scanned("rocket = \"0.5\"", &files);
    let lines = handlers(&snapshot);
    assert_lines(
        &lines,
        &[
            "GET /app app::index",
            "GET /app/users/{id} app::admin::users",
            "POST /api/tasks app::create [title done?]",
        ],
    );
    let printed = printed("rocket = \"0.5\"", &files);
    assert!(
        printed.contains("only the configuration of the app knows"),
        "{printed}"
    );
}

#[test]
fn poem_salvo_cot_and_loco() {
    let poem = r#"
use poem::{Route, get, handler};
use poem_openapi::{OpenApi, OpenApiService};
#[handler] fn home() {}
struct Api;
#[OpenApi(prefix_path = "/v1")]
impl Api {
    #[oai(path = "/users/:id", method = "get")]
    async fn user(&self) {}
}
fn main() {
    let api = OpenApiService::new(Api, "Api", "1.0");
    let app = Route::new().at("/", get(home)).nest("/api", api);
}
"#;
    assert_lines(
        &handlers(&scanned(
            "poem = \"3\"\npoem-openapi = \"5\"",
            &[("src/main.rs", poem)],
        )),
        &["GET / app::home", "GET /api/v1/users/{id} app::Api::user"],
    );
    let salvo = r#"
use salvo::prelude::*;
#[handler] async fn list() {}
#[handler] async fn show() {}
fn main() {
    let router = Router::new()
        .get(list)
        .push(Router::with_path("todos").get(list).post(list).push(Router::with_path("<id>").get(show)));
}
"#;
    assert_lines(
        &handlers(&scanned("salvo = \"0.70\"", &[("src/main.rs", salvo)])),
        &[
            "GET / app::list",
            "GET /todos app::list#GET /todos",
            "POST /todos app::list#POST /todos",
            "GET /todos/{id} app::show",
        ],
    );
    let cot = r#"
use cot::router::{Route, Router};
struct Todo;
impl cot::App for Todo {
    fn router(&self) -> Router {
        Router::with_urls([
            Route::with_handler_and_name("/", get(index), "index"),
            Route::with_handler_and_name("/add", post(add), "add"),
        ])
    }
}
struct Site;
impl cot::Project for Site {
    fn register_apps(&self, apps: &mut AppBuilder) { apps.register_with_views(Todo, "/todo"); }
}
async fn index() {}
async fn add() {}
fn main() {}
"#;
    let snapshot = scanned("cot = \"0.3\"", &[("src/main.rs", cot)]);
    assert_lines(
        &handlers(&snapshot),
        &["GET /todo/ app::index", "POST /todo/add app::add"],
    );
    let loco = r#"
use loco_rs::prelude::*;
#[derive(serde::Deserialize)]
pub struct Login { email: String }
async fn login(Form(form): Form<Login>) {}
async fn home() {}
pub fn auth() -> Routes { Routes::new().prefix("auth").add("/login", post(login)).add("/", get(home)) }
struct App;
impl Hooks for App {
    fn routes(_ctx: &AppContext) -> AppRoutes { AppRoutes::with_default_routes().add_route(auth()) }
}
fn main() {}
"#;
    assert_lines(
        &handlers(&scanned("loco-rs = \"0.16\"", &[("src/main.rs", loco)])),
        &["POST /auth/login app::login [email]", "GET /auth app::home"],
    );
}

#[test]
fn what_cannot_be_resolved_is_listed_with_its_place_and_reason() {
    let main = r#"
use axum::{Router, routing::get};
fn main() {
    let app = Router::new()
        .route(&settings.health_path, get(home))
        .nest(&settings.base, Router::new().route("/a", get(home)));
}
async fn home() {}
#[actix_web::get("/lost")]
async fn lost() {}
"#;
    let printed = printed(
        "axum = \"0.8\"\nactix-web = \"4\"",
        &[("src/main.rs", main)],
    );
    for expected in [
        "  GET /a\n",
        "src/main.rs:5\n      the path of this route (GET) is not known",
        "src/main.rs:10\n      `lost` states a route, and no router that was followed has it",
        "Some paths are below",
        "read: 1 handler, 0 forms in 1 file of `app`; 2 seen and not read",
    ] {
        assert!(printed.contains(expected), "{expected}\n\n{printed}");
    }
}
