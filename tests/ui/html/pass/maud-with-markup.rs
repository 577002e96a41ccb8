//! What a form of maud sends is known unless something in it may be markup: the records beside
//! what maud renders.

use coexist::form;
use maud::{Markup, PreEscaped, Render, html};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

/// The one field that is written out.
const KNOWN: &str = r#""fields":[{"name":"own","required":true,"type":"text"}]"#;

/// Asserts that the fields of an item's form are known. `page` has no other field.
#[track_caller]
fn assert_known(item: &str, page: Markup) {
    let page = page.into_string();
    assert_eq!(page.matches("<input").count(), 1, "{page}");
    RECORDS.assert_holds(item, &[KNOWN]);
}

/// Asserts that the fields of an item's form are not declared. `page` shows another one.
#[track_caller]
fn assert_not_declared(item: &str, page: Markup) {
    let page = page.into_string();
    assert_eq!(page.matches("<input").count(), 2, "{page}");
    RECORDS.assert_lacks(item, &["fields"]);
}

const INPUT: &str = "<input name=\"more\">";

fn more() -> Markup {
    PreEscaped(INPUT.to_owned())
}

struct Note {
    title: String,
    body: Markup,
    tags: Vec<String>,
}

fn note() -> Note {
    let (title, body) = (INPUT.to_owned(), more());
    let tags = vec![INPUT.to_owned()];
    Note { title, body, tags }
}

struct Row;

impl Render for Row {
    fn render(&self) -> Markup {
        more()
    }
}

enum State {
    Open,
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(INPUT)
    }
}

fn label(count: usize) -> String {
    format!("{INPUT}{count}")
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn text(title: &str, count: usize, other: Option<String>) -> Markup {
    html! {
        form method="post" action="/elsewhere" {
            input name="own";
            (title) (count) (title.trim()) (format!("{title}!")) (label(count))
            @if let Some(other) = &other { (other) }
        }
    }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn fields(note: &Note, state: State) -> Markup {
    let title = note.title.clone();
    html! {
        form method="post" action="/elsewhere" {
            input name="own";
            (title) (note.title) (state)
            @for (at, tag) in note.tags.iter().enumerate() { (at) (tag) }
        }
    }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn bounded<T: std::fmt::Display>(title: T, other: impl std::fmt::Display) -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; (title) (other) } }
}

/// Nothing in them is a field of the form.
#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn beside(body: Markup) -> Markup {
    html! {
        form method="post" action="/elsewhere" class=(body) {
            input name="own";
            textarea { (body) }
            button { (PreEscaped("Save")) }
        }
        (PreEscaped("<p>"))
    }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn parameter(body: Markup) -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; p { (body) } } }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn rendered(row: impl Render) -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; (row) } }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn component() -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; (more()) } }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn variable() -> Markup {
    let inner = more();
    html! { form method="post" action="/elsewhere" { input name="own"; (inner) } }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn field(note: &Note) -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; (note.body) } }
}

#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn looped(rows: &[Row]) -> Markup {
    html! { form method="post" action="/elsewhere" { input name="own"; @for row in rows { (row) } } }
}

/// A name may have meant a text elsewhere in the function.
#[form(posts_to = "POST /elsewhere", since = "1.0.0")]
fn shadowed(title: &str, rows: &[Row]) -> Markup {
    let _title = title;
    html! {
        form method="post" action="/elsewhere" { input name="own"; @for title in rows { (title) } }
    }
}

struct Page {
    title: String,
    body: Markup,
}

impl Page {
    #[form(posts_to = "POST /elsewhere", since = "1.0.0")]
    fn own_text(&self) -> Markup {
        html! { form method="post" action="/elsewhere" { input name="own"; (self.title) (self.name()) } }
    }

    #[form(posts_to = "POST /elsewhere", since = "1.0.0")]
    fn own_markup(&self) -> Markup {
        html! { form method="post" action="/elsewhere" { input name="own"; (self.body) } }
    }

    fn name(&self) -> &str {
        &self.title
    }
}

#[test]
fn passes() {
    assert_known("text", text(INPUT, 3, Some(INPUT.to_owned())));
    assert_known("fields", fields(&note(), State::Open));
    assert_known("bounded", bounded(INPUT, State::Open));
    assert_known("beside", beside(PreEscaped(String::new())));
    assert_not_declared("parameter", parameter(more()));
    assert_not_declared("rendered", rendered(Row));
    assert_not_declared("component", component());
    assert_not_declared("variable", variable());
    assert_not_declared("field", field(&note()));
    assert_not_declared("looped", looped(&[Row]));
    assert_not_declared("shadowed", shadowed("", &[Row]));
    let page = Page {
        title: INPUT.to_owned(),
        body: more(),
    };
    assert_known("own_text", page.own_text());
    assert_not_declared("own_markup", page.own_markup());
}
