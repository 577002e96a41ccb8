//! poem's `#[handler]` makes a type, and its router has a syntax of its own.

#![forbid(unsafe_code)]
#![deny(warnings)]

use coexist::{Fields, Handler, form};
use poem::test::TestClient;
use poem::{Route, get, handler, post};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod users {
    use coexist::Fields;
    use poem::web::{Form, Path, Query};

    #[derive(serde::Deserialize, Fields)]
    pub struct User {
        name: String,
    }

    #[coexist::handler(POST "/users", since = "1.0.0")]
    #[poem::handler]
    pub async fn add(Form(user): Form<User>, Query(query): Query<Tab>) -> String {
        format!("added {} in {}", user.name, query.tab)
    }

    #[derive(serde::Deserialize, Fields)]
    pub struct Tab {
        tab: u8,
    }

    #[poem::handler]
    #[coexist::handler(GET "/users/:id/*rest", since = "1.0.0")]
    pub fn show(Path((id, rest)): Path<(u32, String)>) -> String {
        format!("{id} {rest}")
    }

    #[coexist::handler(GET r"/pages/:number<\d+>", since = "1.0.0")]
    #[poem::handler]
    pub(crate) fn page(Path(number): Path<u32>) -> String {
        number.to_string()
    }
}

use users::{add, page, show};

coexist::prefix!(Api = "/api");

#[handler]
#[coexist::handler(GET "/", under = Api, since = "1.0.0")]
#[form(posts_to = [add, crate::frameworks::poem::users::show], since = "1.0.0")]
fn root() -> &'static str {
    add::URL
}

#[derive(serde::Deserialize, Fields)]
struct Empty {}

#[test]
fn passes() {
    let Empty {} = Empty {};
    assert_eq!(
        [add::PATH, add::URL, <add as Handler>::METHOD],
        ["/users", "/users", "POST"]
    );
    assert_eq!(
        [show::PATH, show::URL],
        ["/users/:id/*rest", "/users/{id}/{*rest}"]
    );
    assert_eq!(
        [page::PATH, page::URL],
        [r"/pages/:number<\d+>", "/pages/{number}"]
    );
    assert_eq!([root::PATH, root::URL], ["/", "/api"]);
    RECORDS.assert_holds(
        "users::add",
        &[r#""method":"POST","path":"/users""#, r#""name":"name""#],
    );
    RECORDS.assert_holds(
        "users::show",
        &[r#""method":"GET","path":"/users/{id}/{*rest}""#],
    );
    RECORDS.assert_holds(
        "users::page",
        &[r#""path":"/pages/{number}""#, r#""partial":true"#],
    );
    assert_eq!(RECORDS.all("root").len(), 2);
    RECORDS.assert_holds(
        "users::add",
        &[
            r#""query":{"reader":"serde_urlencoded","unknown_fields":"ignore","fields":[{"name":"tab","#,
        ],
    );

    let app = Route::new()
        .at(add::PATH, post(add))
        .at(show::PATH, get(show))
        .at(page::PATH, get(page))
        .nest(Api::PATH, Route::new().at(root::PATH, get(root)));
    let client = TestClient::new(app);
    rocket::tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(async {
            for (path, expected) in [
                ("/users/7/a/b", "7 a/b"),
                ("/pages/12", "12"),
                ("/api", "/users"),
                ("/api/", "/users"),
            ] {
                client.get(path).send().await.assert_text(expected).await;
            }
            let send = |path: &str| client.post(path).form(&[("name", "x"), ("tab", "2")]);
            let added = send("/users?tab=1").send().await;
            added.assert_text("added x in 1").await;
            // What the body holds is not in the query.
            let refused = send("/users").send().await;
            refused.assert_status(poem::http::StatusCode::BAD_REQUEST);
        });
}
