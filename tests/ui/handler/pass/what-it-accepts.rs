//! The fields and the encoding come from the arguments, or from `accepts` and
//! `encoding`; where neither tells, they are not declared.

use coexist::{Fields, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod extract {
    pub struct Form<T>(pub T);
    pub struct Json<T>(pub T);
    pub struct Query<T>(pub T);
    pub struct TypedMultipart<T>(pub T);
    pub struct Multipart;
    pub struct State<T>(pub T);
    pub struct Extension<T>(pub T);
    pub struct Valid<T>(pub T);
}

use extract::{Extension, Form, Json, Multipart, Query, State, TypedMultipart, Valid};

#[derive(Fields)]
struct Import {
    name: String,
}

#[derive(Fields)]
struct Page {
    page: Option<u32>,
}

#[derive(Fields)]
struct Borrowed<'a> {
    name: &'a str,
}

struct Opaque;

#[handler(POST "/a", since = "1.0.0")]
fn form(_: extract::Form<Import>) {}

#[handler(GET "/a", since = "1.0.0")]
fn form_of_get(_: Form<Import>) {}

#[handler(POST "/b", since = "1.0.0")]
fn json(_: Json<Import>) {}

#[handler(GET "/c", since = "1.0.0")]
fn query(_: Query<Page>) {}

#[handler(POST "/c", since = "1.0.0")]
fn body_before_query(_: Query<Page>, _: State<Form<Page>>, _: Form<Import>) {}

#[handler(POST "/d", since = "1.0.0")]
fn typed_multipart(_: TypedMultipart<Import>) {}

#[handler(POST "/e", since = "1.0.0")]
fn multipart(_: Multipart) {}

#[handler(POST "/f", since = "1.0.0")]
fn wrapped(_: Result<Valid<Form<Import>>, String>) {}

#[handler(GET "/g", since = "1.0.0")]
fn optional(_: Option<Query<Page>>) {}

#[handler(POST "/h", since = "1.0.0")]
fn nothing(_: Extension<Import>, _: State<Import>, _: &str, _: (u8, u8)) {}

#[handler(POST "/i", since = "1.0.0")]
fn opaque(_: Form<Opaque>) {}

#[handler(POST "/j", since = "1.0.0", accepts = Import)]
fn stated(_: Multipart) {}

#[handler(POST "/k", since = "1.0.0", accepts = _)]
fn undeclared(_: Form<Import>) {}

#[handler(POST "/l", since = "1.0.0", accepts = _, encoding = "json")]
fn undeclared_generic<T>(_: Form<T>) {}

#[handler(POST "/m", accepts = Import, encoding = "text", since = "1.0.0")]
fn stated_encoding(_: String) {}

#[handler(POST "/n", since = "1.0.0")]
fn lifetime<'a>(_: Form<Borrowed<'a>>) {}

#[handler(POST "/o", since = "1.0.0")]
fn elided_lifetime(_: Form<Borrowed<'_>>, _: &Form<Page>) {}

#[allow(elided_lifetimes_in_paths)]
#[handler(POST "/p", since = "1.0.0")]
fn hidden_lifetime(_: Form<Borrowed>) {}

#[test]
fn passes() {
    let name = r#""fields":[{"name":"name","required":true,"type":"text"}]"#;
    let page =
        r#""fields":[{"name":"page","required":false,"type":"integer","min":0,"max":4294967295}]"#;
    for (item, encoding, fields) in [
        ("form", "urlencoded", name),
        ("form_of_get", "query", name),
        ("json", "json", name),
        ("query", "query", page),
        ("body_before_query", "urlencoded", name),
        ("typed_multipart", "multipart", name),
        ("wrapped", "urlencoded", name),
        ("optional", "query", page),
        ("stated", "multipart", name),
        ("stated_encoding", "text", name),
        ("lifetime", "urlencoded", name),
        ("elided_lifetime", "urlencoded", name),
        ("hidden_lifetime", "urlencoded", name),
    ] {
        RECORDS.assert_holds(item, &[&format!("\"encoding\":\"{encoding}\""), fields]);
    }
    for (item, encoding) in [
        ("multipart", "multipart"),
        ("opaque", "urlencoded"),
        ("undeclared", "urlencoded"),
        ("undeclared_generic", "json"),
    ] {
        RECORDS.assert_holds(item, &[&format!("\"encoding\":\"{encoding}\"")]);
        RECORDS.assert_lacks(item, &["fields"]);
    }
    RECORDS.assert_lacks("nothing", &["encoding", "fields"]);
}
