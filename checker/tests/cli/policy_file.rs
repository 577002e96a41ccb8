//! Every report says which policy file was used, and what it lets pass.

use serde_json::{Value, json};

use super::formats::assert_valid;
use super::{Folder, coexist, fixture, said, shown};

const FILE: &str = "[rules]
handler-removed = \"warn\"
handler-unused = \"allow\"
form-dangling = \"deny\"

[[waivers]]
rule = \"field-required\"
endpoint = \"POST /x\"
reason = \"nobody has that page\"
expires = 2999-01-01
";

const PATH: &str = "../../coexist.toml";
const CONTENTS: &str = "allows handler-unused; lowers handler-removed to a warning; 1 waiver";

/// A package in a repository with that policy file, and two builds.
struct World {
    folder: Folder,
    old: String,
    new: String,
    ledger: String,
}

impl World {
    fn new() -> Self {
        let folder = Folder::new();
        folder.file(".git", "");
        folder.file("coexist.toml", FILE);
        folder.file("crates/app/Cargo.toml", "");
        let [old, new] =
            ["old", "new"].map(|side| fixture(&format!("handler-removed/triggers/{side}.json")));
        let ledger = shown(&folder.path().join("ledger"));
        let world = Self {
            folder,
            old,
            new,
            ledger,
        };
        for args in [&["record", "init"][..], &["record", "deploy", &world.old]] {
            let (status, _, complaint) = world.run(&[args, &["--ledger", &world.ledger]].concat());
            assert_eq!(status, Some(0), "{complaint}");
        }
        world
    }

    /// Runs the program in the package.
    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let package = self.folder.path().join("crates/app");
        said(coexist().args(args).current_dir(package).output().unwrap())
    }

    /// What is printed in a format.
    #[track_caller]
    fn printed(&self, args: &[&str], format: &str) -> String {
        let (status, printed, complaint) = self.run(&[args, &["--format", format]].concat());
        assert_eq!((status, &*complaint), (Some(0), ""), "{args:?} {format}");
        printed
    }

    fn json(&self, args: &[&str], format: &str) -> Value {
        serde_json::from_str(&self.printed(args, format)).unwrap()
    }
}

/// The text in one line, however it was wrapped.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_report_names_the_file_and_what_it_lets_pass_in_each_format() {
    let world = World::new();
    for args in [
        &["check", &world.old, &world.new][..],
        &["gate", &world.new, "--ledger", &world.ledger],
    ] {
        let line = format!("policy: {PATH} ({CONTENTS})");
        let text = world.printed(args, "text");
        assert!(unwrapped(&text).contains(&line), "{text}");
        let github = world.printed(args, "github");
        assert!(github.lines().any(|own| own == line), "{github}");
        let junit = world.printed(args, "junit");
        let property = format!("<property name=\"policy\" value=\"{PATH} ({CONTENTS})\"/>");
        assert!(junit.contains(&property), "{junit}");
        let markdown = world.printed(args, "markdown");
        let line = format!("\nPolicy: <code>{PATH}</code> ({CONTENTS})\n");
        assert!(markdown.contains(&line), "{markdown}");

        let report = world.json(args, "json");
        assert_valid(include_str!("../../schema/report.schema.json"), &report);
        assert_eq!(report["format"], 2);
        let policy = json!({ "file": PATH, "allowed": ["handler-unused"],
            "lowered": ["handler-removed"], "waivers": 1 });
        assert_eq!(report["policy"], policy);

        let log = world.json(args, "sarif");
        assert_valid(&super::sarif_schema(), &log);
        let run = &log["runs"][0];
        let file = &run["artifacts"][0];
        assert_eq!(file["location"], json!({ "uri": PATH }));
        assert_eq!(file["roles"], json!(["userSpecifiedConfiguration"]));
        let overrides = &run["invocations"][0]["ruleConfigurationOverrides"];
        assert_eq!(overrides.as_array().unwrap().len(), 2);
        for (position, rule, configuration) in [
            (0, "handler-unused", json!({ "enabled": false })),
            (1, "handler-removed", json!({ "level": "warning" })),
        ] {
            let Value::Object(own) = &overrides[position] else {
                panic!("{overrides}");
            };
            assert_eq!(own["configuration"], configuration);
            assert_eq!(own["descriptor"]["id"], rule);
            let index = usize::try_from(own["descriptor"]["index"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], rule);
        }
    }
}

#[test]
fn a_plan_and_an_html_report_name_the_file() {
    let world = World::new();
    let plan = ["plan", &world.old, &world.new];
    let line = format!("policy: {PATH} ({CONTENTS})");
    let text = world.printed(&plan, "text");
    assert_eq!(unwrapped(&text).matches(&line).count(), 1, "{text}");
    let markdown = world.printed(&plan, "markdown");
    let line = format!("\nPolicy: <code>{PATH}</code> ({CONTENTS})\n");
    assert!(markdown.contains(&line), "{markdown}");
    let json = world.json(&plan, "json");
    assert_eq!(
        (&json["format"], &json["policy"]["file"]),
        (&2.into(), &PATH.into())
    );

    let html = shown(&world.folder.path().join("report.html"));
    let (status, printed, _) = world.run(&["report", &world.old, &world.new, "--html", &html]);
    assert_eq!(status, Some(0));
    assert!(
        unwrapped(&printed).contains(&format!("policy: {PATH} (")),
        "{printed}"
    );
    let html = std::fs::read_to_string(html).unwrap();
    let item = format!("<dt>policy file</dt><dd>{PATH} ({CONTENTS})</dd>");
    assert!(html.contains(&item), "{html}");
}

#[test]
fn what_an_option_sets_is_not_said_of_the_file() {
    let world = World::new();
    let args = ["check", &world.old, &world.new, "--warn", "handler-removed"];
    let report = world.json(&args, "json");
    assert_eq!(report["policy"]["lowered"], json!([]));
    let args = [&args[..], &["--deny", "handler-unused"]].concat();
    assert_eq!(world.json(&args, "json")["policy"]["allowed"], json!([]));
    assert_eq!(world.json(&args, "json")["policy"]["waivers"], 1);
}

#[test]
fn without_a_file_nothing_is_said_and_the_format_stays_1() {
    let world = World::new();
    std::fs::remove_file(world.folder.path().join("coexist.toml")).unwrap();
    let check = ["check", &world.old, &world.old, "--allow", "handler-unused"];
    for format in ["text", "json", "github", "sarif", "junit", "markdown"] {
        let mut printed = world.printed(&check, format);
        if format == "sarif" {
            let mut log: Value = serde_json::from_str(&printed).unwrap();
            log["runs"][0]["tool"].take();
            printed = log.to_string();
        }
        assert!(!printed.to_lowercase().contains("policy"), "{printed}");
    }
    assert_eq!(world.json(&check, "json")["format"], 1);
    let plan = world.json(&["plan", &world.old, &world.new], "json");
    assert_eq!((&plan["format"], plan.get("policy")), (&1.into(), None));
}
