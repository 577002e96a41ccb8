use coexist::handler;

#[handler(FETCH "/a", since = "1.0.0")]
fn none() {}

#[handler(post "/b", since = "1.0.0")]
fn lower_case() {}

#[handler(Get "/c", since = "1.0.0")]
fn mixed_case() {}

#[handler(GET | POST "/d", since = "1.0.0")]
fn two() {}

fn main() {}
