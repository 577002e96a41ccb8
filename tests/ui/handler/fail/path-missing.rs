use coexist::handler;

const PATH: &str = "/c";

#[handler(POST, since = "1.0.0")]
fn none() {}

#[handler(POST)]
fn nothing_else() {}

#[handler(POST /b, since = "1.0.0")]
fn without_quotes() {}

#[handler(POST PATH, since = "1.0.0")]
fn a_constant() {}

#[handler(POST = "/d", since = "1.0.0")]
fn an_equals_sign() {}

#[handler(POST("/e"), since = "1.0.0")]
fn in_parentheses() {}

fn main() {}
