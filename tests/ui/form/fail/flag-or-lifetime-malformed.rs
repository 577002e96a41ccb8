use coexist::{form, handler};

#[handler(POST "/orders", flag = "", since = "1.0.0")]
fn order() {}

#[handler(GET "/orders", flag = "new checkout", since = "1.0.0")]
fn orders() {}

#[form(posts_to = order, flag = "new=checkout", lifetime = "a month", since = "1.0.0")]
fn page() {}

#[form(posts_to = order, flag, since = "1.0.0")]
fn no_name() {}

#[form(posts_to = orders, lifetime = "30", since = "1.0.0")]
fn no_unit() {}

#[form(posts_to = orders, lifetime = 30, since = "1.0.0")]
fn a_number() {}

#[handler(GET "/mail", lifetime = "30d", since = "1.0.0")]
fn mail() {}

fn main() {}
