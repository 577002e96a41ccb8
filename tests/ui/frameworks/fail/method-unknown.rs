use axum_extra::routing::TypedPath;
use coexist::handler;

#[derive(TypedPath)]
#[typed_path("/users")]
struct Users;

#[handler(FETCH, since = "1.0.0")]
async fn typed(_: Users) {}

#[handler(get, since = "1.0.0")]
async fn in_small_letters(_: Users) {}

#[handler(since = "1.0.0")]
#[actix_web::route("/cache", method = "GET", method = "PURGE")]
async fn of_actix() -> &'static str {
    ""
}

#[actix_web::connect("/proxy")]
#[handler(since = "1.0.0")]
async fn below_actix() -> &'static str {
    ""
}

fn main() {}
