//! poem-openapi states the routes of methods: they have records, and no form can name them.

#![forbid(unsafe_code)]
#![deny(warnings)]

use coexist::{handler, prefix};
use poem::Route;
use poem::test::TestClient;
use poem_openapi::param::Path;
use poem_openapi::payload::PlainText;
use poem_openapi::{OpenApi, OpenApiService};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

prefix!(Api = "/api");

struct Users;
struct Pages;

#[OpenApi(prefix_path = "/v1")]
impl Users {
    #[oai(path = "/users/:id", method = "get")]
    #[handler(under = Api, since = "1.0.0")]
    async fn show(&self, id: Path<u32>) -> PlainText<String> {
        PlainText(format!("user {}", id.0))
    }

    #[handler(under = Api, since = "1.1.0", until = "9.0.0")]
    #[oai(path = "/", method = "get", method = "put")]
    async fn root(&self) -> PlainText<&'static str> {
        PlainText("root")
    }
}

#[OpenApi]
impl Pages {
    /// Another method of that name in this file.
    #[oai(path = "/pages/", method = "get")]
    #[handler(since = "1.0.0")]
    async fn show(&self) -> PlainText<&'static str> {
        PlainText("page")
    }
}

struct Above;
struct Below;

/// Forms can name the methods of a block with `#[handlers]`, which may stand above `#[OpenApi]`…
#[coexist::handlers]
#[OpenApi]
impl Above {
    #[oai(path = "/above/:id", method = "post")]
    #[handler(since = "1.0.0")]
    async fn save(&self, id: Path<u32>) -> PlainText<String> {
        PlainText(format!("saved {}", id.0))
    }
}

/// … or below it.
#[OpenApi]
#[coexist::handlers]
impl Below {
    #[oai(path = "/below", method = "post")]
    #[handler(since = "1.0.0")]
    async fn save(&self) -> PlainText<&'static str> {
        PlainText("saved")
    }
}

#[coexist::form(posts_to = [Above::save, Below::save], since = "1.0.0")]
fn page() {}

#[test]
fn passes() {
    page();
    assert_eq!(Above::SAVE.url, "/above/{id}");
    RECORDS.assert_holds(
        "page",
        &[r#""posts_to":[{"method":"POST","path":"/above/{id}"},{"method":"POST","path":"/below"}]"#],
    );

    for (id, held) in [
        (
            "Users::show",
            r#""method":"GET","path":"/api/v1/users/{id}","parameters":[{"name":"id","type":"integer","min":0,"max":4294967295}],"since":"1.0.0""#,
        ),
        (
            "Users::root",
            r#""method":"GET","path":"/api/v1","since":"1.1.0","until":"9.0.0""#,
        ),
        ("Users::root#PUT /v1", r#""method":"PUT","path":"/api/v1""#),
        ("Pages::show", r#""method":"GET","path":"/pages""#),
    ] {
        RECORDS.assert_holds(id, &[held]);
    }
    assert_eq!(RECORDS.count(), 7);

    let app = Route::new()
        .nest(Api::PATH, OpenApiService::new(Users, "users", "1.0.0"))
        .nest(
            "/",
            OpenApiService::new((Pages, Above, Below), "pages", "1.0.0"),
        );
    let client = TestClient::new(app);
    rocket::tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(async {
            client
                .post("/above/7")
                .send()
                .await
                .assert_text("saved 7")
                .await;
            for (path, expected) in [
                ("/api/v1/users/7", "user 7"),
                ("/api/v1", "root"),
                ("/pages", "page"),
            ] {
                client.get(path).send().await.assert_text(expected).await;
            }
        });
}
