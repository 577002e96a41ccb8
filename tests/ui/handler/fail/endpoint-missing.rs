use coexist::handler;

#[handler]
fn nothing() {}

#[handler()]
fn nothing_in_parentheses() {}

#[handler(since = "1.0.0")]
fn only_since() {}

#[handler(since = "1.0.0", POST "/a")]
fn not_first() {}

#[handler(method = "POST", path = "/b", since = "1.0.0")]
fn as_keys() {}

fn main() {}
