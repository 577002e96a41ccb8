//! The query of the address that a form posts to is compared with what its handler reads from it.

use axum::Form;
use axum::extract::Query;
use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[derive(Fields)]
struct Note {
    text: String,
}

#[derive(Fields)]
struct Tab {
    tab: Kind,
    page: Option<u32>,
}

#[derive(Fields)]
#[serde(rename_all = "snake_case")]
enum Kind {
    All,
    Own,
}

#[handler(POST "/notes", since = "1.0.0")]
fn save(_: Query<Tab>, _: Form<Note>) {}

#[handler(GET "/notes", DELETE "/notes", since = "1.0.0")]
fn list(_: Query<Tab>) {}

#[form(since = "1.0.0")]
const PAGE: &str = r##"
<form id="with" method="post" action="/notes?tab=all&amp;page=2#end"><input name="text"></form>
<form id="get" action="/notes?lost=1"><input name="tab" value="own" type="hidden"></form>
<form id="without" method="post" action="/else"><button formaction="/else?a=1" id="button"></form>
"##;

/// Which query the page has, nobody knows.
#[form(page = "/notes", posts_to = save, since = "1.0.0")]
const OWN: &str = r#"<form method="post"><input name="text"></form>"#;

#[test]
fn passes() {
    let tab = |value: &str| {
        format!(r#"{{"name":"tab","required":true,"type":"choice","choices":["{value}"]}}"#)
    };
    let with = format!(
        r#""query":[{},{{"name":"page","required":true,"type":"choice","choices":["2"]}}],"fields":["#,
        tab("all")
    );
    RECORDS.assert_holds(
        "PAGE#with",
        &[&with, r#""posts_to":[{"method":"POST","path":"/notes"}]"#],
    );
    // The controls take the place of the query.
    RECORDS.assert_holds("PAGE#get", &[&format!(r#""fields":[{}]"#, tab("own"))]);
    RECORDS.assert_lacks("PAGE#get", &["query"]);
    RECORDS.assert_holds("PAGE#button", &[r#""query":[{"name":"a","#]);
    assert_eq!(RECORDS.names("PAGE"), ["button", "get", "with"]);
    RECORDS.assert_lacks("OWN", &["query"]);
    let _ = (save, list, OWN, [Kind::All, Kind::Own]);
    assert!(PAGE.contains("/else"));
}
