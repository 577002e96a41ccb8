//! What each framework makes of a prefix, and of the path `/` and no path below it.

#![forbid(unsafe_code)]
#![deny(warnings)]

use coexist::prefix;

use super::request;
use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

/// Documented, and seen from other modules.
mod prefixes {
    coexist::prefix!(pub Api = "/api");
    coexist::prefix! {
        /// Documented.
        #[derive(Debug)]
        pub(crate) Tenant = "/tenants/{tenant}",
        under = self::Api,
    }
    coexist::prefix!(pub(super) Same = "/same");
}

use prefixes::{Api, Tenant};

prefix!(
    Private = "/private",
    under = crate::frameworks::prefix::prefixes::Tenant
);

mod of_axum {
    use super::{Api, Private, Tenant};
    use coexist::handler;

    #[handler(GET "/", under = Api, since = "1.0.0")]
    pub async fn root() -> &'static str {
        "root"
    }

    #[handler(GET "/folder/", under = super::prefixes::Api, since = "1.0.0")]
    pub async fn folder() -> &'static str {
        "folder"
    }

    #[handler(GET "/{*rest}", under = Tenant, since = "1.0.0")]
    pub async fn rest() -> &'static str {
        "rest"
    }

    #[handler(GET "/page", under = Private, since = "1.0.0")]
    #[coexist::form(posts_to = [root, rest], since = "1.0.0")]
    pub async fn page() -> &'static str {
        page::URL
    }
}

mod of_actix {
    use super::Api;
    use actix_web::get;
    use coexist::handler;

    #[get("")]
    #[handler(under = Api, since = "1.0.0")]
    pub async fn nothing() -> &'static str {
        "nothing"
    }

    #[handler(under = Api, since = "1.0.0")]
    #[get("/")]
    pub async fn root() -> &'static str {
        "root"
    }

    #[get("/")]
    #[handler(under = Api, since = "1.0.0")]
    pub async fn root_below() -> &'static str {
        "root"
    }

    #[handler(under = super::Tenant, since = "1.0.0")]
    #[get("{page}")]
    pub async fn page() -> &'static str {
        "page"
    }
}

mod of_rocket {
    use super::Api;
    use coexist::handler;
    use rocket::get;
    use std::path::PathBuf;

    #[handler(under = Api, since = "1.0.0")]
    #[get("/")]
    pub fn root() -> &'static str {
        "root"
    }

    #[get("/?<_page>")]
    #[handler(under = super::prefixes::Same, since = "1.0.0")]
    pub fn root_below(_page: Option<u32>) -> &'static str {
        "root"
    }

    #[handler(under = Api, since = "1.0.0")]
    #[get("/rest/<_rest..>")]
    pub fn rest(_rest: PathBuf) -> &'static str {
        "rest"
    }
}

#[test]
fn passes() {
    assert_eq!(
        [Api::PATH, Tenant::PATH, Private::PATH],
        ["/api", "/tenants/{tenant}", "/private"]
    );
    assert_eq!(
        <Private as coexist::Prefix>::URL,
        "/api/tenants/{tenant}/private"
    );
    axum();
    actix();
    rocket();
}

fn axum() {
    use axum::Router;
    use axum::routing::get;
    use of_axum::{folder, page, rest, root};

    assert_eq!([root::PATH, root::URL], ["/", "/api"]);
    assert_eq!([folder::PATH, folder::URL], ["/folder/", "/api/folder/"]);
    assert_eq!(
        [rest::PATH, rest::URL],
        ["/{*rest}", "/api/tenants/{tenant}/{*rest}"]
    );
    assert_eq!(
        [page::PATH, page::URL],
        ["/page", "/api/tenants/{tenant}/private/page"]
    );
    let private = Router::new().route(page::PATH, get(page));
    let tenant = Router::new()
        .nest(Private::PATH, private)
        .route(rest::PATH, get(rest));
    let api = Router::new()
        .route(root::PATH, get(root))
        .route(folder::PATH, get(folder))
        .nest(Tenant::PATH, tenant);
    let mut app = Router::new().nest(Api::PATH, api);
    for (path, expected) in [
        ("/api", "root"),
        ("/api/", "404"),
        ("/api/folder/", "folder"),
        ("/api/folder", "404"),
        ("/api/tenants/7/a/b", "rest"),
        ("/api/tenants/7/", "404"),
        ("/api/tenants/7/private/page", page::URL),
    ] {
        assert_eq!(request::get(&mut app, path), expected, "{path}");
    }
    RECORDS.assert_holds("of_axum::root", &[r#""method":"GET","path":"/api""#]);
    RECORDS.assert_holds(
        "of_axum::rest",
        &[r#""path":"/api/tenants/{tenant}/{*rest}""#],
    );
    let forms = RECORDS.all("of_axum::page");
    let posts_to = r#"[{"method":"GET","path":"/api"},{"method":"GET","path":"/api/tenants/{tenant}/{*rest}"}]"#;
    assert!(
        forms.iter().any(|form| form.contains(posts_to)),
        "{forms:?}"
    );
}

fn actix() {
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, rt, web};
    use of_actix::{nothing, page, root, root_below};

    assert_eq!([nothing::PATH, nothing::URL], ["", "/api"]);
    assert_eq!([root::PATH, root::URL], ["/", "/api/"]);
    assert_eq!([root_below::PATH, root_below::URL], ["/", "/api/"]);
    assert_eq!(
        [page::PATH, page::URL],
        ["{page}", "/api/tenants/{tenant}/{page}"]
    );
    RECORDS.assert_holds("of_actix::nothing", &[r#""method":"GET","path":"/api""#]);
    RECORDS.assert_holds(
        "of_actix::root_below",
        &[r#""method":"GET","path":"/api/""#],
    );
    let statuses = |with_root: bool, paths: &'static [&str]| {
        rt::System::new().block_on(async move {
            let tenant = web::scope(Tenant::PATH).service(page);
            let api = web::scope(Api::PATH).service(tenant);
            let api = if with_root {
                api.service(root).service(root_below)
            } else {
                api.service(nothing)
            };
            let app = init_service(App::new().service(api)).await;
            let mut statuses = Vec::new();
            for path in paths {
                let request = TestRequest::with_uri(path).to_request();
                statuses.push(call_service(&app, request).await.status().as_u16());
            }
            statuses
        })
    };
    assert_eq!(
        statuses(false, &["/api", "/api/", "/api/tenants/7/x"]),
        [200, 404, 200]
    );
    assert_eq!(statuses(true, &["/api", "/api/"]), [404, 200]);
}

fn rocket() {
    use of_rocket::{rest, root, root_below};
    use rocket::local::blocking::Client;
    use rocket::routes;

    assert_eq!([root::PATH, root::URL], ["/", "/api"]);
    assert_eq!([root_below::PATH, root_below::URL], ["/?<_page>", "/same"]);
    assert_eq!(
        [rest::PATH, rest::URL],
        ["/rest/<_rest..>", "/api/rest/{*_rest}"]
    );
    RECORDS.assert_holds("of_rocket::root", &[r#""method":"GET","path":"/api""#]);
    let app = ::rocket::build()
        .mount(Api::PATH, routes![root, rest])
        .mount(prefixes::Same::PATH, routes![root_below]);
    let routes: Vec<String> = app
        .routes()
        .map(|route| route.uri.path().to_string())
        .collect();
    assert_eq!(routes.len(), 3);
    let client = Client::untracked(app).unwrap();
    for (path, expected) in [
        ("/api", 200),
        ("/same?page=1", 200),
        ("/api/rest", 200),
        ("/api/rest/", 200),
        ("/api/rest/a/b", 200),
    ] {
        assert_eq!(
            client.get(path).dispatch().status().code,
            expected,
            "{path} of {routes:?}"
        );
    }
}
