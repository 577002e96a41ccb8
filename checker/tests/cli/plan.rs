//! `coexist plan`, and the builds that are made along one.

use serde_json::Value;

use super::{Folder, fixture, run};

fn builds(rule: &str) -> [String; 2] {
    ["old", "new"].map(|file| fixture(&format!("{rule}/triggers/{file}.json")))
}

#[track_caller]
fn assert_is(snapshot: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "plan",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(snapshot, text);
    });
}

#[test]
fn the_way_is_said_release_by_release() {
    let [old, new] = builds("field-required");
    let (status, text, complaint) = run(&["plan", &old, &new]);
    assert_eq!((status, &*complaint), (Some(0), ""));
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert_is("text", &text);
}

#[test]
fn the_checklist_is_markdown() {
    let [old, new] = builds("handler-removed");
    let (status, text, _) = run(&["plan", &old, &new, "--format", "markdown"]);
    assert_eq!(status, Some(0));
    assert_is("markdown", &text);
}

#[test]
fn the_steps_in_json_are_builds_that_follow_each_other() {
    let [old, new] = builds("encoding-changed");
    let (status, text, _) = run(&["plan", &old, &new, "--format", "json"]);
    assert_eq!(status, Some(0));
    let plan: Value = serde_json::from_str(&text).unwrap();
    let folder = Folder::new();
    let steps = plan["steps"].as_array().unwrap().iter().enumerate();
    let steps: Vec<String> = steps
        .map(|(number, step)| {
            folder.file(&format!("step-{number}.json"), step["registry"].to_string())
        })
        .collect();
    assert_eq!(steps.len(), 3);
    assert_eq!(plan["steps"][0]["changes"][0]["tolerate"], "handler");
    assert_eq!(plan["steps"][2]["wait"], "page-lifetime");
    let mut args = vec!["plan", "--check", &*old];
    args.extend(steps.iter().map(String::as_str));
    let (status, text, _) = run(&args);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("release 3 (1.1.0): when every node runs release 2"),
        "{text}"
    );
    // The last one alone is one step too many.
    let (status, text, _) = run(&["plan", "--check", &old, &steps[0], &new]);
    assert_eq!(status, Some(1));
    assert!(text.contains("\n\nerror[encoding-changed]"), "{text}");
}

#[test]
fn more_builds_than_two_are_for_the_check() {
    let [old, new] = builds("handler-removed");
    let (status, text, complaint) = run(&["plan", &old, &new, &new]);
    assert_eq!((status, &*text), (Some(2), ""));
    assert!(complaint.contains("coexist plan --check"), "{complaint}");
    let (status, _, complaint) = run(&["plan", &old, "no-such-build"]);
    assert_eq!(status, Some(2));
    assert!(complaint.contains("no-such-build"), "{complaint}");
}

#[test]
fn a_rejection_says_how_many_releases_it_takes() {
    let [old, new] = builds("handler-removed");
    let (status, text, _) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1));
    assert!(
        text.contains("\nfrom 1.0.0 to 1.1.0 in 2 releases: see `coexist plan`\nrejected: "),
        "{text}"
    );
    let (_, text, _) = run(&["check", "--verbose", &old, &new]);
    assert!(
        text.contains("\nplan: from 1.0.0 to 1.1.0 in 2 releases\n"),
        "{text}"
    );
    // Where no order helps, it is not said that one would.
    let [old, new] = builds("until-passed");
    let (status, text, _) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1));
    assert!(!text.contains("coexist plan"), "{text}");
    // The plan also says so, and so does the check of its steps.
    let (status, text, _) = run(&["plan", &old, &new]);
    assert_eq!(status, Some(1));
    assert!(
        text.contains("not yet: 1.1.0 is rejected for 1 finding within it"),
        "{text}"
    );
    let (status, text, _) = run(&["plan", "--check", &old, &new]);
    assert_eq!(status, Some(1));
    assert!(text.contains("\n\nerror[until-passed]"), "{text}");
}

#[test]
fn what_a_step_that_was_made_by_hand_lacks_is_shown() {
    let folder = Folder::new();
    let build = |version: &str, forms: &[&str]| {
        let handlers = ["old", "new"].map(|path| {
            serde_json::json!({ "id": format!("app::{path}"), "method": "POST",
                "path": format!("/{path}") })
        });
        let forms = forms.iter().map(|path| {
            serde_json::json!({ "id": format!("app::page#{path}"),
                "posts_to": [{ "method": "POST", "path": format!("/{path}") }],
                "source": { "file": "src/page.rs", "line": 7 } })
        });
        let build = serde_json::json!({ "format": 1, "release": { "name": "app", "version": version },
            "handlers": handlers, "forms": forms.collect::<Vec<_>>() });
        folder.file(&format!("{version}.json"), build.to_string())
    };
    let builds = [
        build("1.0.0", &["old"]),
        build("1.1.0", &[]),
        build("1.2.0", &["new"]),
    ];
    let check = |builds: &[&str], format: &str| {
        let (status, text, _) =
            run(&[&["plan", "--check"], builds, &["--format", format]].concat());
        assert_eq!(status, Some(0), "{text}");
        text
    };
    let all = builds.each_ref().map(String::as_str);
    let text = check(&all, "text");
    let lacking = "  - lacks app::page#old (to POST /old): 1.2.0 has app::page#new (to POST /new)\n    \
                   at src/page.rs:7\n";
    assert_eq!(text.matches(lacking).count(), 1, "{text}");
    let json: Value = serde_json::from_str(&check(&all, "json")).unwrap();
    assert_eq!(json["format"], 4);
    assert_eq!(
        json["steps"][0]["lacks"],
        serde_json::json!([{ "form": "app::page#old", "wanted": "app::page#new" }])
    );
    assert_eq!(json["steps"][1]["lacks"], Value::Null);
    assert!(check(&all, "markdown").contains("**lacks** app::page"));
    let whole = check(&[all[0], all[2]], "json");
    assert!(
        whole.contains("\"format\": 1") && !whole.contains("lacks"),
        "{whole}"
    );
}
