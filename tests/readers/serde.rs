//! The readers that serde's derived code reads with.

use coexist::Fields;
use coexist_checker::registry::Reader;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::table::{Pair, Row, row, table};

pub(crate) fn reads<T: DeserializeOwned>(reader: Reader, pairs: &[Pair<'_>]) -> bool {
    if reader == Reader::SerdeJson {
        return serde_json::from_str::<T>(&json(pairs)).is_ok();
    }
    let text = serde_urlencoded::to_string(pairs).unwrap();
    match reader {
        Reader::SerdeUrlencoded => serde_urlencoded::from_str::<T>(&text).is_ok(),
        Reader::SerdeHtmlForm => serde_html_form::from_str::<T>(&text).is_ok(),
        Reader::SerdeQs => serde_qs::from_str::<T>(&text).is_ok(),
        other => panic!("{other:?}"),
    }
}

/// An object; what is there twice is a list.
fn json(pairs: &[Pair<'_>]) -> String {
    let mut members: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in pairs {
        match members.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => members.push((name, vec![value])),
        }
    }
    let members = members.into_iter().map(|(name, values)| match &values[..] {
        [value] => format!("\"{name}\":{value}"),
        values => format!("\"{name}\":[{}]", values.join(",")),
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Rows of which each has a type `Read`.
macro_rules! rows {
    ($($module:ident, $declared:literal, $good:literal: { $($items:item)+ })+) => {
        $(mod $module {
            use super::*;

            $(#[derive(Deserialize, Fields)] $items)+

            #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
            fn take() {}
        })+

        const ROWS: &[Row] = &[$(row!($module, $declared, $good)),+];
    };
}

rows! {
    string, "String", "a": { pub(super) struct Read { k: String } }
    character, "char", "a": { pub(super) struct Read { k: char } }
    boolean, "bool", "true": { pub(super) struct Read { k: bool } }
    byte, "u8", "3": { pub(super) struct Read { k: u8 } }
    integer, "i32", "3": { pub(super) struct Read { k: i32 } }
    float, "f64", "3": { pub(super) struct Read { k: f64 } }
    choice, "enum { A, On }", "a": {
        #[serde(rename_all = "lowercase")]
        enum Choice { A, On }
        pub(super) struct Read { k: Choice }
    }
    newtype, "struct (u8)", "3": {
        struct Number(u8);
        pub(super) struct Read { k: Number }
    }
    custom, "deserialize_with", "a": {
        pub(super) struct Read { #[serde(deserialize_with = "String::deserialize")] k: String }
    }
    boxed, "Box<u8>", "3": { pub(super) struct Read { k: Box<u8> } }
    nested, "struct { in: u8 }", "3": {
        struct Inner { r#in: u8 }
        pub(super) struct Read { k: Inner }
    }
    option_string, "Option<String>", "a": { pub(super) struct Read { k: Option<String> } }
    option_character, "Option<char>", "a": { pub(super) struct Read { k: Option<char> } }
    option_boolean, "Option<bool>", "true": { pub(super) struct Read { k: Option<bool> } }
    option_byte, "Option<u8>", "3": { pub(super) struct Read { k: Option<u8> } }
    option_choice, "Option<enum { A }>", "a": {
        #[serde(rename_all = "lowercase")]
        enum Choice { A }
        pub(super) struct Read { k: Option<Choice> }
    }
    list_string, "Vec<String>", "a": { pub(super) struct Read { k: Vec<String> } }
    list_byte, "Vec<u8>", "3": { pub(super) struct Read { k: Vec<u8> } }
    option_list, "Option<Vec<u8>>", "3": { pub(super) struct Read { k: Option<Vec<u8>> } }
    list_option, "Vec<Option<u8>>", "3": { pub(super) struct Read { k: Vec<Option<u8>> } }
    default_string, "default String", "a": { pub(super) struct Read { #[serde(default)] k: String } }
    default_byte, "default u8", "3": { pub(super) struct Read { #[serde(default)] k: u8 } }
    default_boolean, "default bool", "true": { pub(super) struct Read { #[serde(default)] k: bool } }
    default_option, "default Option<u8>", "3": { pub(super) struct Read { #[serde(default)] k: Option<u8> } }
    default_list, "default Vec<u8>", "3": { pub(super) struct Read { #[serde(default)] k: Vec<u8> } }
    renamed, "rename, alias", "3": {
        pub(super) struct Read { #[serde(rename = "x", alias = "k")] y: u8 }
    }
    deny, "deny_unknown_fields", "a": {
        #[serde(deny_unknown_fields)]
        pub(super) struct Read { k: String }
    }
    flat_string, "flatten { String }", "a": {
        struct Inner { k: String }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_character, "flatten { char }", "a": {
        struct Inner { k: char }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_boolean, "flatten { bool }", "true": {
        struct Inner { k: bool }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_byte, "flatten { u8 }", "3": {
        struct Inner { k: u8 }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_float, "flatten { f64 }", "3": {
        struct Inner { k: f64 }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_choice, "flatten { enum { A } }", "a": {
        #[serde(rename_all = "lowercase")]
        enum Choice { A }
        struct Inner { k: Choice }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_newtype, "flatten { struct (u8) }", "3": {
        struct Number(u8);
        struct Inner { k: Number }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_option_string, "flatten { Option<String> }", "a": {
        struct Inner { k: Option<String> }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_option_byte, "flatten { Option<u8> }", "3": {
        struct Inner { k: Option<u8> }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_default_byte, "flatten { default u8 }", "3": {
        struct Inner { #[serde(default)] k: u8 }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_list, "flatten { Vec<String> }", "a": {
        struct Inner { k: Vec<String> }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_twice, "flatten { flatten { u8 } }", "3": {
        struct Innermost { k: u8 }
        struct Inner { #[serde(flatten)] inner: Innermost }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    flat_some, "flatten Option<{ u8 }>", "3": {
        struct Inner { k: u8 }
        pub(super) struct Read { #[serde(flatten)] inner: Option<Inner> }
    }
    flat_some_list, "flatten Option<{ Vec<u8> }>", "3": {
        struct Inner { k: Vec<u8> }
        pub(super) struct Read { #[serde(flatten)] inner: Option<Inner> }
    }
    flat_map, "flatten HashMap<String, String>", "a": {
        pub(super) struct Read { #[serde(flatten)] rest: std::collections::HashMap<String, String> }
    }
    beside_map, "Option<u8>, flatten HashMap", "3": {
        pub(super) struct Read {
            k: Option<u8>,
            #[serde(flatten)] rest: std::collections::HashMap<String, String>,
        }
    }
    deny_around, "deny { flatten { String } }", "a": {
        struct Inner { k: String }
        #[serde(deny_unknown_fields)]
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    deny_within, "flatten { deny { String } }", "a": {
        #[serde(deny_unknown_fields)]
        struct Inner { k: String }
        pub(super) struct Read { #[serde(flatten)] inner: Inner }
    }
    list_choice, "Vec<enum { A }>", "a": {
        #[serde(rename_all = "lowercase")]
        enum Choice { A }
        pub(super) struct Read { k: Vec<Choice> }
    }
    deny_around_two, "deny { flatten Option<{ u8, u8 }> }", "3": {
        struct Inner { k: u8, other: u8 }
        #[serde(deny_unknown_fields)]
        pub(super) struct Read { #[serde(flatten)] inner: Option<Inner> }
    }
    deny_around_some, "deny { flatten Option<{ u8 }> }", "3": {
        struct Inner { k: u8 }
        #[serde(deny_unknown_fields)]
        pub(super) struct Read { #[serde(flatten)] inner: Option<Inner> }
    }
}

#[test]
fn serde_urlencoded_reads() {
    insta::assert_snapshot!(table(Reader::SerdeUrlencoded, ROWS));
}

#[test]
fn serde_html_form_reads() {
    insta::assert_snapshot!(table(Reader::SerdeHtmlForm, ROWS));
}

#[test]
fn serde_qs_reads() {
    insta::assert_snapshot!(table(Reader::SerdeQs, ROWS));
}

#[test]
fn serde_json_reads() {
    insta::assert_snapshot!(table(Reader::SerdeJson, ROWS));
}
