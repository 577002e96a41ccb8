use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(name = "save", posts_to = import, since = "1.0.0")]
#[form(name = "save", posts_to = "POST /other", since = "1.0.0")]
fn two() {}

#[form(name = "save", posts_to = import, since = "1.0.0")]
#[form(name = "delete", posts_to = import, since = "1.0.0")]
#[form(name = "save", posts_to = import, since = "1.0.0")]
struct TwoOfThree;

#[form(name = "save", posts_to = import, since = "1.0.0")]
#[form(name = "save", posts_to = import, since = "1.0.0")]
#[form(name = "save", posts_to = import, since = "1.0.0")]
enum AllThree {}

fn main() {}
