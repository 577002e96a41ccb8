//! What the test of an actix-web app says, of routes of every kind. The annotations
//! stand here, apart from the functions that are mounted, so that each app can lack
//! some.

#![expect(
    dead_code,
    reason = "of what is annotated here, only the annotations matter"
)]

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpResponse, Resource, guard};
use coexist::handler;
use coexist_checker::testing::mounted::Mounted;

#[handler(GET "/", since = "1.0.0")]
fn home() {}

#[handler(POST "/entries", since = "1.0.0")]
fn sign() {}

#[handler(GET "/entries/latest", since = "1.0.0")]
fn latest() {}

#[handler(GET "/entries/{id}", since = "1.0.0")]
fn show() {}

#[handler(POST "/admin/entries/{id}/delete", since = "1.0.0")]
fn delete() {}

#[handler(GET "/static/{*rest}", since = "1.0.0")]
fn asset() {}

#[handler(GET "/static/", since = "1.0.0")]
fn assets() {}

async fn never() -> HttpResponse {
    unreachable!("no handler runs")
}

/// What `#[get("…")]` makes.
fn route(path: &'static str, method: impl guard::Guard + 'static) -> Resource {
    web::resource(path).name(path).guard(method).to(never)
}

/// All that is annotated.
fn routes(app: &mut ServiceConfig) {
    app.service(route("/", guard::Any(guard::Get()).or(guard::Head())))
        .service(web::resource("/entries").get(never).post(never))
        .service(route("/entries/latest", guard::Get()))
        .service(route(r"/entries/{number:\d+}", guard::Get()))
        .service(
            web::scope("/admin")
                .service(route(r"/entries/{id:\d{1,9}}/delete", guard::Post()))
                .default_service(web::to(HttpResponse::Gone)),
        )
        .route("/static/{tail:.*}", web::get().to(never));
}

/// The headlines of the problems.
fn headlines(routes: fn(&mut ServiceConfig)) -> Vec<String> {
    let Err(failure) = Mounted::new().check(App::new().configure(routes)) else {
        return Vec::new();
    };
    let text = failure.to_string();
    let headlines = text.lines().filter_map(|line| line.strip_prefix("error: "));
    headlines.map(str::to_owned).collect()
}

#[test]
fn what_is_mounted_is_found() {
    coexist_checker::assert_mounted(App::new().configure(routes));
}

#[test]
fn what_is_not_mounted_is_named_with_its_place() {
    let app = App::new()
        .service(route("/", guard::Post()))
        .service(route("/entries/{id}", guard::Get()))
        .service(route("/entries/latest", guard::Get()))
        .service(web::scope("/admin").default_service(web::to(HttpResponse::Gone)))
        .route("/static/{tail:.*}", web::to(|| async { "every method" }));
    let text = Mounted::new().check(app).unwrap_err().to_string();
    assert_eq!(text, include_str!("actix_web.txt"), "{text}");
}

#[test]
fn middleware_that_rewrites_hides_nothing() {
    async fn page(
        request: ServiceRequest,
        next: Next<actix_web::body::BoxBody>,
    ) -> Result<ServiceResponse, actix_web::Error> {
        let answer = next.call(request).await?;
        Ok(answer.into_response(HttpResponse::Ok().body("a page")))
    }
    let app = || App::new().wrap(from_fn(page));
    coexist_checker::assert_mounted(app().configure(routes));
    let text = Mounted::new().check(app()).unwrap_err().to_string();
    assert!(text.contains("7 of 7"), "{text}");
}

/// Answers strangers itself.
async fn login(
    request: ServiceRequest,
    next: Next<actix_web::body::BoxBody>,
) -> Result<ServiceResponse, actix_web::Error> {
    if request.headers().contains_key("x-user") {
        return next.call(request).await;
    }
    Ok(request.into_response(HttpResponse::new(StatusCode::UNAUTHORIZED)))
}

#[test]
fn what_is_behind_a_login_cannot_be_told_without_one() {
    let app = || App::new().wrap(from_fn(login)).configure(routes);
    let text = Mounted::new().check(app()).unwrap_err().to_string();
    assert_eq!(text.matches("could not tell whether").count(), 7, "{text}");
    assert!(text.contains("responds with 401 Unauthorized"), "{text}");
    Mounted::new().header("x-user", "ada").assert(app());
}

#[test]
fn what_another_route_may_take_cannot_be_told() {
    let found = headlines(|app| {
        app.service(route("/entries/{id}", guard::Delete()));
        routes(app);
    });
    assert_eq!(found, ["could not tell whether `latest` is mounted"]);
}
