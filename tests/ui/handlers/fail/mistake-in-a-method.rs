use coexist::{form, handler, handlers};

struct Api;

#[handlers]
impl Api {
    #[handler(POST "/a")]
    fn save(&self) {}

    #[handler(FETCH "/b", since = "1.0.0")]
    fn fetch() {}
}

// The constants are there all the same.
#[form(posts_to = [Api::save, Api::fetch], since = "1.0.0")]
fn page() {}

fn main() {
    Api.save();
    Api::fetch();
    page();
    let _ = (Api::SAVE.path, Api::FETCH.path);
}
