use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import, sends = "CsvImport", since = "1.0.0")]
fn a_string() {}

#[form(posts_to = import, sends = , since = "1.0.0")]
fn nothing() {}

#[form(posts_to = import, sends = [CsvImport, XmlImport], since = "1.0.0")]
fn a_list() {}

fn main() {}
