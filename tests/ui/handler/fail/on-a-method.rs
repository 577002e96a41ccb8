use std::sync::Arc;

use coexist::handler;

struct App;

impl App {
    #[handler(POST "/a", since = "1.0.0")]
    fn by_reference(&self) {}

    #[handler(POST "/b", since = "1.0.0")]
    pub async fn by_value(mut self, _: u8) {
        self = App;
        drop(self);
    }

    #[handler(POST "/c", since = "1.0.0")]
    fn by_arc(self: Arc<Self>) {}
}

trait Serve {
    #[handler(POST "/d", since = "1.0.0")]
    fn in_a_trait(&self);
}

impl Serve for App {
    #[handler(POST "/e", since = "1.0.0")]
    fn in_a_trait(&self) {}
}

fn main() {
    App.by_reference();
    drop(App.by_value(1));
    Arc::new(App).by_arc();
    App.in_a_trait();
}
