//! One mistake gives one message: what names the handler is none.

use coexist::{form, handler};

#[handler(sinze = "1.0.0")]
#[actix_web::get("/above")]
pub async fn above() -> &'static str {
    ""
}

#[actix_web::get("/below")]
#[handler(since = "one")]
async fn below() -> &'static str {
    ""
}

mod of_rocket {
    #[coexist::handler(since = 1)]
    #[rocket::get("/above")]
    pub fn above() -> &'static str {
        ""
    }

    #[rocket::get("/below")]
    #[coexist::handler]
    pub fn below() -> &'static str {
        ""
    }
}

#[poem::handler]
#[handler(GET "/poem")]
fn of_poem() {}

#[form(posts_to = [above, below, of_rocket::above, of_rocket::below, of_poem], since = "1.0.0")]
fn page() -> [&'static str; 5] {
    [above::PATH, below::URL, of_rocket::above::PATH, of_rocket::below::URL, of_poem::PATH]
}

fn main() {
    page();
    let _ = actix_web::App::new().service(above).service(below);
    let _ = rocket::routes![of_rocket::above, of_rocket::below];
    let _ = poem::Route::new().at("/", poem::get(of_poem));
}
