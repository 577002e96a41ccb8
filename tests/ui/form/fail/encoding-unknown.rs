use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import, since = "1.0.0", encoding = "xml")]
fn page() {}

fn main() {}
