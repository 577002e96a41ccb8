//! What the test of a Rocket app says. The annotations stand here, apart from what is
//! mounted, so that an app can lack some.

#![expect(
    dead_code,
    reason = "of what is annotated here, only the annotations matter"
)]

use coexist::handler;
use coexist_checker::testing::mounted::Mounted;
use rocket::Route;
use rocket::http::Method;
use rocket::route::dummy_handler;

#[handler(GET "/events/{id}", since = "1.0.0")]
fn show() {}

#[handler(POST "/events/{id}", since = "1.0.0")]
fn sign_up() {}

#[handler(GET "/files/{*rest}", since = "1.0.0")]
fn file() {}

#[handler(GET "/files", since = "1.0.0")]
fn files() {}

fn route(method: Method, path: &str) -> Route {
    Route::new(method, path, dummy_handler)
}

#[test]
fn what_is_mounted_is_found() {
    let events = [
        route(Method::Get, "/<number>?<page>"),
        route(Method::Post, "/<number>"),
    ];
    let app = rocket::build()
        .mount("/events", events)
        .mount("/", [route(Method::Get, "/files/<path..>")]);
    coexist_checker::assert_mounted(app);
}

#[test]
fn what_is_not_mounted_is_named_with_its_place() {
    let app = rocket::build().mount("/events", [route(Method::Get, "/<id>")]);
    let text = Mounted::new().check(app).unwrap_err().to_string();
    assert_eq!(text, include_str!("rocket.txt"), "{text}");
}
