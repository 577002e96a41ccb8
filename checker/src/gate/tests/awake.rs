//! What sleeps is not judged, in the candidate and in what is out.

use super::{findings, judge, live, release, time};
use crate::config;
use crate::model::{Policy, Verdict};
use crate::registry::{Registry, snapshot};

const NOW: &str = "2026-11-28T06:00:00Z";

/// The same release with all that has `csv` in its name behind a flag.
fn behind_flag(registry: &Registry) -> Registry {
    let mut text = Vec::new();
    snapshot::write(registry, &mut text).unwrap();
    let mut file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    file["format"] = 2.into();
    for items in ["handlers", "forms"] {
        for item in file[items].as_array_mut().unwrap() {
            if item["id"].as_str().unwrap().contains("csv") {
                item["flag"] = "csv".into();
            }
        }
    }
    snapshot::read(file.to_string().as_bytes()).unwrap()
}

#[test]
fn what_sleeps_is_neither_sent_nor_served() {
    let off = Policy {
        flags: config::parse("[flags]\ncsv = \"off\"\n", "coexist.toml")
            .unwrap()
            .flags,
        ..Policy::default()
    };
    let on = Policy::default();
    let without = release("1.4.0", &["/edit"], &["/edit"]);
    let with = |version| release(version, &["/csv", "/edit"], &["/csv", "/edit"]);
    // A form and its handler come, and go, in one release, while nobody sees them.
    for (old, new) in [(&without, &with("1.5.0")), (&with("1.3.0"), &without)] {
        let (old, new) = (behind_flag(old), behind_flag(new));
        let live = [live(1, &old, "2026-11-27T08:00:00Z", None)];
        let gate = judge(&new, &live, &off, time(NOW)).unwrap();
        assert_eq!(
            (gate.verdict(), findings(&gate)),
            (Some(Verdict::Accept), vec![])
        );
        assert!(gate.back.iter().all(super::super::Back::is_possible));
        let gate = judge(&new, &live, &on, time(NOW)).unwrap();
        assert_eq!(gate.verdict(), Some(Verdict::Reject));
    }
}

#[test]
fn a_build_is_the_same_whatever_sleeps() {
    let off = Policy {
        flags: config::parse("[flags]\ncsv = \"off\"\n", "coexist.toml")
            .unwrap()
            .flags,
        ..Policy::default()
    };
    let with = behind_flag(&release("1.4.0", &["/csv", "/edit"], &["/edit"]));
    let without = release("1.4.0", &["/edit"], &["/edit"]);
    let live = [live(1, &with, "2026-11-27T08:00:00Z", None)];
    let is_taken = |candidate| {
        judge(candidate, &live, &off, time(NOW))
            .unwrap()
            .has_version_conflict
    };
    assert!(!is_taken(&with));
    assert!(is_taken(&without));
}
