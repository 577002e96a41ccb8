use coexist::handler;

#[handler(since = "1.0.0")]
#[actix_web::get("/above the annotation")]
async fn above() -> &'static str {
    ""
}

#[actix_web::get("/below the annotation")]
#[handler(since = "1.0.0")]
async fn below() -> &'static str {
    ""
}

#[handler(since = "1.0.0")]
#[actix_web::routes]
#[get("/good")]
#[get("/not#good")]
async fn one_of_several() -> &'static str {
    ""
}

#[handler(since = "1.0.0")]
#[utoipa::path(get, path = "no-slash")]
async fn described() {}

#[handler(since = "1.0.0")]
#[actix_web::get("")]
async fn of_a_scope() -> &'static str {
    ""
}

fn main() {}
