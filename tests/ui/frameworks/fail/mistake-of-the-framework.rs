//! What is wrong in the framework's attribute is the framework's to say.

use coexist::handler;

#[handler(since = "1.0.0")]
#[actix_web::get("/above", nam = "x")]
async fn above() -> &'static str {
    ""
}

#[actix_web::get("/below", nam = "x")]
#[handler(since = "1.0.0")]
async fn below() -> &'static str {
    ""
}

fn main() {}
