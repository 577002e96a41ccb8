use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(name = "", posts_to = import, since = "1.0.0")]
fn empty() {}

#[form(name = save, posts_to = import, since = "1.0.0")]
fn without_quotes() {}

fn main() {}
