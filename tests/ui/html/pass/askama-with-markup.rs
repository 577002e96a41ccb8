//! What a form of an askama template sends is known unless something in it may be markup: the
//! records beside what askama renders.

use askama::Template;
use askama::filters::{HtmlSafe, Safe};
use coexist::form;

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

const INPUT: &str = "<input name=\"more\">";

/// Asserts that the fields of an item's form are known. `page` has no other field.
#[track_caller]
fn assert_known(item: &str, page: impl Template) {
    let page = page.render().unwrap();
    assert_eq!(page.matches("<input").count(), 1, "{page}");
    let known = r#""fields":[{"name":"own","required":true,"type":"text"}]"#;
    RECORDS.assert_holds(item, &[known]);
}

/// Asserts that the fields of an item's form are not declared. `page` shows another one.
#[track_caller]
fn assert_not_declared(item: &str, page: impl Template) {
    let page = page.render().unwrap();
    assert_eq!(page.matches("<input").count(), 2, "{page}");
    RECORDS.assert_lacks(item, &["fields"]);
}

/// Text is escaped, also where the type is generic, or is displayed.
#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{{ title }}{{ other|trim }}{% for row in rows %}{{ row }}{% endfor %}{% filter upper %}{{ title|safe }}{% endfilter %}</form>"#
)]
struct Text<T: std::fmt::Display> {
    title: &'static str,
    other: T,
    rows: Vec<String>,
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{% let inner = title|safe %}{{ inner }}</form>"#
)]
struct Variable {
    title: &'static str,
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{{ body }}</form>"#
)]
struct Field {
    body: Safe<&'static str>,
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{% for row in rows %}{{ row }}{% endfor %}</form>"#
)]
struct Generic<T: HtmlSafe> {
    rows: Vec<T>,
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{{ row }}</form>"#
)]
struct Implemented {
    row: Row,
}

struct Row;

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(INPUT)
    }
}

impl HtmlSafe for Row {}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    escape = "none",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{{ body }}</form>"#
)]
struct Unescaped {
    body: &'static str,
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="/elsewhere"><input name="own">{{ body|rich }}</form>"#
)]
struct Filtered {
    body: &'static str,
}

mod filters {
    #[askama::filter_fn]
    pub fn rich(
        text: &str,
        _: &dyn askama::Values,
    ) -> askama::Result<askama::filters::Safe<String>> {
        Ok(askama::filters::Safe(text.to_owned()))
    }
}

#[test]
fn passes() {
    let (title, rows) = (INPUT, vec![INPUT.to_owned()]);
    let other = INPUT;
    assert_known("Text", Text { title, other, rows });
    assert_not_declared("Variable", Variable { title });
    let body = INPUT;
    assert_not_declared("Field", Field { body: Safe(body) });
    let rows = vec![Row];
    assert_not_declared("Generic", Generic { rows });
    assert_not_declared("Implemented", Implemented { row: Row });
    assert_not_declared("Unescaped", Unescaped { body });
    assert_not_declared("Filtered", Filtered { body });
}
