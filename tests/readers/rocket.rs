//! Rocket's forms, lenient and strict.

use coexist::Fields;
use coexist_checker::registry::Reader;
use rocket::form::{Form, FromForm, FromFormField, Strict};

use super::table::{Pair, Row, row, table};

fn reads<T>(reader: Reader, pairs: &[Pair<'_>]) -> bool
where
    T: for<'v> FromForm<'v> + 'static,
{
    let text = serde_urlencoded::to_string(pairs).unwrap();
    let text = rocket::http::RawStr::new(&text);
    match reader {
        Reader::Rocket => Form::<T>::parse_encoded(text).is_ok(),
        Reader::RocketStrict => Form::<Strict<T>>::parse_encoded(text).is_ok(),
        other => panic!("{other:?}"),
    }
}

mod string {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod boolean {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: bool,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod byte {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod integer {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: i32,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod float {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: f64,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod choice {
    use super::*;

    #[derive(FromFormField, Fields)]
    enum Choice {
        A,
        On,
    }

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Choice,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod value {
    use super::*;

    #[derive(FromFormField, Fields)]
    enum Choice {
        #[field(value = "a")]
        First,
    }

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Choice,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod option_string {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Option<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod option_boolean {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Option<bool>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod option_byte {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Option<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod list_string {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Vec<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod list_byte {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Vec<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod option_list {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Option<Vec<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod default_byte {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(default = 7)]
        k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod default_string {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(default = "x")]
        k: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod named {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(name = "k")]
        y: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod names {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(name = "x")]
        #[field(name = "k")]
        y: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod uncased {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(name = uncased("K"))]
        y: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod valid {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        #[field(validate = range(2..))]
        k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod nested {
    use super::*;

    #[derive(FromForm, Fields)]
    struct Inner {
        r#in: u8,
    }

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod map {
    use super::*;

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: std::collections::HashMap<String, u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

mod newtype {
    use super::*;

    #[derive(FromForm, Fields)]
    struct Number(u8);

    #[derive(FromForm, Fields)]
    pub(super) struct Read {
        k: Number,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "rocket", accepts = Read)]
    fn take() {}
}

const ROWS: &[Row] = &[
    row!(string, "String", "a"),
    row!(boolean, "bool", "true"),
    row!(byte, "u8", "3"),
    row!(integer, "i32", "3"),
    row!(float, "f64", "3"),
    row!(choice, "enum { A, On }", "a"),
    row!(value, "enum { field(value) }", "a"),
    row!(option_string, "Option<String>", "a"),
    row!(option_boolean, "Option<bool>", "true"),
    row!(option_byte, "Option<u8>", "3"),
    row!(list_string, "Vec<String>", "a"),
    row!(list_byte, "Vec<u8>", "3"),
    row!(option_list, "Option<Vec<u8>>", "3"),
    row!(default_byte, "field(default) u8", "3"),
    row!(default_string, "field(default) String", "a"),
    row!(named, "field(name)", "3"),
    row!(names, "field(name) twice", "3"),
    row!(uncased, "field(name = uncased)", "3"),
    row!(valid, "field(validate) u8", "3"),
    row!(nested, "struct { in: u8 }", "3"),
    row!(map, "HashMap<String, u8>", "3"),
    row!(newtype, "struct (u8)", "3"),
];

#[test]
fn rocket_reads() {
    insta::assert_snapshot!(table(Reader::Rocket, ROWS));
}

#[test]
fn rocket_reads_strictly() {
    // The names of a map are not declared, so nothing is judged where they could be refused.
    let rows = ROWS.iter().filter(|row| !row.declared.contains("HashMap"));
    let rows: Vec<Row> = rows.cloned().collect();
    insta::assert_snapshot!(table(Reader::RocketStrict, &rows));
}
