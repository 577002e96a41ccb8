use coexist::handlers;

struct Api;

trait Serve {
    fn show(&self);
}

#[handlers]
impl Serve for Api {
    #[coexist::handler(GET "/a", since = "1.0.0")]
    fn show(&self) {}
}

fn main() {
    Api.show();
}
