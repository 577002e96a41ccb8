use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

mod admin {}

#[form(posts_to = imprt, since = "1.0.0")]
fn misspelt() {}

#[form(posts_to = admin::import, since = "1.0.0")]
fn not_in_the_module() {}

#[form(posts_to = admni::import, since = "1.0.0")]
fn no_such_module() {}

#[form(posts_to = [import, crate::gone], since = "1.0.0")]
struct InAList;

struct App;

impl App {
    #[form(posts_to = import, since = "1.0.0")]
    fn right(&self) {}

    #[form(posts_to = Self::import, since = "1.0.0")]
    fn in_the_impl(&self) {}
}

fn main() {
    App.right();
    App.in_the_impl();
}
