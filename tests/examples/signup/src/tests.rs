//! The app as a browser meets it: requests to the router, and its answers.

use rocket::Config;
use rocket::config::LogLevel;
use rocket::http::{ContentType, Status};
use rocket::local::blocking::{Client, LocalResponse};

use crate::app::app;

/// Status, where it redirects to, and body.
type Answer = (Status, String, String);

fn client() -> Client {
    let config = Config {
        log_level: LogLevel::Off,
        ..Config::default()
    };
    Client::untracked(app(config)).unwrap()
}

fn answer(response: LocalResponse<'_>) -> Answer {
    let location = response.headers().get_one("Location").unwrap_or_default();
    let location = location.to_owned();
    let status = response.status();
    (status, location, response.into_string().unwrap_or_default())
}

fn get(client: &Client, path: &str) -> Answer {
    answer(client.get(path).dispatch())
}

fn post(client: &Client, path: &str, form: &str) -> Answer {
    let request = client.post(path).header(ContentType::Form);
    answer(request.body(form).dispatch())
}

fn assert_holds(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "`{part}` is not in {body}");
    }
}

const ADA: &str = "name=+Ada+&email=ada@example.org&guests=2&brings=food&note=%3Cb%3E";
const GRACE: &str = "name=Grace&email=grace@example.org&guests=0&brings=nothing&hide_name=true";

#[test]
fn the_app_begins_with_the_list_of_events() {
    let client = client();
    let (status, location, _) = get(&client, "/");
    assert_eq!((status, &*location), (Status::SeeOther, "/events"));
    let (status, _, body) = get(&client, &location);
    assert_eq!(status, Status::Ok);
    assert_holds(&body, &["href=\"/events/bread\"", "href=\"/events/stars\""]);
}

#[test]
fn the_search_finds_events_by_text_and_by_seats() {
    let client = client();
    let (_, _, body) = get(&client, "/events?q=BREAD");
    assert_holds(&body, &["Old mill"]);
    assert!(!body.contains("Castle hill"), "{body}");
    for host in ["a", "b"] {
        let form = format!("name=x&email={host}@example.org&guests=3&brings=nothing");
        assert_eq!(
            post(&client, "/events/signups/bread", &form).0,
            Status::SeeOther
        );
    }
    let (_, _, body) = get(&client, "/events?q=&free=true");
    assert_holds(&body, &["Castle hill", " checked"]);
    assert!(!body.contains("Old mill"), "{body}");
}

#[test]
fn who_signs_up_comes_until_they_cancel() {
    let client = client();
    let (status, location, _) = post(&client, "/events/signups/bread", ADA);
    assert_eq!((status, &*location), (Status::SeeOther, "/events/bread"));
    post(&client, "/events/signups/bread", GRACE);
    let (_, _, body) = get(&client, "/events/bread");
    assert_holds(
        &body,
        &[
            "Ada, guests: 2, brings food: <q>&lt;b&gt;",
            "Somebody",
            "Seats left: 4.",
        ],
    );
    assert!(!body.contains("Grace"), "{body}");
    let cancel = "/events/signups/bread/cancel";
    assert_holds(&body, &[&format!("action=\"{cancel}\"")]);
    let (status, ..) = post(&client, cancel, "email=ada@example.org");
    assert_eq!(status, Status::SeeOther);
    assert_holds(&get(&client, "/events/bread").2, &["Seats left: 7."]);
    let (status, ..) = post(&client, cancel, "email=ada@example.org");
    assert_eq!(status, Status::UnprocessableEntity);
}

#[test]
fn a_bad_sign_up_gets_a_page_that_says_why() {
    let client = client();
    post(&client, "/events/signups/bread", ADA);
    for (form, why) in [
        (ADA, "signed up already"),
        (
            "name=+&email=x@example.org&guests=0&brings=food",
            "name is empty",
        ),
        ("name=x&email=x&guests=0&brings=food", "not an e-mail"),
        ("name=x&email=x@y&guests=5&brings=food", "too many"),
        ("name=x&email=x@y&guests=x&brings=food", "holds what"),
        ("name=x&email=x@y&guests=0", "lacks something"),
    ] {
        let (status, _, body) = post(&client, "/events/signups/bread", form);
        assert_eq!(status, Status::UnprocessableEntity, "{form}");
        assert_holds(&body, &["<h1>422", why]);
    }
}

#[test]
fn the_page_for_groups_holds_the_form_until_that_is_gone() {
    let client = client();
    let (_, _, body) = get(&client, "/events/bread");
    assert_eq!(
        body.contains("href=\"/events/groups/bread\""),
        cfg!(feature = "group-form")
    );
    let (status, _, body) = get(&client, "/events/groups/bread");
    assert_eq!(status == Status::Ok, cfg!(feature = "group-handler"));
    assert_eq!(
        body.contains("action=\"/events/groups/bread\""),
        cfg!(feature = "group-form")
    );
}

#[cfg(feature = "group-handler")]
#[test]
fn a_group_signs_up_as_a_whole_or_not_at_all() {
    let client = client();
    let send = |people: &str| {
        let form = format!("name=Club&brings=drinks&people={people}");
        post(&client, "/events/groups/bread", &form)
    };
    for (people, why) in [
        ("Ada,+ada@example.org%0D%0AGrace", "Line 2 has no comma"),
        ("Ada,a@b%0D%0AGrace,a@b", "signed up already"),
        ("%0D%0A", "nobody"),
    ] {
        let (status, _, body) = send(people);
        assert_eq!(status, Status::UnprocessableEntity, "{people}");
        assert_holds(&body, &[why]);
    }
    let many: Vec<_> = (0..9).map(|n| format!("x,{n}@b")).collect();
    assert_holds(&send(&many.join("%0A")).2, &["not enough seats: 8 left"]);
    let (_, location, _) = send("Ada,+ada@example.org%0D%0AGrace,+grace@example.org");
    let (_, _, body) = get(&client, &location);
    assert_holds(
        &body,
        &["Ada, brings drinks: <q>Club", "Grace", "Seats left: 6."],
    );
}

#[cfg(not(feature = "group-handler"))]
#[test]
fn a_form_for_groups_that_is_still_open_fails_without_its_handler() {
    let form = "name=Club&brings=drinks&people=Ada,+ada@example.org";
    let (status, ..) = post(&client(), "/events/groups/bread", form);
    assert_eq!(status, Status::NotFound);
}

#[test]
fn the_help_has_pages_at_any_depth() {
    let client = client();
    let (_, _, body) = get(&client, "/help");
    assert_holds(&body, &["href=\"/help/signing-up/cancel\""]);
    let (status, _, body) = get(&client, "/help/signing-up/cancel");
    assert_eq!(status, Status::Ok);
    assert_holds(&body, &["href=\"/help/\"", "If you cannot come</h1>"]);
    assert_eq!(get(&client, "/help/").0, Status::Ok);
}

#[test]
fn what_is_not_there_gets_a_page() {
    let client = client();
    for path in [
        "/events/none",
        "/events/groups/none",
        "/help/none",
        "/nowhere",
    ] {
        let (status, _, body) = get(&client, path);
        assert_eq!(status, Status::NotFound, "{path}");
        assert_holds(&body, &["<h1>404 Not Found</h1>"]);
    }
}

#[test]
fn what_is_annotated_is_mounted() {
    coexist_checker::assert_mounted(app(Config::default()));
}

#[test]
fn what_the_pages_send_is_annotated() {
    let client = client();
    post(&client, "/events/signups/bread", ADA);
    for path in [
        "/events",
        "/events/bread",
        "/events/groups/bread",
        "/help",
        "/nowhere",
    ] {
        let (_, _, body) = get(&client, path);
        coexist_checker::assert_declared(path, &body);
    }
}
