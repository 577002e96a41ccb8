//! axum-extra's `TypedPath` states the path, the annotation the method.

#![forbid(unsafe_code)]
#![deny(warnings)]

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use coexist::{Handler, form, handler, prefix};

use super::request::get;
use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod users {
    use axum_extra::routing::TypedPath;
    use coexist::handler;
    use serde::Deserialize;

    #[derive(TypedPath, Deserialize)]
    #[typed_path("/users/{id}")]
    pub struct User {
        pub id: u32,
    }

    #[derive(TypedPath, Deserialize)]
    #[typed_path("/users/{name}/{*file}")]
    pub struct File(pub String, pub String);

    #[handler(GET, since = "1.0.0")]
    pub async fn show(User { id }: User) -> String {
        format!("user {id}")
    }

    #[handler(DELETE, since = "1.1.0", until = "9.0.0")]
    pub async fn remove(_: User) {}

    #[handler(GET, since = "1.0.0")]
    pub(crate) async fn file(File(name, file): File) -> String {
        format!("{name} {file}")
    }
}

use users::{file, remove, show};

#[derive(TypedPath)]
#[typed_path("/")]
struct Root;

#[derive(TypedPath)]
#[typed_path("/sub")]
struct Sub;

prefix!(Api = "/api");
prefix!(Admin = "/admin", under = crate::frameworks::typed_path::Api);

#[handler(GET, under = Admin, since = "1.0.0")]
async fn root(_: Root) -> &'static str {
    "root"
}

#[handler(GET, under = crate::frameworks::typed_path::Admin, since = "1.0.0")]
async fn sub(_: Sub) -> &'static str {
    "sub"
}

#[form(posts_to = [remove, show, root], since = "1.1.0", until = "8.0.0")]
fn page() -> &'static str {
    remove::URL
}

#[test]
fn passes() {
    assert_eq!([show::PATH, show::URL, page()], ["/users/{id}"; 3]);
    assert_eq!(<remove as Handler>::METHOD, "DELETE");
    assert_eq!([file::PATH, file::URL], ["/users/{name}/{*file}"; 2]);
    assert_eq!([root::PATH, root::URL], ["/", "/api/admin"]);
    assert_eq!([sub::PATH, sub::URL], ["/sub", "/api/admin/sub"]);
    RECORDS.assert_holds("users::show", &[r#""method":"GET","path":"/users/{id}""#]);
    RECORDS.assert_holds(
        "users::remove",
        &[r#""path":"/users/{id}","since":"1.1.0","until":"9.0.0""#],
    );
    RECORDS.assert_holds("users::file", &[r#""path":"/users/{name}/{*file}""#]);
    RECORDS.assert_holds("root", &[r#""method":"GET","path":"/api/admin""#]);
    RECORDS.assert_holds("sub", &[r#""path":"/api/admin/sub""#]);
    RECORDS.assert_holds(
        "page",
        &[r#"[{"method":"DELETE","path":"/users/{id}"},{"method":"GET","path":"/users/{id}"},{"method":"GET","path":"/api/admin"}]"#],
    );

    let admin = Router::new().typed_get(root).typed_get(sub);
    let api = Router::new().nest(Admin::PATH, admin);
    let mut app = Router::new()
        .typed_get(show)
        .typed_delete(remove)
        .typed_get(file)
        .nest(Api::PATH, api);
    for (path, expected) in [
        ("/users/7", "user 7"),
        ("/users/a/b/c", "a b/c"),
        ("/api/admin", "root"),
        ("/api/admin/", "404"),
        ("/api/admin/sub", "sub"),
    ] {
        assert_eq!(get(&mut app, path), expected, "{path}");
    }
}
