use coexist::handler;

struct App;

impl App {
    #[handler(POST "/a", since = "1.0.0")]
    fn in_an_impl() {}
}

trait Serve {
    #[handler(POST "/b", since = "1.0.0")]
    fn in_a_trait();

    #[handler(POST "/c", since = "1.0.0")]
    fn with_a_body() {}
}

impl Serve for App {
    #[handler(POST "/d", since = "1.0.0")]
    fn in_a_trait() {}
}

fn main() {
    App::in_an_impl();
    App::in_a_trait();
    App::with_a_body();
}
