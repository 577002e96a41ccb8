//! What the macros write is read the fast way, as `artifact/plain.rs` of the checker expects
//! it: else reading a large program takes five times as long, and nothing else shows it.

use coexist_checker::artifact::is_plain;

/// What the fast reader leaves to the general one.
const GENERAL: &[&str] = &[
    "\"type\":\"choice\"",
    "\"aliases\":",
    "\"flatten\":",
    "\"release\":",
    "\"lifetime\":",
    "\"redirect\":",
    "\"self\":",
    "\"parameters\":",
    // Fields within a field.
    "true,\"unknown_fields\":",
    "\"once\":",
    "\"constraints\":",
    // A handler that reads one value, not fields.
    "},\"type\":",
    // The same of the query.
    "\"type\":null},\"source\":",
    "r#",
    "\\",
];

#[test]
fn each_record_takes_the_fast_way_or_holds_what_that_leaves_out() {
    let records: Vec<String> = coexist::records()
        .map(|record| String::from_utf8(record.json().to_vec()).unwrap())
        .collect();
    let (fast, general): (Vec<&String>, Vec<&String>) =
        records.iter().partition(|json| is_plain(json.as_bytes()));
    let unexpected: Vec<_> = general
        .iter()
        .filter(|json| !GENERAL.iter().any(|part| json.contains(part)))
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    assert!(fast.len() > 100, "{} of {}", fast.len(), records.len());
    // These are not all read the general way by accident.
    let keys = [
        "partial",
        "until",
        "encoding",
        "host",
        "pages",
        "unknown_fields",
        "min",
        "kind",
        "flag",
        "query",
    ];
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| {
            !fast
                .iter()
                .any(|json| json.contains(&format!("\"{key}\":")))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
