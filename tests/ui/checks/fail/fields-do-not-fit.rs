use coexist::{Fields, form, handler};

use axum::Form;

#[derive(Fields)]
#[serde(deny_unknown_fields)]
struct Accepted {
    file_name: String,
    separator: Separator,
    notes: Option<String>,
    #[serde(flatten)]
    more: More,
}

#[derive(Fields)]
struct More {
    #[serde(alias = "extra")]
    other: String,
}

#[derive(Fields)]
#[serde(rename_all = "lowercase")]
enum Separator {
    Comma,
    Tab,
}

#[derive(Fields)]
struct Sent {
    file_name: String,
    separator: SentSeparator,
    comment: String,
}

#[derive(Fields)]
#[serde(rename_all = "lowercase")]
enum SentSeparator {
    Comma,
    Semicolon,
}

#[handler(POST "/a", since = "1.0.0")]
fn import_csv(_: Form<Accepted>) {}

#[form(posts_to = import_csv, sends = Sent, since = "1.0.0")]
fn upload_page() {}

#[derive(Fields)]
struct Fitting {
    file_name: String,
    separator: Separator,
    extra: String,
}

#[form(posts_to = import_csv, sends = Fitting, since = "1.0.0")]
fn fitting_page() {}

fn main() {}
