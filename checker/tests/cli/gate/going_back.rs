//! A candidate that ran before is said to, with what going back breaks.

use serde_json::{Value, json};

use super::gate_ledger::GateLedger;
use crate::formats::assert_valid;

/// The form to `/mail` comes with 1.3.0; of 1.2.0 no page is open any more.
fn ledger() -> GateLedger {
    let ledger = GateLedger::new();
    ledger.deploy("1.2.0", &["csv"], &["csv"], "2025-11-10T08:00:00Z");
    let both = &["csv", "mail"][..];
    ledger.deploy("1.3.0", both, both, "2025-11-11T08:00:00Z");
    ledger.retire("1.2.0", "2025-11-11T08:10:00Z");
    ledger
}

#[test]
fn a_release_is_known_by_its_deployment() {
    let ledger = ledger();
    let before = ledger.release("1.2.0", &["csv"], &["csv"]);
    let (status, text, _) = ledger.gate(&before, &[]);
    assert_eq!(status, Some(1), "{text}");
    let said = "note: 1.2.0 ran before 1.3.0, from 2025-11-10T08:00:00Z on: this goes back to it, and \
                the finding says what that breaks";
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.join(" ").contains(said), "{text}");
    let (_, markdown, _) = ledger.gate(&before, &["--format", "markdown"]);
    assert!(markdown.contains("this goes back to it"), "{markdown}");
}

#[test]
fn a_release_is_known_under_another_number() {
    let ledger = ledger();
    let reverted = ledger.release("1.4.0", &["csv"], &["csv"]);
    let (status, text, _) = ledger.gate(&reverted, &[]);
    assert_eq!(status, Some(1), "{text}");
    let said = "note: 1.4.0 has the handlers and forms of 1.2.0, which ran before 1.3.0,";
    assert!(text.contains(said), "{text}");
    // What runs, once more, goes nowhere; nor does what is new.
    let both = &["csv", "mail"][..];
    for takes in [both, &["csv", "mail", "edit"]] {
        let next = ledger.release("1.5.0", takes, both);
        let (status, text, _) = ledger.gate(&next, &[]);
        assert_eq!(status, Some(0), "{text}");
        assert!(!text.contains("goes back"), "{text}");
    }
}

#[test]
fn programs_are_told_the_earlier_deployment() {
    let ledger = ledger();
    let told = |build: &str| -> Value {
        let (_, output, _) = ledger.gate(build, &["--format", "json"]);
        let report = serde_json::from_str(&output).unwrap();
        assert_valid(include_str!("../../../schema/report.schema.json"), &report);
        report
    };
    let reverted = told(&ledger.release("1.4.0", &["csv"], &["csv"]));
    assert_eq!(reverted["format"], 4);
    let earlier =
        json!({ "release": "1.2.0", "deployed": "2025-11-10T08:00:00Z", "running": "1.3.0" });
    assert_eq!(reverted["earlier_deployment"], earlier);
    // An older version that was never deployed has none.
    let older = told(&ledger.release("1.1.0", &["edit"], &["edit"]));
    assert_eq!(
        (&older["format"], older.get("earlier_deployment")),
        (&json!(1), None)
    );
}

#[test]
fn a_release_whose_pages_are_open_is_known_too() {
    let ledger = ledger();
    let at = ["--now", "2025-11-11T09:00:00Z"];
    let reverted = ledger.release("1.4.0", &["csv"], &["csv"]);
    let (_, text, _) = ledger.gate(&reverted, &at);
    assert!(text.contains("which ran before 1.3.0,"), "{text}");
}

#[test]
fn a_version_that_is_older_is_known_without_a_deployment() {
    let ledger = ledger();
    let older = ledger.release("1.1.0", &["edit"], &["edit"]);
    let (_, text, _) = ledger.gate(&older, &[]);
    assert!(text.contains("note: 1.1.0 is older than 1.3.0: "), "{text}");
}
