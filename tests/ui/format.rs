//! Each record states the lowest number of the format that has all of its keys, as the page of
//! the format marks them.

use std::collections::BTreeSet;

use serde_json::Value;

const PAGE: &str = include_str!("../../runtime/FORMAT.md");

#[test]
fn each_record_states_the_lowest_number_that_has_its_keys() {
    let (documented, of_2) = (documented(PAGE), of_format_2(PAGE));
    let mut alone = BTreeSet::new();
    for record in coexist::records() {
        let record: Value = serde_json::from_slice(record.json()).unwrap();
        let all = keys(&record, &BTreeSet::new());
        let unknown: Vec<_> = all.difference(&documented).collect();
        assert!(
            unknown.is_empty(),
            "not in FORMAT.md: {unknown:?} in {record}"
        );
        // What is within a new key is as new.
        let keys = keys(&record, &of_2);
        let newer: Vec<_> = keys.intersection(&of_2).collect();
        let expected = if newer.is_empty() { 1 } else { 2 };
        assert_eq!(record["format"], expected, "{newer:?} in {record}");
        if let [only] = newer.as_slice() {
            alone.insert((*only).clone());
        }
    }
    // A field's key raises the number by itself, not only beside others that do.
    let (_, of_fields) = PAGE.split_once("\nA field:\n").unwrap();
    let mut of_fields = of_format_2(of_fields);
    // That is a key of forms in HTML, which all have a `kind`.
    assert!(of_fields.remove("empty"));
    let missing: Vec<_> = of_fields.difference(&alone).collect();
    assert!(missing.is_empty(), "no record has only these: {missing:?}");
}

/// The keys of a record, at all depths, but not those within some.
fn keys(value: &Value, closed: &BTreeSet<String>) -> BTreeSet<String> {
    match value {
        Value::Object(members) => {
            let open = members.iter().filter(|(key, _)| !closed.contains(*key));
            let inner = open.flat_map(|(_, value)| keys(value, closed));
            members.keys().cloned().chain(inner).collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| keys(item, closed)).collect(),
        _ => BTreeSet::new(),
    }
}

/// The words that the page writes as code.
fn documented(page: &str) -> BTreeSet<String> {
    let code = page.split('`').skip(1).step_by(2);
    code.flat_map(words).collect()
}

/// The keys that are marked as those of format 2.
fn of_format_2(page: &str) -> BTreeSet<String> {
    let marked = page.match_indices("` ²").map(|(at, _)| &page[..at]);
    let code = marked.filter_map(|before| before.rsplit('`').next());
    code.filter_map(|code| words(code).next()).collect()
}

fn words(code: &str) -> impl Iterator<Item = String> {
    let parts = code.split(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned)
}
