use coexist::handlers;

struct Api;

#[handlers]
impl Api {
    fn show() {}
}

#[handlers(since = "1.0.0")]
impl Api {
    #[coexist::handler(GET "/a", since = "1.0.0")]
    fn list() {}
}

#[handlers]
fn free() {}

#[handlers]
mod module {}

fn main() {
    Api::show();
    Api::list();
    free();
}
