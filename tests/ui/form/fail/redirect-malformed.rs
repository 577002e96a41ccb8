use coexist::{form, handler};

#[handler(GET "/orders", since = "1.0.0")]
fn orders() {}

#[form(redirect, since = "1.0.0")]
fn to_nothing() {}

#[form(redirect = true, posts_to = orders, since = "1.0.0")]
fn with_a_value() {}

#[form(redirect, redirect, posts_to = orders, since = "1.0.0")]
fn twice() {}

#[form(redirect posts_to = orders, since = "1.0.0")]
fn without_a_comma() {}

#[form(redirect, posts_to = orders, since = "1.0.0")]
#[form(name = "other", redirect, posts_to = orders, since = "1.0.0")]
fn without_a_name() {}

fn main() {}
