//! The method of a form that Rocket serves: what the records say, beside what Rocket makes of the
//! request that a browser sends.

use coexist::form;
use rocket::http::ContentType;
use rocket::local::blocking::Client;
use rocket::routes;

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod method {
    use coexist::handler;
    use rocket::{delete, get, patch, post, put};

    #[handler(since = "1.0.0")]
    #[get("/m")]
    pub fn get_it() -> &'static str {
        "GET"
    }

    #[handler(since = "1.0.0")]
    #[post("/m")]
    pub fn post_it() -> &'static str {
        "POST"
    }

    #[handler(since = "1.0.0")]
    #[put("/m")]
    pub fn put_it() -> &'static str {
        "PUT"
    }

    #[handler(since = "1.0.0")]
    #[patch("/m")]
    pub fn patch_it() -> &'static str {
        "PATCH"
    }

    #[handler(since = "1.0.0")]
    #[delete("/m")]
    pub fn delete_it() -> &'static str {
        "DELETE"
    }
}

#[form(since = "1.0.0")]
const FIRST: &str = r#"<form method="post" action="/m">
    <input type="hidden" name="_method" value="put"><input name="a"></form>"#;

#[form(since = "1.0.0")]
const ALONE: &str = r#"<form method="post" action="/m">
    <input type="hidden" name="_method" value="Delete"></form>"#;

#[form(since = "1.0.0")]
const LATER: &str = r#"<form method="post" action="/m">
    <input name="a"><input type="hidden" name="_method" value="put"></form>"#;

#[form(since = "1.0.0")]
const MULTIPART: &str = r#"<form method="post" action="/m" enctype="multipart/form-data">
    <input type="hidden" name="_method" value="put"></form>"#;

#[form(since = "1.0.0")]
const GET: &str = r#"<form method="get" action="/m">
    <input type="hidden" name="_method" value="put"></form>"#;

#[form(since = "1.0.0")]
const LONG: &str = r#"<form method="post" action="/m">
    <input type="hidden" name="_method" value="options"></form>"#;

#[form(since = "1.0.0")]
const UNKNOWN: &str = r#"<form method="post" action="/m">
    <input type="hidden" name="_method" value="update"></form>"#;

#[test]
fn passes() {
    use method::*;
    let app = rocket::build().mount("/", routes![get_it, post_it, put_it, patch_it, delete_it]);
    let client = Client::untracked(app).unwrap();
    let multipart = ContentType::new("multipart", "form-data").with_params(("boundary", "x"));
    let part = "--x\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\nput\r\n--x--\r\n";
    for (item, body, content_type) in [
        ("FIRST", "_method=put&a=", ContentType::Form),
        ("ALONE", "_method=Delete", ContentType::Form),
        ("LATER", "a=&_method=put", ContentType::Form),
        ("MULTIPART", part, multipart),
        ("LONG", "_method=options", ContentType::Form),
        ("UNKNOWN", "_method=update", ContentType::Form),
    ] {
        let request = client.post("/m").header(content_type).body(body);
        let method = request.dispatch().into_string().unwrap();
        RECORDS.assert_holds(
            item,
            &[&format!(r#""posts_to":[{{"method":"{method}","path":"/m""#)],
        );
    }
    let response = client.get("/m?_method=put").dispatch();
    assert_eq!(response.into_string().unwrap(), "GET");
    RECORDS.assert_holds("GET", &[r#""posts_to":[{"method":"GET","path":"/m""#]);
    let _ = (FIRST, ALONE, LATER, MULTIPART, GET, LONG, UNKNOWN);
}
