//! Forms on every kind of item that can make a page.

#![allow(unsafe_code, reason = "an `unsafe fn` is a kind of function")]

use coexist::{Fields, form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[handler(POST "/save", since = "1.0.0")]
fn save() {}

/// A page.
#[form(posts_to = save, since = "1.0.0")]
/// With a line below the annotation.
pub fn function() -> &'static str {
    save::PATH
}

#[form(posts_to = save, since = "1.0.0")]
async fn asynchronous() {}

#[form(posts_to = save, since = "1.0.0")]
const fn constant_function() -> u8 {
    1
}

#[form(posts_to = save, since = "1.0.0")]
unsafe fn not_safe() {}

#[form(posts_to = save, since = "1.0.0")]
extern "C" fn foreign() {}

#[form(posts_to = save, since = "1.0.0")]
fn generic<'a, T, const N: usize>(items: &'a [T; N]) -> &'a T
where
    T: Clone,
{
    &items[0]
}

#[form(posts_to = save, since = "1.0.0")]
fn impl_trait(_: impl Into<String>) -> impl Iterator<Item = u8> {
    [3].into_iter()
}

#[form(posts_to = save, since = "1.0.0")]
fn inner_attributes() -> u8 {
    #![allow(unused_variables)]
    //! With documentation inside.
    let unused = 1;
    2
}

#[form(posts_to = save, since = "1.0.0")]
fn r#match() {}

#[form(posts_to = save, since = "1.0.0")]
struct Unit;

#[form(posts_to = save, since = "1.0.0")]
pub(crate) struct Tuple<T>(T);

#[form(posts_to = save, since = "1.0.0")]
#[derive(Fields)]
struct Named<'a, T: Clone = u8>
where
    T: Copy,
{
    name: &'a str,
    item: Option<T>,
}

#[form(posts_to = save, since = "1.0.0")]
enum Either {
    One,
    Other,
}

#[form(posts_to = save, since = "1.0.0")]
pub(crate) const CONSTANT: &str = "a form";

#[form(posts_to = save, since = "1.0.0")]
static STATIC: &[u8] = &[b'<'; { 2 + 2 }];

trait Page {
    #[form(posts_to = save, since = "1.0.0")]
    fn provided(&self) -> u8 {
        4
    }

    #[form(posts_to = save, since = "1.0.0")]
    const PROVIDED: u8 = 5;

    fn required(&mut self) -> Self;
}

impl Page for Unit {
    #[form(posts_to = save, since = "1.0.0")]
    fn required(&mut self) -> Self {
        Self
    }
}

impl<T: Clone> Tuple<T> {
    #[form(posts_to = save, since = "1.0.0")]
    pub(crate) const ASSOCIATED: &'static str = "a form";

    #[form(posts_to = save, since = "1.0.0")]
    pub fn new(item: T) -> Self {
        Self(item)
    }

    #[form(posts_to = save, since = "1.0.0")]
    async fn method(self: &Self) -> T {
        self.0.clone()
    }
}

#[test]
fn passes() {
    for item in [
        "function",
        "asynchronous",
        "constant_function",
        "not_safe",
        "foreign",
        "generic",
        "impl_trait",
        "inner_attributes",
        "match",
        "Unit",
        "Tuple",
        "Named",
        "Either",
        "CONSTANT",
        "STATIC",
        "provided",
        "PROVIDED",
        "required",
        "ASSOCIATED",
        "new",
        "method",
    ] {
        RECORDS.assert_holds(item, &[r#""posts_to":[{"method":"POST","path":"/save"}]"#]);
        RECORDS.assert_lacks(item, &["until", "encoding", "fields"]);
    }

    // The items are what they were.
    const ONE: u8 = constant_function();
    assert_eq!((ONE, inner_attributes(), generic(&[7])), (1, 2, &7));
    assert_eq!(impl_trait("").collect::<Vec<u8>>(), [3]);
    assert_eq!(
        (CONSTANT, STATIC, Tuple::<u8>::ASSOCIATED),
        ("a form", &b"<<<<"[..], "a form")
    );
    assert_eq!((Unit.required().provided(), Unit::PROVIDED), (4, 5));
    let named = Named {
        name: "a",
        item: Some(1_u8),
    };
    assert_eq!((named.name, named.item), ("a", Some(1)));
    // SAFETY: it does nothing.
    unsafe { not_safe() };
    save();
    foreign();
    r#match();
    drop((
        asynchronous(),
        Tuple::new(1).method(),
        Either::One,
        Either::Other,
        function(),
    ));
}
