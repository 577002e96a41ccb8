//! The app as a browser meets it: requests to the router, and its answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

use crate::app::app;

/// Status, where it redirects to, and body.
type Answer = (StatusCode, String, String);

async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let location = head
        .headers
        .get(LOCATION)
        .map_or("", |to| to.to_str().unwrap())
        .to_owned();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (
        head.status,
        location,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

async fn get(app: &Router, path: &str) -> Answer {
    send(app, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post_form(app: &Router, path: &str, form: &str) -> Answer {
    let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(app, request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn upload(app: &Router, json: &str) -> Answer {
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"";
    let body = Body::from(format!("--x\r\n{head}\r\n\r\n{json}\r\n--x--\r\n"));
    let request =
        Request::post("/imports/json").header(CONTENT_TYPE, "multipart/form-data; boundary=x");
    send(app, request.body(body).unwrap()).await
}

fn assert_holds(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "`{part}` is not in {body}");
    }
}

#[tokio::test]
async fn the_home_page_links_to_what_is_offered() {
    let (status, _, body) = get(&app(), "/").await;
    assert_eq!(status, StatusCode::OK);
    assert_holds(&body, &["href=\"/imports/json\""]);
    assert_eq!(
        body.contains("href=\"/imports/csv\""),
        cfg!(feature = "csv-form")
    );
}

#[tokio::test]
async fn the_csv_page_holds_the_form_until_that_is_gone() {
    let (status, _, body) = get(&app(), "/imports/csv").await;
    assert_eq!(status == StatusCode::OK, cfg!(feature = "csv-handler"));
    assert_eq!(
        body.contains("action=\"/imports/csv\""),
        cfg!(feature = "csv-form")
    );
}

#[cfg(feature = "csv-handler")]
#[tokio::test]
async fn a_csv_file_is_imported_row_by_row() {
    let app = app();
    let rows = "name;email%0D%0AAda;ada@example.org%0D%0AGrace%0D%0A;x@example.org";
    let form = format!("file_name=a.csv&separator=semicolon&contents={rows}&notes=%3Cb%3E");
    let (status, location, _) = post_form(&app, "/imports/csv", &form).await;
    assert_eq!((status, &*location), (StatusCode::SEE_OTHER, "/results/1"));
    let (_, _, body) = get(&app, &location).await;
    assert_holds(
        &body,
        &[
            "1 imported, 2 rejected",
            "ada@example.org",
            "Row 3",
            "Row 4",
            "&#60;b",
        ],
    );
    assert_holds(&get(&app, "/").await.2, &["href=\"/results/1\""]);
}

#[cfg(feature = "csv-handler")]
#[tokio::test]
async fn a_bad_csv_form_gets_a_page_that_says_why() {
    for (form, why) in [
        (
            "file_name=a.csv&separator=comma&contents=name%0AAda",
            "no column “email”",
        ),
        ("file_name=a.csv&separator=comma", "missing field"),
        (
            "file_name=+&separator=comma&contents=name,email",
            "has no name",
        ),
        (
            "file_name=a.csv&separator=dot&contents=name,email",
            "unknown variant",
        ),
    ] {
        let (status, _, body) = post_form(&app(), "/imports/csv", form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert_holds(&body, &["<h1>422", why]);
    }
}

#[cfg(not(feature = "csv-handler"))]
#[tokio::test]
async fn a_csv_form_that_is_still_open_fails_without_its_handler() {
    let (status, ..) = post_form(&app(), "/imports/csv", "file_name=a.csv").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_json_file_is_imported_entry_by_entry() {
    let app = app();
    let json = r#"[{"name": "Ada", "email": "ada@example.org"}, {"name": "Bob"}, 7]"#;
    let (status, location, _) = upload(&app, json).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, body) = get(&app, &location).await;
    assert_holds(
        &body,
        &[
            "1 imported, 2 rejected",
            "ada@example.org",
            "Entry 2",
            "Entry 3",
        ],
    );
}

#[tokio::test]
async fn a_bad_upload_gets_a_page_that_says_why() {
    let (status, _, body) = upload(&app(), "{").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_holds(&body, &["<h1>422", "not a JSON list"]);
    let (status, ..) = post_form(&app(), "/imports/json", "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_not_there_gets_a_page() {
    for path in ["/results/1", "/results/0", "/results/x", "/nowhere"] {
        let (status, _, body) = get(&app(), path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_holds(&body, &["<h1>404 Not Found</h1>"]);
    }
}

#[test]
fn what_is_annotated_is_mounted() {
    coexist_checker::assert_mounted(app());
}

#[tokio::test]
async fn what_the_pages_send_is_annotated() {
    for path in ["/", "/imports/csv", "/imports/json", "/nowhere"] {
        let (_, _, body) = get(&app(), path).await;
        coexist_checker::assert_declared(path, &body);
    }
}
