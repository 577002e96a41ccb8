//! `actix_multipart`, whose derive has attributes of its own.

use actix_multipart::form::text::Text;
use actix_multipart::form::{MultipartCollect, MultipartForm};
use actix_web::FromRequest as _;
use coexist::Fields;
use coexist_checker::registry::Reader;
use serde::Deserialize;

use super::multipart::{CONTENT_TYPE, body, wait};
use super::table::{Pair, Row, row, table};

type Bytes = actix_multipart::form::bytes::Bytes;

fn reads<T: MultipartCollect + 'static>(_: Reader, pairs: &[Pair<'_>]) -> bool {
    let request = actix_web::test::TestRequest::post()
        .insert_header(("content-type", CONTENT_TYPE))
        .set_payload(body(pairs));
    let (request, mut payload) = request.to_http_parts();
    wait(MultipartForm::<T>::from_request(&request, &mut payload)).is_ok()
}

mod string {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod character {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<char>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod boolean {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<bool>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod byte {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod integer {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<i32>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod float {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<f64>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod choice {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(rename_all = "lowercase")]
    enum Choice {
        A,
        On,
    }

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<Choice>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod option_string {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Option<Text<String>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod option_byte {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Option<Text<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod text_option {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Text<Option<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod list_string {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Vec<Text<String>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod list_byte {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Vec<Text<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod option_list {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Option<Vec<Text<u8>>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod bytes {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        k: Bytes,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod renamed {
    use super::*;

    #[derive(MultipartForm, Fields)]
    pub(super) struct Read {
        #[multipart(rename = "k")]
        y: Text<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod deny {
    use super::*;

    #[derive(MultipartForm, Fields)]
    #[multipart(deny_unknown_fields)]
    pub(super) struct Read {
        k: Text<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod once {
    use super::*;

    #[derive(MultipartForm, Fields)]
    #[multipart(duplicate_field = "deny")]
    pub(super) struct Read {
        k: Text<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod last {
    use super::*;

    #[derive(MultipartForm, Fields)]
    #[multipart(duplicate_field = "replace")]
    pub(super) struct Read {
        k: Text<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

mod once_list {
    use super::*;

    #[derive(MultipartForm, Fields)]
    #[multipart(duplicate_field = "deny")]
    pub(super) struct Read {
        k: Vec<Text<u8>>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "actix_multipart", accepts = Read)]
    fn take() {}
}

const ROWS: &[Row] = &[
    row!(string, "Text<String>", "a"),
    row!(character, "Text<char>", "a"),
    row!(boolean, "Text<bool>", "true"),
    row!(byte, "Text<u8>", "3"),
    row!(integer, "Text<i32>", "3"),
    row!(float, "Text<f64>", "3"),
    row!(choice, "Text<enum { A, On }>", "a"),
    row!(option_string, "Option<Text<String>>", "a"),
    row!(option_byte, "Option<Text<u8>>", "3"),
    row!(text_option, "Text<Option<u8>>", "3"),
    row!(list_string, "Vec<Text<String>>", "a"),
    row!(list_byte, "Vec<Text<u8>>", "3"),
    row!(option_list, "Option<Vec<Text<u8>>>", "3"),
    row!(bytes, "Bytes", "a"),
    row!(renamed, "multipart(rename)", "3"),
    row!(deny, "deny_unknown_fields", "a"),
    row!(once, "duplicate_field = deny", "3"),
    row!(last, "duplicate_field = replace", "3"),
    row!(once_list, "deny, Vec<Text<u8>>", "3"),
];

#[test]
fn actix_multipart_reads() {
    insta::assert_snapshot!(table(Reader::ActixMultipart, ROWS));
}
