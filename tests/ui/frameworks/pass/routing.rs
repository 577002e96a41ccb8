//! What each router answers where a path fits and its handler does not take the method, and
//! what it does with a slash at the end: the real routers are asked, and the annotations say it.

#![forbid(unsafe_code)]

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());
/// What is asked for where the parameter of a path is a `u32`, and what Rust parses of it.
const NUMBERS: [(&str, bool); 6] = [
    ("7", true),
    ("+7", true),
    ("007", true),
    ("-1", false),
    ("x", false),
    ("4294967296", false),
];
const U32: &str = r#""parameters":[{"name":"id","type":"integer","min":0,"max":4294967295}]"#;
const METHOD_FIRST: &str = r#","routing":"method-first","#;

mod with_axum {
    use axum::Router;
    use axum::extract::Path;
    use axum::routing::{get, put};
    use coexist::handler;

    use crate::frameworks::request;

    #[handler(GET "/doc/{step}", since = "1.0.0")]
    async fn step() -> &'static str {
        "step"
    }

    #[handler(PUT "/doc/link_sent", since = "1.0.0")]
    async fn link_sent() {}

    #[handler(GET "/number/{id}", since = "1.0.0")]
    async fn number(Path(id): Path<u32>) -> String {
        id.to_string()
    }

    #[test]
    fn a_number_that_does_not_parse_is_refused() {
        let mut app = Router::new().route(number::PATH, get(number));
        for (text, parses) in super::NUMBERS {
            let answer = request::get(&mut app, &format!("/number/{text}"));
            assert_eq!(answer != "400", parses, "{text}: {answer}");
        }
        super::RECORDS.assert_holds("with_axum::number", &[super::U32]);
    }

    #[test]
    fn the_path_comes_first() {
        let mut app = Router::new()
            .route(step::PATH, get(step))
            .route(link_sent::PATH, put(link_sent));
        let answers =
            ["/doc/7", "/doc/link_sent", "/doc/7/"].map(|path| request::get(&mut app, path));
        assert_eq!(answers, ["step", "405", "404"]);
        super::RECORDS.assert_lacks("with_axum::step", &["routing"]);
    }
}

mod with_actix_web {
    use actix_web::http::Method;
    use actix_web::middleware::NormalizePath;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::web::{self, ServiceConfig};
    use actix_web::{App, get, put, rt};
    use coexist::handler;

    #[handler(since = "1.0.0")]
    #[get("/doc/{step}")]
    async fn step() -> &'static str {
        "step"
    }

    #[handler(since = "1.0.0")]
    #[put("/doc/link_sent")]
    async fn link_sent() -> &'static str {
        "link_sent"
    }

    #[handler(GET "/plain/{step}", routing = "method-first", since = "1.0.0")]
    async fn plain_step() -> &'static str {
        "step"
    }

    #[handler(PUT "/plain/link_sent", routing = "path-first", since = "1.0.0")]
    async fn plain_link_sent() -> &'static str {
        "link_sent"
    }

    #[handler(since = "1.0.0")]
    #[get("/number/{id}")]
    async fn number(id: web::Path<u32>) -> String {
        id.to_string()
    }

    #[handler(since = "1.0.0")]
    #[get("/year/{year:\\d{4}}")]
    async fn year() -> &'static str {
        "year"
    }

    #[test]
    fn what_does_not_fit_a_parameter_is_not_found() {
        rt::System::new().block_on(async {
            let parameters = |app: &mut ServiceConfig| {
                app.service(number).service(year);
            };
            for (text, parses) in super::NUMBERS {
                let path = format!("/number/{text}");
                let status = statuses(parameters, &[&path]).await[0];
                assert_eq!(status, if parses { 200 } else { 404 }, "{text}");
            }
            let years = ["/year/2026", "/year/26", "/year/20260"];
            assert_eq!(statuses(parameters, &years).await, [200, 404, 404]);
        });
        super::RECORDS.assert_holds("with_actix_web::number", &[super::U32]);
        let pattern = r#""path":"/year/{year}","parameters":[{"name":"year","pattern":"\\d{4}"}]"#;
        super::RECORDS.assert_holds("with_actix_web::year", &[pattern]);
        super::RECORDS.assert_lacks("with_actix_web::year", &["partial"]);
    }

    async fn statuses(configure: fn(&mut ServiceConfig), requests: &[&str]) -> Vec<u16> {
        let app = init_service(App::new().configure(configure)).await;
        let mut statuses = Vec::new();
        for path in requests {
            let request = TestRequest::with_uri(path).method(Method::GET);
            let response = call_service(&app, request.to_request()).await;
            statuses.push(response.status().as_u16());
        }
        statuses
    }

    #[test]
    fn attributes_and_routes_try_the_next_one_and_resources_do_not() {
        rt::System::new().block_on(async {
            let attributes = |app: &mut ServiceConfig| {
                app.service(link_sent).service(step);
            };
            let doc = ["/doc/7", "/doc/link_sent", "/doc/7/"];
            assert_eq!(statuses(attributes, &doc).await, [200, 200, 404]);

            let plain = ["/plain/7", "/plain/link_sent"];
            let routes = |app: &mut ServiceConfig| {
                app.route(plain_link_sent::PATH, web::put().to(plain_link_sent))
                    .route(plain_step::PATH, web::get().to(plain_step));
            };
            assert_eq!(statuses(routes, &plain).await, [200, 200]);
            let resources = |app: &mut ServiceConfig| {
                app.service(web::resource(plain_link_sent::PATH).put(plain_link_sent))
                    .service(web::resource(plain_step::PATH).get(plain_step));
            };
            assert_eq!(statuses(resources, &plain).await, [200, 405]);
        });
        super::RECORDS.assert_holds("with_actix_web::step", &[super::METHOD_FIRST]);
        super::RECORDS.assert_holds("with_actix_web::plain_step", &[super::METHOD_FIRST]);
        let path_first = r#","routing":"path-first","#;
        super::RECORDS.assert_holds("with_actix_web::plain_link_sent", &[path_first]);
    }

    #[test]
    fn the_middleware_takes_the_slash_off() {
        rt::System::new().block_on(async {
            let app = App::new().wrap(NormalizePath::trim()).service(step);
            let app = init_service(app).await;
            let request = TestRequest::with_uri("/doc/7/").to_request();
            assert_eq!(call_service(&app, request).await.status(), 200);
        });
    }
}

mod with_rocket {
    use coexist::handler;
    use rocket::local::blocking::Client;
    use rocket::{get, put, routes};

    #[handler(since = "1.0.0")]
    #[get("/doc/<_step>")]
    fn step(_step: &str) -> &'static str {
        "step"
    }

    #[handler(since = "1.0.0")]
    #[put("/doc/link_sent")]
    fn link_sent() {}

    #[handler(since = "1.0.0")]
    #[get("/end")]
    fn end() -> &'static str {
        "end"
    }

    #[handler(since = "1.0.0")]
    #[get("/number/<id>")]
    fn number(id: u32) -> String {
        id.to_string()
    }

    #[test]
    fn a_number_that_does_not_parse_has_no_route() {
        let app = rocket::build().mount("/", routes![number]);
        let client = Client::untracked(app).unwrap();
        for (text, parses) in super::NUMBERS {
            let response = client.get(format!("/number/{text}")).dispatch();
            assert_eq!(response.status().code == 200, parses, "{text}");
        }
        super::RECORDS.assert_holds("with_rocket::number", &[super::U32]);
    }

    #[test]
    fn the_next_route_is_tried_and_a_slash_at_the_end_does_not_matter() {
        let app = rocket::build().mount("/", routes![step, link_sent, end]);
        let client = Client::untracked(app).unwrap();
        let status = |path: &str| client.get(path.to_owned()).dispatch().status().code;
        assert_eq!(["/doc/7", "/doc/link_sent"].map(status), [200, 200]);
        assert_eq!(["/doc/7/", "/end", "/end/"].map(status), [200, 200, 200]);
        super::RECORDS.assert_holds("with_rocket::step", &[super::METHOD_FIRST]);
    }
}

mod with_poem {
    use coexist::handler;
    use poem::test::TestClient;
    use poem::{Route, get, put};

    #[handler(GET "/doc/:step", since = "1.0.0")]
    #[poem::handler]
    fn step() -> &'static str {
        "step"
    }

    #[handler(PUT "/doc/link_sent", since = "1.0.0")]
    #[poem::handler]
    fn link_sent() {}

    #[test]
    fn the_path_comes_first() {
        let app = Route::new()
            .at(step::PATH, get(step))
            .at(link_sent::PATH, put(link_sent));
        let client = TestClient::new(app);
        rocket::tokio::runtime::Runtime::new()
            .unwrap()
            .block_on(async {
                for (path, expected) in [("/doc/7", 200), ("/doc/link_sent", 405), ("/doc/7/", 404)]
                {
                    let response = client.get(path).send().await;
                    assert_eq!(response.0.status().as_u16(), expected, "{path}");
                }
            });
        super::RECORDS.assert_lacks("with_poem::step", &["routing"]);
    }
}
