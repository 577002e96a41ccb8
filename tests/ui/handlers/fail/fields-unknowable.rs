use axum::Form;
use coexist::{handler, handlers};

trait Page {
    type In;
}

struct Api;

impl Page for Api {
    type In = u8;
}

#[handlers]
impl Api {
    #[handler(POST "/a", since = "1.0.0")]
    fn associated(_: Form<<Self as Page>::In>) {}

    #[handler(POST "/b", since = "1.0.0")]
    fn short(_: Form<Self::In>) {}
}

struct Generic<T>(T);

#[handlers]
impl<T> Generic<T> {
    #[handler(POST "/c", since = "1.0.0")]
    fn parameter(_: Form<T>) {}

    #[handler(POST "/d", since = "1.0.0")]
    fn own(_: Form<Self>) {}

    #[handler(POST "/e", accepts = _, since = "1.0.0")]
    fn undeclared(_: Form<Self>) {}
}

fn main() {}
