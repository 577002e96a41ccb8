//! actix-web's attributes state the route, above the annotation or below it.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![allow(unexpected_cfgs, clippy::non_minimal_cfg)]

use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, get, post, routes, rt, web};
use coexist::{Fields, Handler, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod entries {
    use super::{Entry, guarded};
    use actix_web::{delete, get, post, put, route, web};
    use coexist::handler;

    #[handler(since = "1.0.0")]
    #[post("/entries")]
    pub async fn add(entry: web::Form<Entry>) -> String {
        format!("added {}", entry.text)
    }

    #[handler(since = "1.0.0")]
    #[post("/entries/both")]
    pub async fn add_both(entry: web::Form<Entry>, other: web::Query<Entry>) -> String {
        format!("added {} and {}", entry.text, other.text)
    }

    #[put("/entries/{id:\\d+}")]
    #[handler(since = "1.1.0", until = "9.0.0")]
    pub async fn change(id: web::Path<u32>, _: web::Json<Entry>) -> String {
        format!("changed {id}")
    }

    /// It is private, and yet a form may post to it.
    #[delete("/entries/{id}")]
    #[handler(since = "1.0.0")]
    pub(crate) async fn remove(_: web::Path<u32>) -> &'static str {
        "removed"
    }

    #[handler(since = "1.0.0")]
    #[route("/both", method = "GET", method = "POST", guard = "guarded")]
    pub(super) async fn both() -> &'static str {
        "both"
    }

    #[get("/files/{folder}/{tail:.*}")]
    #[handler(since = "1.0.0")]
    pub async fn file(path: web::Path<(String, String)>) -> String {
        format!("file {} {}", path.0, path.1)
    }

    #[actix_web::scope("/scoped")]
    pub mod scoped {
        use actix_web::{get, routes};
        use coexist::handler;

        #[handler(since = "1.0.0")]
        #[get("/above")]
        pub async fn above() -> &'static str {
            "above, scoped"
        }

        #[get("/below/{id}")]
        #[handler(since = "1.0.0")]
        pub async fn below() -> &'static str {
            "below, scoped"
        }

        #[routes]
        #[get("")]
        #[post("/several")]
        #[handler(since = "1.0.0")]
        pub async fn several() -> &'static str {
            "several, scoped"
        }

        /// actix-web does not look at it.
        #[actix_web::get("/by-path")]
        #[handler(since = "1.0.0")]
        pub async fn by_path() -> &'static str {
            "by path"
        }

        pub mod inner {
            #[actix_web::get("/inner")]
            #[coexist::handler(since = "1.0.0")]
            pub async fn page() -> &'static str {
                "inner"
            }
        }
    }

    pub mod of_one_name {
        pub mod a {
            #[actix_web::get("/a")]
            #[coexist::handler(since = "1.0.0")]
            pub async fn page() -> &'static str {
                "a"
            }
        }
        pub mod b {
            #[actix_web::get("/b")]
            #[coexist::handler(since = "1.0.0")]
            pub async fn page() -> &'static str {
                "b"
            }
        }
    }
}

use entries::{add, both, change, of_one_name, remove};

#[derive(serde::Deserialize, Fields)]
struct Entry {
    text: String,
}

fn guarded(_: &actix_web::guard::GuardContext<'_>) -> bool {
    true
}

#[handler(since = "1.0.0")]
#[routes]
#[get("/")]
#[get("/index.html")]
#[head("/")]
async fn above_routes() -> &'static str {
    "above"
}

#[routes]
#[get("/below")]
#[get("/below.html")]
#[handler(since = "1.0.0")]
async fn below_routes() -> &'static str {
    "below"
}

#[cfg(any())]
#[handler(since = "1.0.0")]
#[get("/either")]
async fn either() -> &'static str {
    "none"
}

#[cfg(all())]
#[get("/or")]
#[handler(since = "1.0.0")]
async fn either() -> &'static str {
    "either"
}

#[get("/off")]
#[cfg(any())]
#[handler(since = "1.0.0")]
async fn off() -> &'static str {
    "off"
}

/// A page that is served and has a form.
#[handler(since = "1.0.0")]
#[form(posts_to = [add, remove, GET both, POST both], since = "1.1.0")]
#[post("no-slash/{id}")]
async fn page() -> String {
    format!("{} {}", add::URL, change::URL)
}

#[form(posts_to = [crate::frameworks::actix_web::entries::change, of_one_name::a::page], since = "1.1.0", until = "8.0.0")]
fn part_of_a_page() {}

#[test]
fn passes() {
    part_of_a_page();
    assert_eq!(
        [add::PATH, add::URL, <add as Handler>::METHOD],
        ["/entries", "/entries", "POST"]
    );
    assert_eq!(
        [change::PATH, change::URL],
        ["/entries/{id:\\d+}", "/entries/{id}"]
    );
    assert_eq!(
        [entries::file::URL, remove::URL],
        ["/files/{folder}/{*tail}", "/entries/{id}"]
    );
    assert_eq!([page::PATH, page::URL], ["no-slash/{id}", "/no-slash/{id}"]);
    assert_eq!(
        [of_one_name::a::page::URL, of_one_name::b::page::URL],
        ["/a", "/b"]
    );
    use entries::scoped;
    assert_eq!(
        [
            scoped::above::URL,
            scoped::below::URL,
            scoped::several::URL,
            scoped::by_path::URL,
            scoped::inner::page::URL,
        ],
        [
            "/scoped/above",
            "/scoped/below/{id}",
            "/scoped",
            "/by-path",
            "/inner"
        ]
    );
    assert_eq!(
        [either::URL, above_routes::URL, below_routes::URL],
        ["/or", "/", "/below"]
    );

    let adds = r#"{"method":"POST","path":"/entries","encoding":"urlencoded"}"#;
    let removes = r#"{"method":"DELETE","path":"/entries/{id}"}"#;
    let serves_both = r#"{"method":"GET","path":"/both"},{"method":"POST","path":"/both"}"#;
    let [served, form] = &RECORDS.all("page")[..] else {
        panic!("two records")
    };
    let (served, form) = if form.contains("\"form\":") {
        (served, form)
    } else {
        (form, served)
    };
    assert!(
        form.contains(&format!("\"posts_to\":[{adds},{removes},{serves_both}]")),
        "{form}"
    );
    assert!(
        served.contains("\"method\":\"POST\",\"path\":\"/no-slash/{id}\""),
        "{served}"
    );
    RECORDS.assert_holds(
        "part_of_a_page",
        &[r#""posts_to":[{"method":"PUT","path":"/entries/{id}","encoding":"json"},{"method":"GET","path":"/a"}]"#],
    );
    RECORDS.assert_holds(
        "entries::change",
        &[
            r#""path":"/entries/{id}","parameters":[{"name":"id","pattern":"\\d+"}]"#,
            r#""since":"1.1.0","until":"9.0.0""#,
            r#""name":"text""#,
        ],
    );
    for (id, endpoint) in [
        ("entries::both", r#""method":"GET","path":"/both""#),
        (
            "entries::both#POST /both",
            r#""method":"POST","path":"/both""#,
        ),
        (
            "entries::file",
            r#""method":"GET","path":"/files/{folder}/{*tail}""#,
        ),
        (
            "entries::file#GET /files/{folder}/",
            r#""method":"GET","path":"/files/{folder}/""#,
        ),
        ("above_routes", r#""method":"GET","path":"/""#),
        (
            "above_routes#GET /index.html",
            r#""method":"GET","path":"/index.html""#,
        ),
        ("above_routes#HEAD /", r#""method":"HEAD","path":"/""#),
        ("below_routes", r#""method":"GET","path":"/below""#),
        (
            "below_routes#GET /below.html",
            r#""method":"GET","path":"/below.html""#,
        ),
        ("either", r#""method":"GET","path":"/or""#),
        (
            "entries::of_one_name::a::page",
            r#""method":"GET","path":"/a""#,
        ),
        (
            "entries::of_one_name::b::page",
            r#""method":"GET","path":"/b""#,
        ),
    ] {
        RECORDS.assert_holds(id, &[endpoint]);
    }
    assert_eq!(RECORDS.all("off").len(), 0);

    RECORDS.assert_holds(
        "entries::add_both",
        &[
            r#""query":{"reader":"serde_urlencoded","unknown_fields":"ignore","fields":[{"name":"text","#,
        ],
    );

    rt::System::new().block_on(async {
        let app = App::new()
            .service(entries::add)
            .service(entries::add_both)
            .service(entries::change)
            .service(entries::remove)
            .service(entries::both)
            .service(entries::file)
            .service(
                web::scope("/pages")
                    .service(of_one_name::a::page)
                    .service(of_one_name::b::page),
            )
            .service(scoped::above)
            .service(scoped::below)
            .service(scoped::several)
            .service(scoped::by_path)
            .service(scoped::inner::page)
            .service(above_routes)
            .service(below_routes)
            .service(either)
            .service(page);
        let app = init_service(app).await;
        for (method, path, expected) in [
            (Method::POST, "/entries", "added x"),
            (Method::POST, "/entries/both?text=y", "added x and y"),
            // What the body holds is not in the query.
            (Method::POST, "/entries/both", "400 Bad Request"),
            (Method::DELETE, "/entries/7", "removed"),
            (Method::GET, "/both", "both"),
            (Method::POST, "/both", "both"),
            (Method::GET, "/files/a/b/c", "file a b/c"),
            (Method::GET, "/files/a/", "file a "),
            (Method::GET, "/files/a", "404 Not Found"),
            (Method::GET, "/", "above"),
            (Method::GET, "/index.html", "above"),
            (Method::GET, "/below.html", "below"),
            (Method::GET, "/or", "either"),
            (Method::GET, "/pages/b", "b"),
            (Method::GET, "/scoped/above", "above, scoped"),
            (Method::GET, "/scoped/below/7", "below, scoped"),
            (Method::GET, "/scoped", "several, scoped"),
            (Method::POST, "/scoped/several", "several, scoped"),
            (Method::GET, "/by-path", "by path"),
            (Method::GET, "/inner", "inner"),
            (Method::POST, "/no-slash/1", "/entries /entries/{id}"),
        ] {
            let request = TestRequest::with_uri(path)
                .method(method)
                .set_form([("text", "x")]);
            let response = call_service(&app, request.to_request()).await;
            let text = if response.status().is_success() {
                let body = to_bytes(response.into_body()).await.unwrap();
                String::from_utf8(body.to_vec()).unwrap()
            } else {
                response.status().to_string()
            };
            assert_eq!(text, expected, "{path}");
        }
    });
}
