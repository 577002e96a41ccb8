//! Names that would be obeyed are rejected when the input is read.

use super::build;
use super::harmless::assert_harmless;
use crate::{Folder, fixture, run};

/// Characters that no name may contain.
const REFUSED: [&str; 9] = [
    "\n", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}", "\u{202e}", "\u{2028}", "\u{fdd0}", "\u{ffff}",
];

#[test]
fn names_that_would_be_obeyed_are_refused() {
    let folder = Folder::new();
    let places: [(&str, &str); 9] = [
        ("/release/name", "the release"),
        ("/handlers/0/id", "the handler"),
        ("/handlers/0/method", "the method"),
        ("/handlers/0/path", "the path"),
        ("/handlers/0/source/file", "the source file"),
        ("/handlers/0/fields/0/name", "its name or an alias"),
        ("/forms/0/id", "the form"),
        ("/forms/0/posts_to/0/path", "the path"),
        ("/forms/0/source/file", "the source file"),
    ];
    for (place, what) in places {
        for refused in REFUSED {
            let mut build = build("1.0.0", "app", "a", &["a"]);
            let value = build.pointer_mut(place).unwrap();
            *value = format!("{}{refused}", value.as_str().unwrap()).into();
            let file = folder.file("build.json", build.to_string());
            let (status, printed, complaint) = run(&["inspect", &file]);
            assert_eq!((status, &*printed), (Some(2), ""), "{place}");
            assert!(complaint.contains(what), "{place}: {complaint}");
            let shown = refused.chars().next().unwrap();
            let shown = if shown == '\n' {
                "\\n".to_owned()
            } else {
                format!("\\u{{{:x}}}", u32::from(shown))
            };
            assert!(complaint.contains(&shown), "{complaint}");
            assert_harmless("text", &complaint, &complaint.escape_debug().to_string());
            assert_eq!(complaint.lines().count(), 1, "{complaint}");
        }
    }
}

#[test]
fn a_policy_names_nothing_that_would_be_obeyed_and_its_reasons_can_be_seen() {
    let folder = Folder::new();
    let waiver = |key: &str, value: &str| {
        let mut keys = vec![
            ("rule", "handler-removed"),
            ("endpoint", "POST /a"),
            ("form", "app::f"),
            ("reason", "why"),
            ("expires", "1.6.0"),
        ];
        keys.retain(|(known, _)| *known != key);
        keys.push((key, value));
        let keys = keys
            .iter()
            .map(|(key, value)| format!("{key} = \"{value}\"\n"));
        format!("[[waivers]]\n{}", keys.collect::<String>())
    };
    let old = fixture("handler-removed/near_miss/old.json");
    let complaint = |policy: String| {
        let file = folder.file("policy.toml", policy);
        let (status, _, complaint) = run(&["check", &old, &old, "--config", &file]);
        assert_harmless("text", &complaint, &complaint.escape_debug().to_string());
        (status, complaint)
    };
    for policy in [
        waiver("form", "app::\\u001b[31m"),
        waiver("endpoint", "POST /a\\u202e"),
        "[apps.\"a\\nb\"]\npaths = [\"/a\"]\n".to_owned(),
        "[apps.a]\npaths = [\"/a\\u2028\"]\n".to_owned(),
        "\"\\u001b[31m\" = 1\n".to_owned(),
    ] {
        let (status, complaint) = complaint(policy);
        assert_eq!(status, Some(2));
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
    for reason in ["\\u200b", " \\u00a0\\u2060", "\\ufeff\\u3164"] {
        let (status, complaint) = complaint(waiver("reason", reason));
        assert_eq!(status, Some(2));
        assert!(complaint.contains("`reason` is blank"), "{complaint}");
    }
    let (_, complaint) = complaint(waiver("reason", "\\u200bwhy"));
    assert_eq!(complaint, "");
}
