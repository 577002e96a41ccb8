use coexist::{Fields, form};
use coexist_tests::another_crate::import_csv;

#[derive(Fields)]
struct Sent {
    separator: Separator,
    notes: String,
}

#[derive(Fields)]
enum Separator {
    #[serde(rename = "comma")]
    Comma,
    #[serde(rename = "semicolon")]
    Semicolon,
}

#[form(posts_to = import_csv, sends = Sent, since = "1.2.0", until = "8.0.0")]
fn fields() {}

#[form(posts_to = coexist_tests::another_crate::import_csv, since = "1.0.0", until = "9.0.0")]
fn lifespan() {}

#[form(posts_to = GET import_csv, encoding = "json", since = "1.2.0", until = "8.0.0")]
fn method_and_encoding() {}

#[form(posts_to = coexist_tests::another_crate::import_json, since = "1.2.0")]
fn nothing() {}

fn main() {}
