//! What the annotations of a case left in its program.

/// The JSON of the record of the item with this path below the crate.
pub fn of(item: &str) -> String {
    let mut found = all(item);
    assert_eq!(found.len(), 1, "records of `{item}`: {found:?}");
    found.remove(0)
}

/// Asserts that the record of the item holds each of the parts.
pub fn assert_holds(item: &str, parts: &[&str]) {
    let record = of(item);
    for part in parts {
        assert!(record.contains(part), "`{part}` is not in the record: {record}");
    }
}

/// Asserts that the record of the item holds none of the keys.
pub fn assert_lacks(item: &str, keys: &[&str]) {
    let record = of(item);
    for key in keys {
        assert!(!record.contains(&format!("\"{key}\":")), "`{key}` is in the record: {record}");
    }
}

/// The JSON of each record of the item.
pub fn all(item: &str) -> Vec<String> {
    let id = format!("\"id\":\"{}::{item}\"", env!("CARGO_CRATE_NAME"));
    let jsons = coexist::records().map(|record| String::from_utf8(record.json().to_vec()).unwrap());
    jsons.filter(|json| json.contains(&id)).collect()
}

/// What tells the records of the item apart, sorted: the names behind its path.
pub fn names(item: &str) -> Vec<String> {
    let id = format!("\"id\":\"{}::{item}", env!("CARGO_CRATE_NAME"));
    let jsons = coexist::records().map(|record| String::from_utf8(record.json().to_vec()).unwrap());
    let names = jsons.filter_map(|json| {
        let (_, rest) = json.split_once(&id)?;
        let (name, _) = rest.split_once("\",\"")?;
        (name.is_empty() || name.starts_with('#')).then(|| name.trim_start_matches('#').to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
