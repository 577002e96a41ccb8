use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

struct Page;

#[form(posts_to = import, since = "1.0.0")]
impl Page {}

#[form(posts_to = import, since = "1.0.0")]
mod module {}

#[form(posts_to = import, since = "1.0.0")]
trait Trait {}

#[form(posts_to = import, since = "1.0.0")]
use std::fmt;

#[form(posts_to = import, since = "1.0.0")]
type Alias = fmt::Error;

#[form(posts_to = import, since = "1.0.0")]
union Union {
    field: u8,
}

#[form(posts_to = import, since = "1.0.0")]
macro_rules! by_example {
    () => {};
}

trait Show {
    #[form(posts_to = import, since = "1.0.0")]
    fn without_a_body(&self);

    #[form(posts_to = import, since = "1.0.0")]
    const WITHOUT_A_VALUE: u8;

    #[form(posts_to = import, since = "1.0.0")]
    type Associated;
}

unsafe extern "C" {
    #[form(posts_to = import, since = "1.0.0")]
    safe fn foreign();

    #[form(posts_to = import, since = "1.0.0")]
    static FOREIGN: u8;
}

impl Show for Page {
    const WITHOUT_A_VALUE: u8 = 1;

    #[form(posts_to = import, since = "1.0.0")]
    type Associated = Page;

    fn without_a_body(&self) {}
}

fn main() {
    Page.without_a_body();
    by_example!();
}
