use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import, sinse = "1.0.0")]
pub fn page() -> u8 {
    1
}

#[form(posts_to = [], since = "1.0.0")]
#[derive(Clone, Default)]
struct Page {
    field: u8,
}

impl Page {
    #[form(posts_to = import)]
    const PART: u8 = 2;

    #[form(posts_to = gone, since = "1.0.0")]
    fn show(&self) -> u8 {
        self.field
    }
}

fn main() {
    let _sum: u8 = page() + Page::PART + Page::default().clone().show();
}
