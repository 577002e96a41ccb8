//! Handlers that share an endpoint are all judged, whatever they are called.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::judge::check;
use crate::model::{Policy, Verdict};
use crate::registry::{Registry, snapshot};

/// What a handler declares: whether it is guarded, and a reading of [`READINGS`].
type Declared = (bool, usize);

const READINGS: [&str; 5] = [
    r#""encoding":"urlencoded","fields":[{"name":"a","required":true}]"#,
    r#""encoding":"urlencoded","fields":[{"name":"z","required":true}]"#,
    r#""encoding":"urlencoded","fields":[{"name":"b","required":true}]"#,
    r#""encoding":"json","fields":[{"name":"a","required":true}]"#,
    r#""encoding":"urlencoded","fields":[{"name":"a","required":true},{"name":"z","required":true}]"#,
];
const TAKES_A: usize = 0;
const TAKES_Z: usize = 1;
const JSON: usize = 3;
const TAKES_A_AND_Z: usize = 4;

/// A build whose handlers share one endpoint, with these names, in this order.
fn registry(handlers: &[(Declared, String)]) -> Registry {
    let mut json = String::new();
    for ((partial, reading), name) in handlers {
        let comma = if json.is_empty() { "" } else { "," };
        let reading = READINGS[*reading];
        write!(
            json,
            r#"{comma}{{"id":"app::{name}","method":"POST","path":"/a","partial":{partial},{reading}}}"#
        )
        .unwrap();
    }
    let form = r#"{"id":"app::page","posts_to":[{"method":"POST","path":"/a"}],
        "encoding":"urlencoded","fields":[{"name":"a","always":true},{"name":"b","always":false}]}"#;
    let json = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"1.0.0"}},
            "handlers":[{json}],"forms":[{form}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

/// Names from the front of the alphabet on, or from its end.
fn named(handlers: &[Declared], is_reversed: bool) -> Vec<(Declared, String)> {
    let name = |position| {
        let position = if is_reversed { 25 - position } else { position };
        char::from(b'a' + position).to_string()
    };
    (0..)
        .map(name)
        .zip(handlers)
        .map(|(name, one)| (*one, name))
        .collect()
}

/// The verdict, and each finding, with what its two handlers declare for their names.
fn said(old: &[(Declared, String)], new: &[(Declared, String)]) -> (Verdict, Vec<String>) {
    let policy = Policy::default();
    let (old, new) = (registry(old), registry(new));
    let report = check(&old, &new, &policy).unwrap();
    let said = report.findings.iter().map(|finding| {
        let [page, node] = [finding.page.handler, finding.node.handler].map(|handler| {
            handler.map(|handler| (handler.partial, handler.encoding, handler.fields.clone()))
        });
        let (rule, level, undecided) = (finding.rule.name, finding.level, finding.is_undecided);
        let (way, detail) = (finding.direction, &finding.detail);
        format!("{rule} {level:?} {undecided} {way:?} {detail:?} {page:?} {node:?}")
    });
    let mut said: Vec<String> = said.collect();
    said.sort();
    (report.verdict(), said)
}

/// The verdict and the rules of the findings about pages of the old build.
fn judged(old: &[Declared], new: &[Declared]) -> (Verdict, Vec<&'static str>) {
    let policy = Policy::default();
    let (old, new) = (registry(&named(old, false)), registry(&named(new, false)));
    let report = check(&old, &new, &policy).unwrap();
    let findings = report.findings.iter();
    let old_pages = findings
        .filter(|finding| finding.direction == Some(crate::model::Direction::OldToNew))
        .map(|finding| finding.rule.name);
    (report.verdict(), old_pages.collect())
}

proptest! {
    #[test]
    fn names_and_order_change_nothing(
        old in vec((any::<bool>(), 0..READINGS.len()), 1..4),
        new in vec((any::<bool>(), 0..READINGS.len()), 1..4),
    ) {
        // Builds with the same items are one release: nothing is said of it then.
        let sorted = |handlers: &[Declared]| {
            let mut handlers = handlers.to_vec();
            handlers.sort_unstable();
            handlers
        };
        prop_assume!(sorted(&old) != sorted(&new));
        let first = said(&named(&old, false), &named(&new, false));
        let reversed = |handlers: &[Declared]| {
            let mut handlers = named(handlers, true);
            handlers.reverse();
            handlers
        };
        prop_assert_eq!(&said(&named(&old, true), &named(&new, false)), &first);
        prop_assert_eq!(&said(&named(&old, false), &named(&new, true)), &first);
        prop_assert_eq!(&said(&reversed(&old), &reversed(&new)), &first);
    }

    #[test]
    fn the_same_handlers_break_nothing(
        all in vec((any::<bool>(), 0..READINGS.len()), 1..4),
    ) {
        let found = said(&named(&all, false), &named(&all, true)).1;
        let found = found.iter().filter(|found| !found.starts_with("handler-duplicated"));
        prop_assert_eq!(found.count(), 0);
    }
}

#[test]
fn a_guarded_handler_that_refuses_may_refuse() {
    let old = [(false, TAKES_A)];
    let rejected = judged(&old, &[(false, TAKES_Z)]);
    assert_eq!(rejected, (Verdict::Reject, vec!["field-required"]));
    for reading in [TAKES_Z, JSON] {
        let rule = if reading == JSON {
            "encoding-changed"
        } else {
            "field-required"
        };
        let guarded_refuses = judged(&old, &[(true, reading), (false, TAKES_A)]);
        assert_eq!(guarded_refuses, (Verdict::Accept, vec![rule]));
        let unguarded_refuses = judged(&old, &[(true, TAKES_A), (false, reading)]);
        assert_eq!(unguarded_refuses, (Verdict::Accept, vec![rule]));
    }
}

#[test]
fn where_every_handler_refuses_the_release_is_rejected() {
    let both = [(true, JSON), (false, TAKES_Z)];
    let rejected = judged(&[(false, TAKES_A)], &both);
    assert_eq!(rejected, (Verdict::Reject, vec!["encoding-changed"]));
}

#[test]
fn a_handler_that_takes_nothing_of_the_form_is_not_its_own() {
    // At home, the form is for the handler that takes it; the other one stays.
    for other in [JSON, TAKES_Z] {
        let rejected = judged(
            &[(true, TAKES_A), (false, other)],
            &[(true, TAKES_A_AND_Z), (false, other)],
        );
        assert_eq!(rejected, (Verdict::Reject, vec!["field-required"]));
    }
}

/// The handler of the new build that a finding names, of an old page that sends to `path`. Both
/// builds have these endpoints; each of the new ones has a guarded handler that refuses.
fn named_as_refusing(path: &str, endpoints: &[&str]) -> Option<String> {
    let build = |handlers: &[(bool, usize)]| {
        let handlers = endpoints.iter().flat_map(|endpoint| {
            handlers.iter().map(move |(partial, reading)| {
                format!(
                    r#"{{"id":"app::{}","method":"POST","path":"{endpoint}","partial":{partial},{}}}"#,
                    if *partial { "guarded" } else { "open" },
                    READINGS[*reading]
                )
            })
        });
        let handlers: Vec<String> = handlers.collect();
        let json = format!(
            r#"{{"format":1,"release":{{"name":"app","version":"1.0.0"}},"handlers":[{}],
                "forms":[{{"id":"app::page","posts_to":[{{"method":"POST","path":"{path}"}}],
                "encoding":"urlencoded","fields":[{{"name":"a","always":true}}]}}]}}"#,
            handlers.join(",")
        );
        snapshot::read(json.as_bytes()).unwrap()
    };
    let old = build(&[(false, TAKES_A)]);
    let new = build(&[(true, TAKES_Z), (false, TAKES_A)]);
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    let mut findings = report.findings.iter();
    let finding = findings.find(|finding| finding.rule.name == "field-required")?;
    Some(finding.node.handler?.id.clone())
}

#[test]
fn of_several_handlers_the_one_that_refuses_is_named() {
    let guarded = Some("app::guarded".to_owned());
    assert_eq!(named_as_refusing("/a", &["/a"]), guarded);
    assert_eq!(named_as_refusing("/{any}", &["/a", "/b"]), guarded);
}
