#![allow(non_camel_case_types)]

use coexist::handler;

struct import {}

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

fn main() {
    import();
}
