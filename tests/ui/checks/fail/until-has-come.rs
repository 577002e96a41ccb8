use coexist::{form, handler};

// The package of these programs is 0.0.0.
#[handler(POST "/a", since = "0.0.0-rc.1", until = "0.0.0")]
fn save() {}

#[form(posts_to = "POST /a", since = "0.0.0-rc.1", until = "0.0.0-rc.2")]
fn page() {}

#[form(posts_to = "POST /a", since = "next", until = "next")]
fn no_end() {}

fn main() {}
