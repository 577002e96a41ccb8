use axum::Form;
use axum::extract::Query;
use coexist::{Fields, form, handler};

#[derive(Fields)]
struct Note {
    text: String,
}

#[derive(Fields)]
#[serde(deny_unknown_fields)]
struct Tab {
    tab: Kind,
    page: u32,
}

#[derive(Fields)]
enum Kind {
    All,
}

#[handler(POST "/notes", since = "1.0.0")]
fn save(_: Query<Tab>, _: Form<Note>) {}

// What the body holds is not in the query.
#[form(posts_to = save, since = "1.0.0")]
const PAGE: &str = r#"
<form method="post" action="/notes?tab=None&kind=All"><input name="text"><input name="page"></form>
"#;

fn main() {}
