//! What `check` prints in each of its formats, on the same pairs of builds: one that
//! is accepted, one with a warning, one with many findings that are folded, and one
//! with names that each format must escape.

use std::path::Path;

use serde_json::Value;

use super::{Folder, coexist, fixture, run, said, shown};

const FORMATS: [&str; 6] = ["text", "json", "github", "sarif", "junit", "markdown"];

#[test]
fn each_format_of_the_program_is_tested() {
    let (_, _, complaint) = run(&["check", "OLD", "NEW", "--format", "no-such-format"]);
    let (_, values) = complaint.split_once("[possible values: ").unwrap();
    let (values, _) = values.split_once(']').unwrap();
    assert_eq!(values.split(", ").collect::<Vec<_>>(), FORMATS);
}

/// The pairs, and the exit status of `check`.
const PAIRS: [(&str, i32); 4] = [("accept", 0), ("warn", 0), ("folded", 1), ("nasty", 1)];

fn pair(name: &str) -> [String; 2] {
    let own = |file: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/formats");
        shown(&folder.join(name).join(file))
    };
    match name {
        "accept" => ["old.json", "new.json"]
            .map(|file| fixture(&format!("handler-not-yet/near_miss/{file}"))),
        "warn" => ["old.json", "new.json"]
            .map(|file| fixture(&format!("target-undecided/triggers/{file}"))),
        _ => ["old.json", "new.json"].map(own),
    }
}

#[track_caller]
fn printed(name: &str, format: &str) -> String {
    let [old, new] = pair(name);
    let (status, printed, complaint) = run(&["check", &old, &new, "--format", format]);
    let expected = PAIRS.iter().find(|pair| pair.0 == name).map(|pair| pair.1);
    assert_eq!(
        (status, complaint.as_str()),
        (expected, ""),
        "{name} {format}"
    );
    printed
}

fn json(name: &str, format: &str) -> Value {
    serde_json::from_str(&printed(name, format)).unwrap()
}

#[track_caller]
pub(super) fn assert_valid(schema: &str, value: &Value) {
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(value);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{value:#}");
}

#[test]
fn each_format_of_each_pair() {
    for (name, _) in PAIRS {
        for format in FORMATS {
            let mut printed = printed(name, format);
            if format == "sarif" {
                let mut log: Value = serde_json::from_str(&printed).unwrap();
                // These are the rules' own texts, and grow with them.
                log["runs"][0]["tool"]["driver"]["rules"].take();
                log["runs"][0]["tool"]["driver"]["semanticVersion"].take();
                for result in log["runs"][0]["results"].as_array_mut().unwrap() {
                    result["ruleIndex"].take();
                }
                printed = format!("{log:#}");
            }
            insta::with_settings!({
                snapshot_path => "formats",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(format!("{name}.{format}"), printed);
            });
        }
    }
}

#[test]
fn text_fits_into_80_columns_but_for_names() {
    for name in ["accept", "warn", "folded"] {
        let text = printed(name, "text");
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
    }
}

#[test]
fn json_follows_its_schema() {
    for (name, _) in PAIRS {
        let schema = include_str!("../../schema/report.schema.json");
        assert_valid(schema, &json(name, "json"));
    }
}

#[test]
fn snapshots_follow_their_schema() {
    let schema = include_str!("../../schema/snapshot.schema.json");
    for (name, _) in PAIRS {
        for build in pair(name) {
            let (_, printed, _) = run(&["inspect", &build, "--format", "json"]);
            assert_valid(schema, &serde_json::from_str(&printed).unwrap());
            let written = std::fs::read(build).unwrap();
            assert_valid(schema, &serde_json::from_slice(&written).unwrap());
        }
    }
}

#[test]
fn a_schema_refuses_keys_that_its_format_does_not_have() {
    let schema = serde_json::from_str(include_str!("../../schema/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut report = json("folded", "json");
    assert!(validator.is_valid(&report));
    report["findings"][0]["mesage"] = "".into();
    assert!(!validator.is_valid(&report));
}

#[test]
fn sarif_follows_the_standards_schema() {
    for (name, _) in PAIRS {
        let log = json(name, "sarif");
        assert_valid(&super::sarif_schema(), &log);
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[rule]["id"], result["ruleId"]);
        }
    }
}

/// The messages of a log, wherever they stand.
fn messages(log: &Value) -> Vec<&str> {
    match log {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(text) if key == "text" => vec![&**text],
                value => messages(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(messages).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_message_of_sarif_has_no_placeholders() {
    let [old, new] = pair("folded");
    let folder = Folder::new();
    let [old, new] = [(old, "old.json"), (new, "new.json")].map(|(build, file)| {
        let build = std::fs::read_to_string(build).unwrap();
        let build = build.replace("::upload_", "::{0}{upload_");
        let build = build.replace("\"/imports", "\"/{0}/imports");
        folder.file(file, build)
    });
    let (status, printed, complaint) = run(&["check", &old, &new, "--format", "sarif"]);
    assert_eq!((status, &*complaint), (Some(1), ""));
    let log: Value = serde_json::from_str(&printed).unwrap();
    assert_valid(&super::sarif_schema(), &log);
    let messages = messages(&log);
    for message in &messages {
        let rest = message.replace("{{", "").replace("}}", "");
        assert!(!rest.contains(['{', '}']), "{message}");
    }
    let shown = |text: &str| {
        let text = text.replace('{', "{{").replace('}', "}}");
        messages.iter().any(|message| message.contains(&text))
    };
    assert!(shown("POST /{0}/imports/{id}/csv"), "{messages:?}");
    assert!(shown("`{0}{upload_one`"), "{messages:?}");
}

#[test]
fn programs_get_each_finding_by_itself() {
    assert_eq!(
        json("folded", "json")["findings"].as_array().unwrap().len(),
        14
    );
    assert_eq!(
        json("folded", "sarif")["runs"][0]["results"]
            .as_array()
            .unwrap()
            .len(),
        14
    );
    assert_eq!(printed("folded", "github").matches("::error ").count(), 14);
    assert_eq!(printed("folded", "junit").matches("<failure ").count(), 14);
    assert_eq!(printed("folded", "text").matches("error[").count(), 2);
    assert_eq!(
        printed("folded", "markdown").matches("<details>").count(),
        2
    );
}

#[test]
fn names_of_a_build_begin_no_line_and_no_tag() {
    let github = printed("nasty", "github");
    assert!(
        github.lines().all(|line| !line.starts_with("::error::")),
        "{github}"
    );
    let markdown = printed("nasty", "markdown");
    assert!(!markdown.contains("<script>"), "{markdown}");
    assert_eq!(markdown.matches("<!--").count(), 1, "{markdown}");
    let text = printed("nasty", "text");
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(text.lines().all(|line| !line.starts_with("::")), "{text}");
}

#[test]
fn a_fingerprint_stays_when_versions_lines_and_names_of_parameters_change() {
    let [old, new] = pair("folded");
    let fingerprints = |old: &str, version: &str| {
        let args = [
            "check",
            old,
            &new,
            "--format",
            "json",
            "--new-release",
            version,
        ];
        let report: Value = serde_json::from_str(&run(&args).1).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        let mut prints: Vec<String> = findings
            .iter()
            .map(|finding| finding["fingerprint"].as_str().unwrap().to_owned())
            .collect();
        prints.sort();
        prints
    };
    let folder = Folder::new();
    let moved = std::fs::read_to_string(&old).unwrap();
    let moved = moved
        .replace("\"line\": ", "\"line\": 1")
        .replace("{id}", "{number}");
    let moved = folder.file("moved.json", moved);
    let prints = fingerprints(&old, "1.1.0");
    assert_eq!(prints, fingerprints(&moved, "1.2.0"));
    let mut distinct = prints.clone();
    distinct.dedup();
    assert_eq!(prints, distinct);
}

#[test]
fn what_could_not_be_checked_is_no_report_in_any_format() {
    let [old, _] = pair("folded");
    for format in FORMATS {
        let (status, printed, complaint) =
            run(&["check", &old, "no-such-file", "--format", format]);
        assert_eq!((status, printed.as_str()), (Some(2), ""));
        assert!(
            complaint.starts_with("coexist: could not check: "),
            "{complaint}"
        );
    }
}

#[test]
fn a_form_that_is_in_the_new_build_too_is_pointed_at_there() {
    let [old, _] = pair("folded");
    let mut new: Value = serde_json::from_slice(&std::fs::read(&old).unwrap()).unwrap();
    new["release"]["version"] = "1.1.0".into();
    for handler in new["handlers"].as_array_mut().unwrap() {
        handler["path"] = "/elsewhere".into();
    }
    for form in new["forms"].as_array_mut().unwrap() {
        form["source"]["line"] = 77.into();
    }
    let folder = Folder::new();
    let new = folder.file("new.json", new.to_string());
    let (_, github, _) = run(&["check", &old, &new, "--format", "github"]);
    let findings = github
        .lines()
        .filter(|line| line.contains("handler-removed"));
    assert_eq!(findings.clone().count(), 14, "{github}");
    for finding in findings {
        assert!(finding.contains(".rs,line=77,"), "{finding}");
    }
}

#[test]
fn forms_are_folded_whatever_their_parameters_are_called() {
    let [old, _] = pair("folded");
    let put = std::fs::read_to_string(&old).unwrap();
    let put = put.replace("\"POST\"", "\"PUT\"");
    let put = put.replace("\"version\": \"1.0.0\"", "\"version\": \"1.1.0\"");
    let folder = Folder::new();
    let put = folder.file("put.json", put);
    let (_, text, _) = run(&["check", &old, &put]);
    assert_eq!(
        text.matches("whoever submits one of 5 forms").count(),
        2,
        "{text}"
    );
    assert!(text.contains("use it in these 5 forms."), "{text}");
}

/// Checks in a folder with this file as `src/imports.rs`.
fn with_source(file: &str, source: &str) -> String {
    let folder = Folder::new();
    folder.file(file, source);
    folder.file("Cargo.toml", "");
    folder.file("app/Cargo.toml", "");
    let [old, new] =
        ["old.json", "new.json"].map(|file| fixture(&format!("handler-removed/triggers/{file}")));
    let output = coexist()
        .args(["check", &old, &new])
        .current_dir(folder.path().join("app"))
        .output();
    said(output.unwrap()).1
}

const IMPORTS: &str = "\
//! Imports.

use coexist::handler;









#[handler(POST \"/imports/csv\", since = \"1.0.0\")]
pub async fn import_csv() {}
";

#[test]
fn sources_that_are_at_hand_are_shown() {
    for file in ["src/imports.rs", "app/src/imports.rs"] {
        let text = with_source(file, IMPORTS);
        for expected in [
            "    13 | #[handler(POST \"/imports/csv\", since = \"1.0.0\")]\n",
            "    14 | pub async fn import_csv() {}\n       |              ^^^^^^^^^^\n",
            "at src/imports.rs:12\n",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }
}

#[test]
fn sources_of_another_version_are_not_shown() {
    let far = format!("\n\n\n\n{IMPORTS}");
    let other = IMPORTS.replace("import_csv", "import_json");
    for source in ["", &far, &other] {
        let text = with_source("src/imports.rs", source);
        assert!(text.contains("at src/imports.rs:12\n"), "{text}");
        assert!(!text.contains(" | "), "{text}");
    }
}

#[test]
fn a_build_does_not_choose_what_is_read() {
    let folder = Folder::new();
    let secret = folder.file("secret.rs", "pub async fn import_csv() {}\n");
    let old = std::fs::read_to_string(fixture("handler-removed/triggers/old.json")).unwrap();
    for file in [&secret, "../secret.rs", "./../app/../secret.rs"] {
        let old = old.replace(
            "src/imports.rs\", \"line\": 12",
            &format!("{file}\", \"line\": 1"),
        );
        let old = folder.file("app/old.json", old);
        let new = fixture("handler-removed/triggers/new.json");
        let output = coexist()
            .args(["check", &old, &new])
            .current_dir(folder.path().join("app"))
            .output();
        let (status, text, _) = said(output.unwrap());
        assert_eq!(status, Some(1));
        assert!(text.contains("secret.rs:1"), "{text}");
        assert!(!text.contains("fn import_csv"), "{text}");
    }
}
