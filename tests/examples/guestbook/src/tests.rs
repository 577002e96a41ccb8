//! The app as a browser meets it: requests to the router, and its answers.

use actix_web::App;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, LOCATION};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::Data;

use crate::app::configure;
use crate::store::Store;

/// Status, where it redirects to, and body.
type Answer = (StatusCode, String, String);

/// One guestbook, to which several requests are sent.
#[derive(Default)]
struct Guestbook(Data<Store>);

impl Guestbook {
    async fn send(&self, request: TestRequest) -> Answer {
        let app = App::new().app_data(self.0.clone()).configure(configure);
        let app = init_service(app).await;
        let response = call_service(&app, request.to_request()).await;
        let status = response.status();
        let location = response
            .headers()
            .get(LOCATION)
            .map_or("", |to| to.to_str().unwrap())
            .to_owned();
        let body = read_body(response).await;
        (status, location, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        let request = TestRequest::post().uri(path);
        let request = request.insert_header(ContentType::form_url_encoded());
        self.send(request.set_payload(form.to_owned())).await
    }
}

fn assert_holds(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "`{part}` is not in {body}");
    }
}

const ADA: &str = "name=+Ada+&town=London&kind=praise&message=%3Cb%3ELovely";
const GRACE: &str = "name=Grace&town=Arlington&show_town=true&kind=greeting&message=Ahoy";

#[actix_web::test]
async fn the_home_page_offers_to_sign_and_to_import() {
    let book = Guestbook::default();
    let (status, _, body) = book.get("/").await;
    assert_eq!(status, StatusCode::OK);
    assert_holds(&body, &["action=\"/entries\"", "There are no entries."]);
    assert_eq!(
        body.contains("href=\"/import\""),
        cfg!(feature = "import-form")
    );
    let head = TestRequest::default().method(actix_web::http::Method::HEAD);
    assert_eq!(book.send(head).await.0, StatusCode::OK);
}

#[actix_web::test]
async fn who_signs_is_in_the_book() {
    let book = Guestbook::default();
    let (status, location, _) = book.post("/entries", ADA).await;
    assert_eq!((status, &*location), (StatusCode::SEE_OTHER, "/entries/1"));
    let (_, _, body) = book.get(&location).await;
    assert_holds(&body, &["Praise by Ada</h1>", "&#60;b&#62;Lovely"]);
    assert!(!body.contains("London"), "{body}");
    assert_holds(&book.get("/").await.2, &["href=\"/entries/1\""]);
    assert_holds(&book.get("/admin").await.2, &["London"]);
}

#[actix_web::test]
async fn a_bad_entry_gets_a_page_that_says_why() {
    for (form, status, why) in [
        ("name=+&kind=praise&message=x", 422, "no name"),
        ("name=Ada&kind=praise&message=+", 422, "says nothing"),
        ("name=Ada&kind=praise", 400, "missing field"),
        ("name=Ada&kind=insult&message=x", 400, "unknown variant"),
    ] {
        let (answered, _, body) = Guestbook::default().post("/entries", form).await;
        assert_eq!(answered.as_u16(), status, "{form}");
        assert_holds(&body, &["<h1>4", why]);
    }
}

#[actix_web::test]
async fn the_search_finds_what_visitors_can_see() {
    let book = Guestbook::default();
    book.post("/entries", ADA).await;
    book.post("/entries", GRACE).await;
    for (query, found) in [
        ("", 2),
        ("?q=LOVELY&order=oldest", 1),
        ("?q=arlington", 1),
        ("?q=london", 0),
    ] {
        let (_, _, body) = book.get(&format!("/entries{query}")).await;
        assert_holds(&body, &[&format!("Found: {found}<")]);
    }
    let (_, _, body) = book.get("/entries?order=oldest").await;
    assert!(body.find("Ada") < body.find("Grace"), "{body}");
}

#[actix_web::test]
async fn the_host_deletes_an_entry_after_a_question() {
    let book = Guestbook::default();
    book.post("/entries", ADA).await;
    let delete = "/admin/entries/1/delete";
    assert_holds(
        &book.get("/admin").await.2,
        &[&format!("href=\"{delete}\"")],
    );
    assert_holds(
        &book.get(delete).await.2,
        &[&format!("action=\"{delete}\"")],
    );
    let (status, location, _) = book.post(delete, "").await;
    assert_eq!((status, &*location), (StatusCode::SEE_OTHER, "/admin"));
    assert_eq!(book.get("/entries/1").await.0, StatusCode::NOT_FOUND);
    assert_eq!(book.post(delete, "").await.0, StatusCode::NOT_FOUND);
    book.post("/entries", GRACE).await;
    assert_eq!(book.get("/entries/2").await.0, StatusCode::OK);
}

#[actix_web::test]
async fn the_import_page_holds_the_form_until_that_is_gone() {
    let (status, _, body) = Guestbook::default().get("/import").await;
    assert_eq!(status == StatusCode::OK, cfg!(feature = "import-handler"));
    assert_eq!(
        body.contains("action=\"/import\""),
        cfg!(feature = "import-form")
    );
}

#[cfg(feature = "import-handler")]
#[actix_web::test]
async fn an_old_book_is_imported_as_a_whole_or_not_at_all() {
    let book = Guestbook::default();
    let (status, _, body) = book
        .post("/import", "kind=greeting&lines=Ada:+Hi%0D%0AGrace")
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_holds(&body, &["Line 2 has no colon"]);
    let (status, ..) = book.post("/import", "kind=greeting&lines=%0A").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, location, _) = book
        .post("/import", "kind=greeting&lines=Ada:+Hi%0D%0AGrace:+Ahoy")
        .await;
    assert_holds(&book.get(&location).await.2, &["Found: 2<", "Grace"]);
}

#[cfg(not(feature = "import-handler"))]
#[actix_web::test]
async fn an_import_form_that_is_still_open_fails_without_its_handler() {
    let (status, ..) = Guestbook::default()
        .post("/import", "kind=greeting&lines=Ada:+Hi")
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn what_is_not_there_gets_a_page() {
    for path in [
        "/entries/1",
        "/entries/x",
        "/admin/entries/1/delete",
        "/admin/entries/x/delete",
        "/nowhere",
    ] {
        let (status, _, body) = Guestbook::default().get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_holds(&body, &["<h1>404 Not Found</h1>"]);
    }
}

#[test]
fn what_is_annotated_is_mounted() {
    coexist_checker::assert_mounted(App::new().configure(configure));
}

#[actix_web::test]
async fn what_the_pages_send_is_annotated() {
    let book = Guestbook::default();
    book.post("/entries", ADA).await;
    for path in [
        "/",
        "/entries",
        "/entries/1",
        "/admin",
        "/admin/entries/1/delete",
        "/import",
        "/nowhere",
    ] {
        let (_, _, body) = book.get(path).await;
        coexist_checker::assert_declared(path, &body);
    }
}
