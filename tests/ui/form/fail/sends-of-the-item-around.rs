use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

struct Page<T>(T);

impl<T> Page<T> {
    #[form(posts_to = import, sends = Page<T>, since = "1.0.0")]
    fn show(&self) {}
}

fn main() {
    Page(1).show();
}
