use coexist::handler;

#[handler("/a", since = "1.0.0")]
fn only_a_path() {}

#[handler("POST /b", since = "1.0.0")]
fn in_the_quotes() {}

#[handler("POST", "/c", since = "1.0.0")]
fn a_string() {}

fn main() {}
