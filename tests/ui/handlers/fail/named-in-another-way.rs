use coexist::{form, handler, handlers};

struct Api;

#[handlers]
impl Api {
    #[handler(POST "/a", since = "1.0.0")]
    fn show() {}

    fn other() {}
}

struct Generic<T>(T);

#[handlers]
impl<T> Generic<T> {
    #[handler(POST "/b", since = "1.0.0")]
    fn take(&self) {}
}

// The path of a method is that of its constant.
const PATH: &str = Api::show::PATH;

#[form(posts_to = Api::other, since = "1.0.0")]
fn not_annotated() {}

#[form(posts_to = Api::missing, since = "1.0.0")]
fn missing() {}

#[form(posts_to = Generic::take, since = "1.0.0")]
fn generic() {}

#[form(posts_to = Api::show, since = "0.9.0")]
fn too_early() {}

fn main() {
    Api::show();
    Api::other();
    Generic(1).take();
    not_annotated();
    missing();
    generic();
    too_early();
}
