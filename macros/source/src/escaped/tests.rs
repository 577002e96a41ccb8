//! Functions, and which of the expressions in them are texts.

use quote::ToTokens as _;
use syn::ItemFn;

use super::{Declarations, Values};

/// What stands beside the functions.
const FILE: &str = r#"
struct Note { title: String, tags: Vec<String>, state: State, body: Markup, by: Option<User> }
struct User { name: &'static str, id: u64 }
enum State { Open, Closed }
impl fmt::Display for State {}
enum Badge { New }
impl fmt::Display for Badge {}
impl maud::Render for Badge {}
struct Wrapped(String, PreEscaped<String>);
const TITLE: &str = "a";
const HEAD: PreEscaped<&str> = PreEscaped("<p>");
fn money(cents: i64) -> String { String::new() }
fn row(id: u64) -> Markup { html! {} }
fn any<T>(value: T) -> T { value }
impl Note {
    fn date(&self) -> NaiveDate { todo!() }
    fn icon(&self) -> Markup { todo!() }
    fn me(&self) -> &Self { self }
}
"#;

#[track_caller]
fn assert_texts(function: &str, owner: &str, texts: &[&str], others: &[&str]) {
    let function: ItemFn = syn::parse_str(function).unwrap();
    let body = function.block.to_token_stream();
    let mut declarations = Declarations::new(FILE.to_owned());
    let values = Values::new(&function.sig, body, owner, &mut declarations);
    for (all, expected) in [(texts, true), (others, false)] {
        for expression in all {
            let is_text = values.is_text(expression.parse().unwrap());
            assert_eq!(is_text, expected, "{expression}");
        }
    }
}

#[test]
fn what_is_written_as_a_text_is_one() {
    let texts = [
        "\"a\"",
        "7",
        "'c'",
        "format!(\"{}\", x)",
        "x.to_string()",
        "x.name.len() + 1",
        "!x",
        "x as u32",
        "String::from(x)",
        "if x { \"a\" } else { \"b\" }",
        "match x { A => 1, _ => 2 }",
        "notes::add::PATH",
        "TITLE",
        "money(3)",
    ];
    let others = [
        "x",
        "x.y",
        "x.y()",
        "x()",
        "HEAD",
        "row(3)",
        "any(3)",
        "html! {}",
        "if x { \"a\" } else { y }",
        "x.into()",
        "ui::TITLE",
        "|| 1",
        "",
        "+",
    ];
    assert_texts("fn page() {}", "", &texts, &others);
}

#[test]
fn a_parameter_is_what_its_type_says() {
    assert_texts(
        "fn page<T: Display, R: Render>(a: &str, b: Option<u8>, c: Markup, d: impl Render,
            e: &[String], f: T, g: R, Path((h, i)): Path<(u8, String)>, j: impl Into<String>) {}",
        "",
        &[
            "a",
            "&a",
            "*a",
            "a.trim()",
            "b",
            "b.unwrap_or(3)",
            "e[0]",
            "e.iter().next()",
            "f",
            "h",
            "i",
            "e.iter().map(|one| one.trim())",
            "e.first().map(String::as_str)",
            "e.join(\", \")",
            "a.replace(\"a\", \"b\")",
            "j",
        ],
        &[
            "c",
            "d",
            "g",
            "a.to_markup()",
            "e.iter().map(|one| html! { (one) })",
            "b.map_or(c, |b| b)",
            "b.map(row)",
        ],
    );
}

#[test]
fn a_field_is_what_its_struct_says() {
    assert_texts(
        "fn page(note: &Note, wrapped: Wrapped, other: Foreign, notes: Vec<Note>) {}",
        "",
        &[
            "note.title",
            "note.state",
            "note.by.as_ref().unwrap().name",
            "wrapped.0",
            "note.tags",
            "note.date()",
            "note.me().title",
            "notes[0].title",
            "State::Open",
            "notes.iter().map(|note| note.title.clone())",
        ],
        &[
            "note",
            "note.body",
            "note.by",
            "wrapped.1",
            "other.title",
            "note.icon()",
            "note.x",
            "Badge::New",
            "notes.iter().map(|note| note.body.clone())",
        ],
    );
    let method = "fn page(&self) {}";
    assert_texts(
        method,
        "Note",
        &["self.title", "self.date()"],
        &["self.body", "self"],
    );
    assert_texts(method, "", &[], &["self.title"]);
}

#[test]
fn a_variable_is_all_that_is_bound_to_it() {
    let function = r#"fn page(a: &str, notes: &[Note], by: Option<&str>, m: Markup, e: Result<u8, Foreign>) -> Markup {
        let b = a.trim();
        let c = html! { "x" };
        let d: Markup = a.into();
        let (f, g) = (a, 7);
        let Some(h) = by else { return c };
        let b = b.len();
        let later;
        other.each(|hidden| hidden);
        html! {
            @let i = a;
            @let j = m;
            @for (k, note) in notes.iter().enumerate() { (note.title) }
            @for tag in &notes[0].tags { (tag) }
            @if let Some(l) = by && let Some(n) = &notes.first() { (l) }
            @match by { Some(o) if o == "x" => p { (o) } None => {}, p => { (p) } }
            @match e { Ok(q) => { (q) } Err(r) => { (r) } }
            @if let Note { title, .. } = &notes[0] { (title) }
            @if let 1..=2 = a.len() {}
            @let a_text = "x";
            @let both = a;
            @for both in parts {}
        }
    }"#;
    assert_texts(
        function,
        "",
        &[
            "b",
            "f",
            "g",
            "h",
            "i",
            "k",
            "note.title",
            "tag",
            "l",
            "n.title",
            "o",
            "p",
            "a_text",
        ],
        &[
            "c", "d", "later", "hidden", "j", "note", "q", "r", "title", "both", "unbound",
        ],
    );
}

#[test]
fn names_that_lead_in_circles_are_what_else_they_are() {
    assert_texts(
        "fn page(a: &str) { let a = a.trim(); let b = c; let c = b; let d = html! {}; let e = d; let d = e; }",
        "",
        &["a"],
        &["d", "e"],
    );
}

#[test]
fn what_is_too_long_is_not_looked_at() {
    let long = format!("{}1", "!".repeat(100_000));
    assert_texts("fn page() {}", "", &["!!!1"], &[&long]);
}
