use coexist::{form, handler};

#[handler(since = "1.0.0")]
#[actix_web::route("/entries", method = "GET", method = "POST")]
async fn entries() -> &'static str {
    ""
}

#[actix_web::routes]
#[put("/a")]
#[delete("/b")]
#[handler(since = "1.0.0")]
async fn several() -> &'static str {
    ""
}

#[form(posts_to = entries, since = "1.0.0")]
fn without_a_method() {}

#[form(posts_to = [PATCH entries, DELETE several], since = "1.0.0")]
fn with_another_method() {}

#[form(posts_to = [several], since = "1.0.0")]
fn in_a_list() {}

fn main() {}
