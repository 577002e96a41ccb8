use coexist::handler;

#[handler(GET "/above", since = "1.0.0")]
#[actix_web::get("/above")]
async fn above() -> &'static str {
    ""
}

#[actix_web::get("/below")]
#[handler(GET "/below", since = "1.0.0")]
async fn below() -> &'static str {
    ""
}

#[handler(POST "/rocket", since = "1.0.0")]
#[rocket::post("/rocket", data = "<text>")]
fn above_rocket(text: String) -> String {
    text
}

#[rocket::get("/rocket")]
#[handler(GET, since = "1.0.0")]
fn below_rocket() -> &'static str {
    ""
}

/// The message is the only one.
#[coexist::form(posts_to = [above, below, above_rocket, below_rocket], since = "1.0.0")]
fn page() -> [&'static str; 2] {
    [above::PATH, below_rocket::URL]
}

fn main() {
    let _ = actix_web::App::new().service(above).service(below);
    let _ = rocket::routes![above_rocket, below_rocket];
    page();
}
