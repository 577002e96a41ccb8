use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(post_to = import, since = "1.0.0")]
fn misspelt() {}

#[form(POST "/imports", since = "1.0.0")]
fn an_endpoint() {}

#[form(import, since = "1.0.0")]
fn no_key() {}

#[form(posts_to = import, since = "1.0.0", accepts = String)]
fn of_a_handler() {}

#[form(posts_to = import, since = "1.0.0", posts_to = "POST /other")]
fn posts_to_twice() {}

#[form(name = "a", name = "b", posts_to = import, since = "1.0.0")]
fn name_twice() {}

fn main() {}
