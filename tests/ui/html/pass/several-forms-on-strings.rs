//! Several annotations on one string of HTML, and on the strings of one function: each is for the
//! element of its name, and one is for the rest.

use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[handler(POST "/notes", since = "1.0.0")]
fn add() {}

#[handler(POST "/notes/{id}/delete", since = "1.2.0")]
fn delete() {}

#[form(since = "1.0.0")]
#[form(name = "delete", since = "1.2.0")]
const PAGE: &str = r#"<form method="post" action="/notes"><input name="text"></form>
<form method="post" action="/notes/7/delete" id="delete"></form>"#;

#[form(name = "delete", since = "1.2.0")]
#[form(name = "add", since = "1.1.0")]
#[form(since = "1.0.0")]
static FILE: &str = include_str!("../../../templates/several.html");

#[form(name = "delete", posts_to = delete, since = "1.2.0")]
#[form(since = "1.0.0")]
fn page(is_short: bool) -> &'static str {
    if is_short {
        "<a href='/notes'>Notes</a>"
    } else {
        "<form method='post' action='/notes/7/delete' id='delete'></form>"
    }
}

#[test]
fn passes() {
    let since = |item: &str, since: &str| {
        RECORDS.assert_holds(item, &[&format!("\"since\":\"{since}\"")]);
    };
    assert_eq!(RECORDS.names("PAGE"), ["", "delete"]);
    since("PAGE", "1.0.0");
    since("PAGE#delete", "1.2.0");
    assert_eq!(RECORDS.names("FILE"), ["GET /help", "add", "delete"]);
    since("FILE#delete", "1.2.0");
    since("FILE#add", "1.1.0");
    since("FILE#GET /help", "1.0.0");
    assert_eq!(RECORDS.names("page"), ["GET /notes", "delete"]);
    since("page#delete", "1.2.0");
    since("page#GET /notes", "1.0.0");
    assert!(PAGE.starts_with("<form") && FILE.starts_with("<form"));
    let _ = (add(), delete(), page(true));
}
