//! Rocket's attributes state the route, above the annotation or below it.

#![deny(warnings)]
#![allow(unexpected_cfgs)]

use coexist::{Handler, form, handler};
use rocket::local::blocking::Client;
use rocket::{get, routes};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod events {
    use std::path::PathBuf;

    use coexist::{Fields, handler};
    use rocket::form::Form;
    use rocket::{FromForm, delete, get, post, put, route};

    #[derive(FromForm)]
    pub struct Event {
        name: String,
    }

    #[handler(since = "1.0.0")]
    #[post("/events", data = "<event>")]
    pub fn add(event: Form<Event>) -> String {
        format!("added {}", event.name)
    }

    #[put("/events/<id>?<draft>&kind=party", data = "<event>")]
    #[handler(since = "1.1.0", until = "9.0.0")]
    pub fn change(id: u32, draft: bool, event: Form<Event>) -> String {
        format!("changed {id} {draft} {}", event.name)
    }

    #[derive(FromForm, Fields)]
    pub struct Filter {
        kind: Option<String>,
        page: u8,
    }

    #[handler(since = "1.0.0")]
    #[get("/events?<q>&<filter..>")]
    pub fn search(q: &str, filter: Filter) -> String {
        format!("{q} {} {:?}", filter.page, filter.kind)
    }

    #[handler(since = "1.0.0")]
    #[delete("/events/<_id>", rank = 2)]
    pub(crate) async fn remove(_id: u32) -> &'static str {
        "removed"
    }

    #[route(GET, uri = "/files/<rest..>")]
    #[handler(since = "1.0.0")]
    pub(super) fn file(rest: PathBuf) -> String {
        format!("file {}", rest.display())
    }

    pub mod of_one_name {
        pub mod a {
            #[rocket::get("/a")]
            #[coexist::handler(since = "1.0.0")]
            pub fn page() -> &'static str {
                "a"
            }
        }
        pub mod b {
            #[rocket::get("/b")]
            #[coexist::handler(since = "1.0.0")]
            pub fn page() -> &'static str {
                "b"
            }
        }
    }
}

use events::{add, change, of_one_name, remove};

#[get("/")]
#[handler(since = "1.0.0")]
fn private() -> &'static str {
    "private"
}

#[handler(since = "1.0.0")]
#[cfg(any())]
#[get("/off")]
fn off() -> &'static str {
    "off"
}

#[handler(since = "1.0.0")]
#[get("/page?<_page>")]
#[form(posts_to = [add, remove, private], since = "1.1.0")]
fn page(_page: Option<u32>) -> String {
    format!("{} {}", add::URL, change::URL)
}

#[form(posts_to = [crate::frameworks::rocket::events::change, of_one_name::a::page], since = "1.1.0", until = "8.0.0")]
fn part_of_a_page() {}

#[test]
fn passes() {
    part_of_a_page();
    assert_eq!(
        [add::PATH, add::URL, <add as Handler>::METHOD],
        ["/events", "/events", "POST"]
    );
    assert_eq!(
        [change::PATH, change::URL],
        ["/events/<id>?<draft>&kind=party", "/events/{id}"]
    );
    assert_eq!(events::file::URL, "/files/{*rest}");
    assert_eq!(
        [of_one_name::a::page::URL, of_one_name::b::page::URL],
        ["/a", "/b"]
    );
    assert_eq!(
        [private::URL, remove::URL, page::URL],
        ["/", "/events/{_id}", "/page"]
    );

    let posts_to = r#""posts_to":[{"method":"POST","path":"/events"},{"method":"DELETE","path":"/events/{_id}"},{"method":"GET","path":"/"}]"#;
    let found = RECORDS.all("page");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().any(|json| json.contains(posts_to)),
        "{found:?}"
    );
    RECORDS.assert_holds(
        "part_of_a_page",
        &[r#"{"method":"PUT","path":"/events/{id}"},{"method":"GET","path":"/a"}"#],
    );
    RECORDS.assert_holds(
        "events::change",
        &[
            r#""since":"1.1.0","until":"9.0.0""#,
            r#""query":{"reader":"rocket","unknown_fields":"ignore","fields":[{"name":"draft","required":false,"#,
        ],
    );
    // A request without a body has all its fields there.
    RECORDS.assert_holds(
        "events::search",
        &[
            r#""encoding":"query","reader":"rocket","#,
            r#""fields":[{"name":"q","required":true,"type":"text"},{"flatten":true,"unknown_fields":"ignore","fields":[{"name":"kind","required":false,"optional":true,"type":"text"},{"name":"page","required":true,"type":"integer","min":0,"max":255}]}]"#,
        ],
    );
    RECORDS.assert_holds("events::remove", &[r#""partial":true"#]);
    RECORDS.assert_holds(
        "events::of_one_name::b::page",
        &[r#""method":"GET","path":"/b""#],
    );
    RECORDS.assert_holds(
        "events::file",
        &[r#""method":"GET","path":"/files/{*rest}""#],
    );
    RECORDS.assert_holds(
        "events::file#GET /files",
        &[r#""method":"GET","path":"/files""#],
    );
    assert_eq!(RECORDS.all("off").len(), 0);

    let app = rocket::build()
        .mount(
            "/",
            routes![
                events::add,
                events::change,
                events::remove,
                events::file,
                events::search
            ],
        )
        .mount(
            "/pages",
            routes![of_one_name::a::page, of_one_name::b::page],
        )
        .mount("/", routes![private, page]);
    let client = Client::untracked(app).unwrap();
    let form = rocket::http::ContentType::Form;
    let sent = [
        (client.post("/events"), "added x"),
        (
            client.put("/events/7?draft=yes&kind=party"),
            "changed 7 true x",
        ),
        (client.delete("/events/7"), "removed"),
        (client.get("/events?q=a&page=2"), "a 2 None"),
        (client.get("/files/a/b"), "file a/b"),
        (client.get("/files"), "file "),
        (client.get("/files/"), "file "),
        (client.get("/pages/b"), "b"),
        (client.get("/"), "private"),
        (client.get("/page"), "/events /events/{id}"),
    ];
    for (request, expected) in sent {
        let what = request.inner().to_string();
        let response = request.header(form.clone()).body("name=x").dispatch();
        assert_eq!(response.into_string().as_deref(), Some(expected), "{what}");
    }
}
