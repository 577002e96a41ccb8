//! Free functions of every kind and visibility; each has its record, and its
//! endpoint where the function can be named.

#![allow(unsafe_code, reason = "an `unsafe fn` is a kind of function")]

use std::future::Future;
use std::pin::Pin;

use coexist::{Fields, Handler, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

use axum::Form;
pub struct State<S>(S);
pub struct Path<T>(T);

#[derive(Fields)]
pub struct CsvImport {
    file_name: String,
}

/// Imports.
///
/// In two paragraphs.
#[handler(POST "/private", since = "1.0.0")]
/// And one below the annotation.
fn private(Form(import): Form<CsvImport>) -> usize {
    import.file_name.len()
}

#[handler(POST "/async", since = "1.0.0")]
pub async fn asynchronous(Form(import): Form<CsvImport>) -> Result<String, String> {
    Ok(import.file_name)
}

#[handler(POST "/generic/{id}", since = "1.0.0")]
pub async fn generic<S, const N: usize>(
    State(_): State<S>,
    Path(_): Path<[u64; N]>,
    Form(_): Form<CsvImport>,
) where
    S: Clone + Send + 'static,
{
}

#[handler(GET "/impl", since = "1.0.0")]
pub(crate) fn impl_trait(_: impl Into<String>) -> impl Iterator<Item = u8> {
    [].into_iter()
}

#[handler(GET "/boxed", since = "1.0.0")]
fn boxed<'a>(name: &'a str) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
    Box::pin(async move { name.len() })
}

#[handler(GET "/const", since = "1.0.0")]
const fn constant() -> u8 {
    1
}

#[handler(GET "/unsafe", since = "1.0.0")]
unsafe fn not_safe() {}

#[handler(GET "/extern", since = "1.0.0")]
extern "C" fn foreign() {}

#[handler(GET "/inner", since = "1.0.0")]
fn inner_attributes() -> u8 {
    #![allow(unused_variables)]
    //! With documentation inside.
    let unused = 1;
    2
}

#[handler(GET "/raw", since = "1.0.0")]
fn r#type() {}

pub mod imports {
    use coexist::handler;

    use super::Form;

    #[handler(POST "/in-crate", since = "1.0.0")]
    pub(crate) fn in_crate() {}

    pub(super) mod csv {
        use super::Form;

        #[coexist::handler(POST "/in-path", since = "1.0.0", until = "2.0.0")]
        pub(in crate::handler::every_kind_of_function::imports) fn in_path(
            _: Form<super::super::CsvImport>,
        ) {
        }

        #[::coexist::handler(POST "/in-super", since = "1.0.0-rc.1", until = "2026.11.24",)]
        pub(super) fn in_super() {}
    }

    pub fn paths() -> [&'static str; 2] {
        [csv::in_path::PATH, csv::in_super::PATH]
    }
}

/// Neither is annotated: the names stay free for both.
fn in_a_function() -> (&'static str, usize) {
    #[handler(DELETE "/local", since = "1.0.0")]
    fn local() -> usize {
        7
    }
    (local::PATH, local())
}

macro_rules! handlers {
    ($($name:ident $method:ident $path:literal $since:literal $accepts:ty),+) => {
        $(
            #[handler($method $path, since = $since, accepts = $accepts)]
            fn $name(_: Form<$accepts>) {}
        )+
    };
}

handlers!(first PUT "/first" "1.1.0" CsvImport, second PATCH "/second" "1.2.0" CsvImport);

fn endpoint<H: Handler>() -> (&'static str, &'static str) {
    (H::METHOD, H::PATH)
}

#[test]
fn passes() {
    let fields = r#""unknown_fields":"ignore","fields":[{"name":"file_name","required":true,"type":"text"}]"#;
    for (item, endpoint) in [
        ("private", r#""method":"POST","path":"/private""#),
        ("asynchronous", r#""method":"POST","path":"/async""#),
        ("generic", r#""method":"POST","path":"/generic/{id}""#),
        (
            "imports::csv::in_path",
            r#""method":"POST","path":"/in-path""#,
        ),
        ("first", r#""method":"PUT","path":"/first""#),
        ("second", r#""method":"PATCH","path":"/second""#),
    ] {
        RECORDS.assert_holds(item, &[endpoint, fields, r#""encoding":"urlencoded""#]);
    }
    for item in [
        "impl_trait",
        "boxed",
        "constant",
        "not_safe",
        "foreign",
        "inner_attributes",
        "type",
        "imports::in_crate",
        "imports::csv::in_super",
        "local",
    ] {
        RECORDS.assert_lacks(item, &["fields", "unknown_fields", "type", "encoding"]);
    }
    RECORDS.assert_holds(
        "private",
        &[
            r#""since":"1.0.0""#,
            r#"/every-kind-of-function.rs","line":"#,
        ],
    );
    RECORDS.assert_lacks("private", &["until"]);
    RECORDS.assert_holds(
        "imports::csv::in_path",
        &[r#""since":"1.0.0","until":"2.0.0""#],
    );
    RECORDS.assert_holds(
        "imports::csv::in_super",
        &[r#""since":"1.0.0-rc.1","until":"2026.11.24""#],
    );
    RECORDS.assert_holds("second", &[r#""since":"1.2.0""#]);

    assert_eq!(endpoint::<private>(), ("POST", "/private"));
    assert_eq!(endpoint::<generic>(), ("POST", "/generic/{id}"));
    assert_eq!(endpoint::<r#type>(), ("GET", "/raw"));
    assert_eq!(endpoint::<second>(), ("PATCH", "/second"));
    assert_eq!(imports::paths(), ["/in-path", "/in-super"]);
    assert_eq!(in_a_function(), ("/local", 7));

    // The functions are what they were.
    assert_eq!(
        private(Form(CsvImport {
            file_name: "a.csv".to_owned()
        })),
        5
    );
    const ONE: u8 = constant();
    assert_eq!((ONE, inner_attributes(), impl_trait("").count()), (1, 2, 0));
    // SAFETY: it does nothing.
    unsafe { not_safe() };
    foreign();
    r#type();
    imports::in_crate();
    drop((
        asynchronous(Form(CsvImport {
            file_name: String::new(),
        })),
        boxed(""),
    ));
    drop(generic(
        State(()),
        Path([1]),
        Form(CsvImport {
            file_name: String::new(),
        }),
    ));
}
