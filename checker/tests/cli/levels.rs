//! Findings that weigh nothing, since they are waived or since they are
//! notes, are in every format, and reject nothing.

use coexist_checker::judge;
use coexist_checker::model::{Expiry, Level, Policy, Report, Verdict, Waiver};
use coexist_checker::registry::snapshot;
use coexist_checker::render::{self, Sources};
use serde_json::Value;

use super::fixture;

fn waiver() -> Waiver {
    Waiver {
        rule: "handler-removed",
        method: "POST".to_owned(),
        path: "/imports/csv".to_owned(),
        form: None,
        reason: "nobody <imports> since May".to_owned(),
        expires: Expiry::Version(semver::Version::new(1, 3, 0)),
        at: "coexist.toml:7".to_owned(),
    }
}

/// Hands a report to `render` whose only finding is waived.
fn rendered(render: impl Fn(&Report<'_>, &mut Vec<u8>) -> std::io::Result<()>) -> String {
    let policy = Policy {
        waivers: vec![waiver()],
        ..Policy::default()
    };
    rendered_by(&policy, |report, to| {
        assert!(report.findings.is_empty());
        assert_eq!(report.verdict(), Verdict::Accept);
        render(report, to)
    })
}

fn rendered_by(
    policy: &Policy,
    render: impl Fn(&mut Report<'_>, &mut Vec<u8>) -> std::io::Result<()>,
) -> String {
    let [old, new] = ["old.json", "new.json"].map(|file| {
        let json = std::fs::read(fixture(&format!("handler-removed/triggers/{file}"))).unwrap();
        snapshot::read(&json).unwrap()
    });
    let mut report = judge::check(&old, &new, policy).unwrap();
    let mut answer = Vec::new();
    render(&mut report, &mut answer).unwrap();
    let plain = anstream::adapter::strip_bytes(&answer).into_vec();
    String::from_utf8(plain).unwrap()
}

#[test]
fn text() {
    let text = rendered(|report, to| render::text::report(report, &Sources::none(), to));
    let expected = "\
accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 waived)

waived[handler-removed]: whoever submits the form `upload_csv` from pages of
  1.0.0 to nodes of 1.1.0 gets 404 Not Found
  POST /imports/csv, until 1.3.0 is released: nobody <imports> since May
  (coexist.toml:7)

accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 waived)
";
    assert_eq!(text, expected);
}

#[test]
fn json() {
    let json = rendered(|report, to| render::formats::json::report(report, None, to));
    let report: Value = serde_json::from_str(&json).unwrap();
    let schema = include_str!("../../schema/report.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &report), "{json}");
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(report["waived"][0]["rule"], "handler-removed");
    let waiver = serde_json::json!({ "reason": "nobody <imports> since May",
        "expires": "1.3.0", "at": "coexist.toml:7" });
    assert_eq!(report["waived"][0]["waiver"], waiver);
}

#[test]
fn sarif() {
    let json = rendered(|report, to| render::formats::sarif::report(report, to));
    let log: Value = serde_json::from_str(&json).unwrap();
    let schema = serde_json::from_str(&super::sarif_schema()).unwrap();
    assert!(jsonschema::is_valid(&schema, &log), "{json}");
    let suppressions = serde_json::json!([{ "kind": "external", "status": "accepted",
        "justification": "nobody <imports> since May (coexist.toml:7)" }]);
    assert_eq!(log["runs"][0]["results"][0]["suppressions"], suppressions);
}

#[test]
fn the_others() {
    let github = rendered(|report, to| render::formats::github::report(report, to));
    assert!(
        github.starts_with("::notice file=src/pages.rs,line=30,"),
        "{github}"
    );
    assert!(github.contains("::waived: whoever submits"), "{github}");
    let junit = rendered(|report, to| render::formats::junit::report(report, to));
    let skipped = "<skipped message=\"waived at coexist.toml:7: nobody &lt;imports&gt; since May\"";
    assert!(junit.contains(skipped), "{junit}");
    let markdown = rendered(|report, to| render::formats::markdown::report(report, None, to));
    let waived = "<code>coexist.toml:7</code>: nobody &#60;imports&#62; since May";
    assert!(markdown.contains(waived), "{markdown}");
}

#[test]
fn notes_are_brief() {
    let policy = Policy {
        levels: [("handler-removed", Some(Level::Note))].into(),
        ..Policy::default()
    };
    let text = rendered_by(&policy, |report, to| {
        render::text::report(report, &Sources::none(), to)
    });
    let expected = "\
accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 note)

note[handler-removed]: whoever submits the form `upload_csv` from pages of 1.0.0
  to nodes of 1.1.0 gets 404 Not Found

  POST /imports/csv
    form in 1.0.0            importer::pages::upload_csv
                             at src/pages.rs:30
    handler in 1.0.0         importer::imports::import_csv
                             at src/imports.rs:12
    handler in 1.1.0         none

  what to do
    1. In 1.1.0: remove the form `upload_csv`, keep the handler `import_csv`,
       and announce its removal.
       Add to the `#[handler]` of `import_csv` (src/imports.rs:12 in 1.0.0):
         until = \"1.2.0\"
    2. In 1.2.0, once no node runs 1.0.0 any longer and its pages have expired:
       remove the handler `import_csv`.

accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 note)
";
    assert_eq!(text, expected);
    let github = rendered_by(&policy, |report, to| {
        render::formats::github::report(report, to)
    });
    assert!(github.starts_with("::notice "), "{github}");
}
