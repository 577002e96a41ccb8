use coexist::handler;

#[handler(POST "/a", since)]
fn no_equals_sign() {}

#[handler(POST "/b", since = )]
fn at_the_end() {}

#[handler(POST "/c", since = , until = "2.0.0")]
fn before_a_comma() {}

#[handler(POST "/d", since = "1.0.0", accepts = )]
fn no_type() {}

fn main() {}
