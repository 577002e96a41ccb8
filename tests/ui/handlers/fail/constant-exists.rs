use coexist::{handler, handlers};

struct Api;

#[handlers]
impl Api {
    const SHOW: u8 = 1;

    #[handler(GET "/a", since = "1.0.0")]
    fn show() {}
}

fn main() {
    Api::show();
    let _ = Api::SHOW;
}
