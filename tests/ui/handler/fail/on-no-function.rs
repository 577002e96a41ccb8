use coexist::handler;

#[handler(POST "/a", since = "1.0.0")]
struct Struct;

#[handler(POST "/a", since = "1.0.0")]
pub enum Enum {
    Variant,
}

#[handler(POST "/a", since = "1.0.0")]
union Union {
    field: u8,
}

#[handler(POST "/a", since = "1.0.0")]
impl Struct {}

#[handler(POST "/a", since = "1.0.0")]
unsafe impl Send for Enum {}

#[handler(POST "/a", since = "1.0.0")]
mod module {}

#[handler(POST "/a", since = "1.0.0")]
pub trait Trait {}

#[handler(POST "/a", since = "1.0.0")]
pub unsafe trait UnsafeTrait {}

#[handler(POST "/a", since = "1.0.0")]
use std::fmt;

#[handler(POST "/a", since = "1.0.0")]
const CONST: fmt::Result = Ok(());

#[handler(POST "/a", since = "1.0.0")]
static STATIC: fn() = main;

#[handler(POST "/a", since = "1.0.0")]
type Alias = u8;

#[handler(POST "/a", since = "1.0.0")]
unsafe extern "C" {
    fn foreign();
}

#[handler(POST "/a", since = "1.0.0")]
extern crate core;

#[handler(POST "/a", since = "1.0.0")]
macro_rules! by_example {
    () => {};
}

#[handler(POST "/a", since = "1.0.0")]
thread_local! {
    static LOCAL: u8 = 1;
}

fn main() {
    by_example!();
}
