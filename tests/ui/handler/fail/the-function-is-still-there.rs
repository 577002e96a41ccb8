use coexist::{Handler, form};

mod imports {
    use coexist::handler;

    #[handler(PSOT "/imports", since = "1.0.0")]
    pub fn import() -> u8 {
        1
    }

    #[handler(POST "/imports", until = "2.0.0")]
    pub fn other() {}
}

use imports::import;

#[form(posts_to = import, since = "1.0.0")]
fn page() -> &'static str {
    import::PATH
}

#[form(posts_to = [import, imports::other], since = "1.0.0")]
struct Page;

fn serves<H: Handler>(_: fn() -> u8) -> &'static str {
    H::PATH
}

fn main() {
    let _one: u8 = import();
    serves::<import>(import);
    imports::other();
    page();
    let _page = Page;
}
