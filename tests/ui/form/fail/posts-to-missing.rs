use coexist::form;

#[form(since = "1.0.0")]
fn page() {}

#[form(name = "a", since = "1.0.0")]
struct Page;

#[form]
fn nothing_at_all() {}

fn main() {}
