//! The fields and the encoding come from the arguments, or from `accepts` and
//! `encoding`; where neither tells, they are not declared.

use coexist::{Fields, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

mod team {
    pub use axum::Form;

    pub struct ValidatedForm<T>(pub T);
    pub struct Valid<T>(pub T);
}

/// In place of the crate of that name.
mod axum_typed_multipart {
    pub struct TypedMultipart<T>(pub T);
}

use axum::extract::{self, Query as Q, State};
use axum::{Extension, Form, Json};
use team::{Form as Exported, Valid, ValidatedForm};

type Body<T> = Form<T>;

struct Multipart;

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
fn form(_: axum::Form<Import>) {}

#[handler(GET "/a", since = "1.0.0")]
fn form_of_get(_: Form<Import>) {}

#[handler(POST "/b", since = "1.0.0")]
fn json(_: Json<Import>) {}

#[handler(GET "/c", since = "1.0.0")]
fn query(_: Q<Page>) {}

#[handler(POST "/c", since = "1.0.0")]
fn body_before_query(_: Q<Page>, _: State<Form<Page>>, _: Form<Import>) {}

#[handler(POST "/c/query", since = "1.0.0")]
fn query_of_post(_: Q<Page>) {}

#[handler(GET "/c/both", POST "/c/both", since = "1.0.0")]
fn query_of_both(_: extract::Query<Page>) {}

#[handler(POST "/c/optional", since = "1.0.0")]
fn optional_query(_: Option<Q<Page>>, _: Form<Import>) {}

#[handler(POST "/c/opaque", since = "1.0.0")]
fn opaque_query(_: Q<Opaque>, _: Form<Import>) {}

#[handler(POST "/d", since = "1.0.0")]
fn typed_multipart(_: axum_typed_multipart::TypedMultipart<Import>) {}

#[handler(POST "/e", since = "1.0.0")]
fn multipart(_: Multipart) {}

#[handler(POST "/f", since = "1.0.0")]
fn wrapped(_: Result<Valid<Form<Import>>, String>) {}

#[handler(GET "/g", since = "1.0.0")]
fn optional(_: Option<extract::Query<Page>>) {}

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

#[handler(POST "/q", since = "1.0.0")]
fn alias(_: Body<Import>) {}

#[handler(POST "/r", since = "1.0.0")]
fn of_somebody_else(_: ValidatedForm<Import>) {}

#[handler(POST "/s", since = "1.0.0")]
fn exported_by_somebody_else(_: Exported<Import>) {}

#[handler(POST "/t", since = "1.0.0", reader = "serde_qs")]
fn stated_reader(_: ValidatedForm<Import>) {}

#[handler(POST "/u", since = "1.0.0", accepts = Import, reader = "actix_multipart")]
fn stated_without_an_extractor() {}

#[test]
fn passes() {
    let name = r#""fields":[{"name":"name","required":true,"type":"text"}]"#;
    let page = r#""fields":[{"name":"page","required":false,"optional":true,"type":"integer","min":0,"max":4294967295}]"#;
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
        ("alias", "urlencoded", name),
        ("stated_reader", "urlencoded", name),
        ("stated_without_an_extractor", "multipart", name),
    ] {
        RECORDS.assert_holds(item, &[&format!("\"encoding\":\"{encoding}\""), fields]);
    }
    let in_query =
        format!(r#""query":{{"reader":"serde_urlencoded","unknown_fields":"ignore",{page}}}"#);
    for item in [
        "body_before_query",
        "query_of_post",
        "query_of_both#POST /c/both",
    ] {
        RECORDS.assert_holds(item, &[&in_query, r#"{"format":2,"#]);
    }
    for item in ["query", "form", "optional_query"] {
        RECORDS.assert_lacks(item, &["query"]);
    }
    RECORDS.assert_holds(
        "opaque_query",
        &[r#""query":{"reader":"serde_urlencoded","type":null}"#],
    );
    for (item, encoding) in [
        ("multipart", "multipart"),
        ("opaque", "urlencoded"),
        ("undeclared", "urlencoded"),
        ("undeclared_generic", "json"),
    ] {
        RECORDS.assert_holds(item, &[&format!("\"encoding\":\"{encoding}\"")]);
        RECORDS.assert_lacks(item, &["fields"]);
    }
    for item in ["nothing", "of_somebody_else", "exported_by_somebody_else"] {
        RECORDS.assert_lacks(item, &["encoding", "reader", "fields"]);
    }
    for (item, reader) in [
        ("form", "serde_urlencoded"),
        ("form_of_get", "serde_urlencoded"),
        ("json", "serde_json"),
        ("query", "serde_urlencoded"),
        ("typed_multipart", "axum_typed_multipart"),
        ("wrapped", "serde_urlencoded"),
        ("optional", "serde_urlencoded"),
        ("alias", "serde_urlencoded"),
        ("stated_reader", "serde_qs"),
        ("stated_without_an_extractor", "actix_multipart"),
    ] {
        RECORDS.assert_holds(item, &[&format!("\"reader\":\"{reader}\"")]);
    }
    RECORDS.assert_lacks("multipart", &["reader"]);
}
