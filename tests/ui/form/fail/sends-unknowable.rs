use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

struct Page<T>(T);

#[form(posts_to = import, sends = T, since = "1.0.0")]
fn a_parameter<T>(_: T) {}

#[form(posts_to = import, sends = Page<T>, since = "1.0.0")]
struct OfAType<T>(T);

#[form(posts_to = import, sends = [u8; N], since = "1.0.0")]
enum OfAnEnum<const N: usize> {}

impl<T> Page<T> {
    #[form(posts_to = import, sends = Self, since = "1.0.0")]
    fn itself(&self) {}
}

#[form(posts_to = import, sends = _, since = "1.0.0")]
fn left_open() {}

#[form(posts_to = import, sends = Page<_>, since = "1.0.0")]
fn partly_left_open() {}

fn main() {
    Page(1).itself();
}
