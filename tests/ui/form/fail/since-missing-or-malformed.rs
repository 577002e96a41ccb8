use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import)]
fn missing() {}

#[form(posts_to = import, since = "v1")]
fn malformed() {}

#[form(posts_to = import, since = 1.0)]
fn a_number() {}

#[form(posts_to = import, since = "2.0.0", until = "1.0.0")]
fn after_until() {}

fn main() {}
