//! `axum_typed_multipart`, whose derives have attributes of their own.

use axum::extract::FromRequest as _;
use axum_typed_multipart::{FieldData, TryFromField, TryFromMultipart, TypedMultipart};
use coexist::Fields;
use coexist_checker::registry::Reader;

use super::multipart::{CONTENT_TYPE, body, wait};
use super::table::{Pair, Row, row, table};

type Bytes = axum::body::Bytes;

fn reads<T: axum_typed_multipart::TryFromMultipartWithState<()>>(
    _: Reader,
    pairs: &[Pair<'_>],
) -> bool {
    let request = axum::http::Request::builder()
        .method("POST")
        .header("content-type", CONTENT_TYPE)
        .body(axum::body::Body::from(body(pairs)))
        .unwrap();
    wait(TypedMultipart::<T>::from_request(request, &())).is_ok()
}

mod string {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod character {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: char,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod boolean {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: bool,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod byte {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod integer {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: i32,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod float {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: f64,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod choice {
    use super::*;

    #[derive(TryFromField, Fields)]
    #[try_from_field(rename_all = "lowercase")]
    enum Choice {
        A,
        #[field(rename = "on")]
        B,
    }

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Choice,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod option_string {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Option<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod option_byte {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Option<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod option_boolean {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Option<bool>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod list_string {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Vec<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod list_byte {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Vec<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod with_data {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: FieldData<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod option_data {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Option<FieldData<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod bytes {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        k: Bytes,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod renamed {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        #[form_data(field_name = "k")]
        y: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod default_byte {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    pub(super) struct Read {
        #[form_data(default)]
        k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod upper {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    #[try_from_multipart(rename_all = "lowercase")]
    pub(super) struct Read {
        r#k: u8,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod strict {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    #[try_from_multipart(strict)]
    pub(super) struct Read {
        k: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod strict_option {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    #[try_from_multipart(strict)]
    pub(super) struct Read {
        k: Option<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

mod strict_list {
    use super::*;

    #[derive(TryFromMultipart, Fields)]
    #[try_from_multipart(strict)]
    pub(super) struct Read {
        k: Vec<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "axum_typed_multipart", accepts = Read)]
    fn take() {}
}

const ROWS: &[Row] = &[
    row!(string, "String", "a"),
    row!(character, "char", "a"),
    row!(boolean, "bool", "true"),
    row!(byte, "u8", "3"),
    row!(integer, "i32", "3"),
    row!(float, "f64", "3"),
    row!(choice, "enum { A, On }", "a"),
    row!(option_string, "Option<String>", "a"),
    row!(option_byte, "Option<u8>", "3"),
    row!(option_boolean, "Option<bool>", "true"),
    row!(list_string, "Vec<String>", "a"),
    row!(list_byte, "Vec<u8>", "3"),
    row!(with_data, "FieldData<u8>", "3"),
    row!(option_data, "Option<FieldData<u8>>", "3"),
    row!(bytes, "Bytes", "a"),
    row!(renamed, "form_data(field_name)", "3"),
    row!(default_byte, "form_data(default) u8", "3"),
    row!(upper, "rename_all", "3"),
    row!(strict, "strict String", "a"),
    row!(strict_option, "strict Option<u8>", "3"),
    row!(strict_list, "strict Vec<u8>", "3"),
];

#[test]
fn axum_typed_multipart_reads() {
    insta::assert_snapshot!(table(Reader::AxumTypedMultipart, ROWS));
}
