use coexist::handler;

#[handler(POST "/a", sinc = "1.0.0")]
fn misspelt() {}

#[handler(POST "/b", since = "1.0.0", sends = String)]
fn of_a_form() {}

#[handler(POST "/c", version = "1.0.0", since = "1.0.0")]
fn in_the_middle() {}

#[handler(POST "/d", since = "1.0.0", deprecated)]
fn a_word() {}

#[handler(POST "/e", since = "1.0.0", accepts(String))]
fn in_parentheses() {}

#[handler(POST "/f", since = "1.0.0", "until" = "2.0.0")]
fn in_quotes() {}

fn main() {}
