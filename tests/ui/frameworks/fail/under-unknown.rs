use coexist::handler;

#[handler(GET "/unknown", under = NoSuchPrefix, since = "1.0.0")]
async fn unknown() {}

#[actix_web::get("/unknown")]
#[handler(under = prefixes::NoSuchPrefix, since = "1.0.0")]
async fn unknown_to_actix() -> &'static str {
    ""
}

mod prefixes {
    coexist::prefix!(pub Nested = "/nested", under = NoSuchPrefix);
}

fn main() {}
