use coexist::handler;

const FIRST: &str = "1.0.0";

#[handler(POST "/a", since = 1.0)]
fn a_number() {}

#[handler(POST "/b", since = 1.0.0)]
fn three_numbers() {}

#[handler(POST "/c", since = FIRST)]
fn a_constant() {}

#[handler(POST "/d", since = b"1.0.0")]
fn bytes() {}

#[handler(POST "/e", since = concat!("1", ".0.0"))]
fn a_macro() {}

#[handler(POST "/f", since = "1.0.0", until = -2)]
fn until_a_number() {}

fn main() {}
