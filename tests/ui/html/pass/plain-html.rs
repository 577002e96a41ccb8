//! HTML in constants, and in the strings of a function.

use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[handler(POST "/feedback", since = "1.0.0")]
fn feedback() {}

#[form(posts_to = feedback, since = "1.0.0")]
pub const PAGE: &str = r#"<form method="post" action="/feedback"><input name="text"></form>"#;

#[form(since = "1.0.0")]
static FILE: &str = include_str!("../../../templates/static.html");

#[form(since = "1.0.0")]
fn literals(is_short: bool) -> String {
    if is_short {
        return "<form method='post' action='/short'><input name='text'></form>".to_owned();
    }
    let mut html = String::from("<p>No form</p>");
    html.push_str("<a href='/help'>Help</a>");
    html
}

/// A form that other strings go on with: which fields there are, nobody can tell.
#[form(since = "1.0.0")]
fn in_pieces(fields: &[&str]) -> String {
    let mut html = String::from("<form method=post action=/pieces><input name=first>");
    for field in fields {
        html.push_str("<input name=");
        html.push_str(field);
        html.push('>');
    }
    html + "</form>"
}

#[test]
fn passes() {
    const TEXT: &str = r#""fields":[{"name":"text","required":true,"type":"text"}]"#;
    let to = |path: &str| format!(r#""posts_to":[{{"method":"POST","path":"{path}"}}]"#);

    RECORDS.assert_holds(
        "PAGE",
        &[&to("/feedback"), TEXT, r#""encoding":"urlencoded""#],
    );
    RECORDS.assert_holds("FILE", &[&to("/feedback"), TEXT]);
    let file = r#""template":{"file":"tests/templates/static.html","line":1}}"#;
    RECORDS.assert_holds("FILE", &[file]);
    RECORDS.assert_lacks("PAGE", &["template"]);
    assert_eq!(RECORDS.names("literals"), ["", "GET /help"]);
    RECORDS.assert_holds("literals", &[&to("/short"), TEXT]);
    RECORDS.assert_holds("in_pieces", &[&to("/pieces")]);
    RECORDS.assert_lacks("in_pieces", &["fields"]);

    assert!(FILE.starts_with("<form"));
    let _ = (feedback, literals(true), in_pieces(&[]));
}
