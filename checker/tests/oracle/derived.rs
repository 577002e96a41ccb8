//! Compares the reader of these tests with the code that serde derives, on the same bodies.

use coexist_checker::registry::{Field, UnknownFields, Value};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::reader::faults;
use crate::request::Body;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Red,
    Blue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read into")]
struct Strict {
    #[serde(alias = "title")]
    name: String,
    count: Option<u8>,
    #[serde(default)]
    wide: i32,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read into")]
struct Loose {
    kind: Kind,
    #[serde(default)]
    is_on: bool,
    #[serde(default)]
    letter: char,
    share: Option<f64>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read into")]
struct Several {
    tags: Vec<u8>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read into")]
struct Around {
    inner: Strict,
    tags: Option<Vec<String>>,
}

fn field(name: &str, always_present: bool, value: Value) -> Field {
    Field {
        name: name.to_owned(),
        always_present,
        aliases: Vec::new(),
        many: false,
        value,
        ..Field::default()
    }
}

fn many(field: Field) -> Field {
    Field {
        many: true,
        ..field
    }
}

fn integer(min: i128, max: i128) -> Value {
    Value::Integer {
        min: Some(min),
        max: Some(max),
    }
}

fn strict() -> Vec<Field> {
    let name = Field {
        aliases: vec!["title".to_owned()],
        ..field("name", true, Value::Text)
    };
    let wide = integer(i32::MIN.into(), i32::MAX.into());
    let count = field("count", false, integer(0, 255));
    vec![name, count, field("wide", false, wide)]
}

fn loose() -> Vec<Field> {
    let kind = Value::Choice {
        choices: vec!["red".to_owned(), "blue".to_owned()],
        ignore_case: false,
    };
    vec![
        field("kind", true, kind),
        field("is_on", false, Value::Boolean),
        field("letter", false, Value::Character),
        field("share", false, Value::Number),
    ]
}

fn several() -> Vec<Field> {
    let tags = many(field("tags", true, integer(0, 255)));
    vec![tags, field("name", false, Value::Text)]
}

/// Whether both accept this body; they must agree.
fn takes<T: DeserializeOwned>(fields: &[Field], unknown: UnknownFields, body: &Body) -> bool {
    let derived = match body {
        Body::Json(json) => serde_json::from_str::<T>(json).is_ok(),
        Body::Pairs(pairs) if fields.iter().any(|field| field.many) => {
            serde_html_form::from_str::<T>(pairs).is_ok()
        }
        Body::Pairs(pairs) => serde_urlencoded::from_str::<T>(pairs).is_ok(),
    };
    let found = faults(fields, unknown, None, body);
    assert_eq!(derived, found.is_empty(), "{body:?}: {found:?}");
    derived
}

fn taken<T: DeserializeOwned>(
    fields: &[Field],
    unknown: UnknownFields,
    body: fn(String) -> Body,
    texts: &[&str],
) -> usize {
    let bodies = texts.iter().map(|text| body((*text).to_owned()));
    let taken = bodies.filter(|body| takes::<T>(fields, unknown, body));
    taken.count()
}

#[test]
fn the_reader_reads_pairs_as_derived_code_does() {
    use UnknownFields::{Deny, Ignore};
    let strict_texts = [
        "name=a",
        "title=a",
        "name=",
        "name=a&count=255",
        "name=a&wide=-7",
        "",
        "name=a&title=b",
        "name=a&name=b",
        "name=a&other=1",
        "name=a&count=256",
        "name=a&count=",
        "name=a&count=x",
        "name=a&wide=2147483648",
    ];
    assert_eq!(
        taken::<Strict>(&strict(), Deny, Body::Pairs, &strict_texts),
        5
    );
    let loose_texts = [
        "kind=red",
        "kind=blue&other=1",
        "kind=red&is_on=true",
        "kind=red&letter=%C3%A9",
        "kind=red&share=7",
        "kind=red&share=1e300",
        "kind=Red",
        "kind=",
        "kind=red&is_on=on",
        "kind=red&letter=ab",
        "kind=red&letter=",
        "kind=red&share=x",
        "is_on=true",
    ];
    assert_eq!(
        taken::<Loose>(&loose(), Ignore, Body::Pairs, &loose_texts),
        6
    );
    let several_texts = [
        "tags=1",
        "tags=1&tags=2",
        "tags=1&name=a&other=b&other=c",
        "tags=1&tags=256",
        "tags=x",
        "name=a",
        "tags=1&name=a&name=b",
        "",
    ];
    assert_eq!(
        taken::<Several>(&several(), Ignore, Body::Pairs, &several_texts),
        3
    );
}

#[test]
fn the_reader_reads_json_as_derived_code_does() {
    use UnknownFields::{Deny, Ignore};
    let strict_texts = [
        r#"{"name":"a"}"#,
        r#"{"title":"a","count":0,"wide":-1}"#,
        r#"{"name":7}"#,
        r#"{"name":"a","count":"7"}"#,
        r#"{"name":"a","count":7.0}"#,
        r#"{"count":7}"#,
        r#"{"name":"a","count":256}"#,
        r#"{"name":"a","title":"b"}"#,
        r#"{"name":"a","x":{}}"#,
    ];
    assert_eq!(
        taken::<Strict>(&strict(), Deny, Body::Json, &strict_texts),
        2
    );
    let loose_texts = [
        r#"{"kind":"red","share":7}"#,
        r#"{"kind":"blue","share":1.5,"is_on":true,"x":[1]}"#,
        r#"{"kind":"red","letter":"a"}"#,
        r#"{"kind":"green"}"#,
        r#"{"kind":7}"#,
        r#"{"kind":"red","is_on":"true"}"#,
        r#"{"kind":"red","letter":"ab"}"#,
        r#"{"kind":["red"]}"#,
    ];
    assert_eq!(
        taken::<Loose>(&loose(), Ignore, Body::Json, &loose_texts),
        3
    );
    let inner = Value::Object {
        unknown_fields: Deny,
        fields: strict(),
    };
    let tags = many(field("tags", false, Value::Text));
    let around_texts = [
        r#"{"inner":{"name":"a"},"tags":["x","y"]}"#,
        r#"{"inner":{"title":"a"},"tags":[]}"#,
        r#"{"inner":{"name":"a"},"tags":"x"}"#,
        r#"{"inner":{}}"#,
        r#"{"inner":"a"}"#,
        "{}",
        r#"{"inner":{"name":"a","other":1}}"#,
        r#"{"inner":{"name":"a"},"tags":[7]}"#,
    ];
    let fields = [field("inner", true, inner), tags];
    assert_eq!(
        taken::<Around>(&fields, Ignore, Body::Json, &around_texts),
        2
    );
}
