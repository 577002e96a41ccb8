use coexist::form;

mod imports {
    use coexist::handler;

    #[handler(POST "/imports", since = "1.0.0")]
    fn import() {}

    fn not_annotated() {}
}

#[form(posts_to = imports::import, since = "1.0.0")]
fn page() {}

#[form(posts_to = imports::not_annotated, since = "1.0.0")]
fn other_page() {}

fn main() {}
