use coexist::handler;

struct Api;

mod prefixes {
    coexist::prefix!(Hidden = "/hidden");
}

#[handler(GET "/struct", under = Api, since = "1.0.0")]
async fn of_struct() {}

#[handler(GET "/function", under = of_struct, since = "1.0.0")]
async fn of_handler() {}

#[handler(GET "/hidden", under = prefixes::Hidden, since = "1.0.0")]
async fn of_private() {}

#[actix_web::get("/below")]
#[handler(under = Api, since = "1.0.0")]
async fn below_actix() -> &'static str {
    ""
}

coexist::prefix!(Nested = "/nested", under = Api);

fn main() {}
