//! Prints its own records, as `inventory` gives them to the running program.
#![forbid(unsafe_code)]

mod private;

#[cfg(feature = "mention")]
use unmentioned as _;
use versions_one as _;
use versions_two as _;

coexist::release!();

#[coexist::form(posts_to = private::save, since = "1.0.0", until = "9998.0.0", sends = private::Item)]
fn page() -> &'static str {
    private::save::PATH
}

#[cfg(any())]
#[coexist::handler(POST "/off", since = "1.0.0")]
fn off() {}

fn main() {
    linked::unrelated();
    private::save(private::Form(private::Item {
        name: page().to_owned(),
        kind: None,
    }));
    for record in coexist::records() {
        println!("{}", String::from_utf8_lossy(record.json()));
    }
}
