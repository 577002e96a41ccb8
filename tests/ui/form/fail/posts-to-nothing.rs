use coexist::form;

#[form(posts_to = [], since = "1.0.0")]
fn an_empty_list() {}

#[form(posts_to = , since = "1.0.0")]
fn no_value() {}

#[form(posts_to, since = "1.0.0")]
fn no_equals_sign() {}

fn main() {}
