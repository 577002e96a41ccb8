use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import, sends = CsvImprt, since = "1.0.0")]
fn page() {}

fn main() {}
