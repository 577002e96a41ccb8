use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import, since = "1.0.0")]
#[form(posts_to = "POST /other", since = "1.0.0")]
fn two() {}

#[form(name = "a", posts_to = import, since = "1.0.0")]
#[form(posts_to = import, since = "1.0.0")]
fn one_of_two() {}

#[form(posts_to = import, since = "1.0.0")]
#[coexist::form(name = "a", posts_to = import, since = "1.0.0")]
fn other_of_two() {}

#[form(name = "a", posts_to = import, since = "1.0.0")]
#[form(posts_to = import, since = "1.0.0")]
#[form(posts_to = import, since = "1.0.0")]
struct TwoOfThree;

#[form(posts_to = import, since = "1.0.0")]
#[form(posts_to = import, since = "1.0.0")]
#[form(posts_to = import, since = "1.0.0")]
enum AllThree {}

fn main() {}
