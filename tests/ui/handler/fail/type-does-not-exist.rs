use coexist::handler;

use axum::Form;

#[handler(POST "/a", since = "1.0.0")]
fn in_the_argument(_: Form<CsvImprt>) {}

#[handler(POST "/b", since = "1.0.0", accepts = CsvImprt)]
fn in_the_annotation() {}

fn main() {}
