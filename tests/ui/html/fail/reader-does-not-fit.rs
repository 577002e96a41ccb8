use axum::Form;
use coexist::{Fields, form, handler};

#[derive(Fields)]
struct Accepted {
    agree: bool,
    kind: u8,
    tags: Vec<String>,
    #[serde(flatten)]
    page: Page,
    #[serde(flatten)]
    more: Option<Page>,
}

#[derive(Fields)]
struct Page {
    number: Option<u32>,
}

#[handler(POST "/a", since = "1.0.0")]
fn save(_: Form<Accepted>) {}

#[form(posts_to = save, since = "1.0.0")]
const PAGE: &str = r#"<form method="post" action="/a">
  <input type="checkbox" name="agree" required>
  <select name="kind"><option value="">Choose</option><option value="1">One</option></select>
  <input name="tags">
  <input type="number" name="number">
</form>"#;

#[handler(POST "/b", since = "1.0.0", reader = "serde_html_form")]
fn list(_: List<ByAnother>) {}

struct List<T>(T);

#[derive(Fields)]
struct ByAnother {
    agree: bool,
    kind: Option<u8>,
    tags: Vec<String>,
}

#[form(posts_to = list, since = "1.0.0")]
const FITTING: &str = r#"<form method="post" action="/b">
  <input type="checkbox" name="agree" value="true" required>
  <select name="kind"><option value="">Choose</option><option value="1">One</option></select>
  <input name="tags">
</form>"#;

fn main() {}
