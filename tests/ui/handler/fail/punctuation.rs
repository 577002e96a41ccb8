use coexist::handler;

#[handler(POST "/a" since = "1.0.0")]
fn no_comma_after_the_path() {}

#[handler(POST "/b", since = "1.0.0" until = "2.0.0")]
fn no_comma_between_keys() {}

#[handler(POST "/c", since: "1.0.0")]
fn a_colon() {}

#[handler(POST "/d"; since = "1.0.0")]
fn a_semicolon() {}

#[handler(POST "/e", since = "1.0.0",, until = "2.0.0")]
fn two_commas() {}

#[handler(POST, "/f", since = "1.0.0")]
fn a_comma_in_the_endpoint() {}

fn main() {}
