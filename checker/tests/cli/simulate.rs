//! `coexist simulate`: its two answers, its exit status, and what it refuses.

use serde_json::Value;

use super::{fixture, run};

/// Simulates the release of a fixture.
fn simulate(pair: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let [old, new] = ["old", "new"].map(|build| fixture(&format!("{pair}/{build}.json")));
    let sample = ["--submissions", "20000"];
    run(&[&["simulate", &old, &new], &sample[..], args].concat())
}

#[track_caller]
fn assert_snapshot(name: &str, text: &str) {
    let width = text.lines().map(|line| line.chars().count()).max();
    assert!(width <= Some(80), "{text}");
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_text_of_a_release_that_fails() {
    let (status, text, complaint) = simulate("handler-removed/triggers", &[]);
    assert_eq!((status, complaint.as_str()), (Some(1), ""));
    assert_snapshot("simulate", &text);
    assert_eq!(simulate("handler-removed/triggers", &[]).1, text);
}

#[test]
fn the_text_of_a_rollback_with_all_parameters() {
    let args = [
        "--nodes=20",
        "--roll=5m",
        "--rate=3",
        "--form=importer::pages::upload_csv=0.5",
        "--dwell-median=2m",
        "--dwell-p95=1h30m",
        "--sticky",
        "--canary=7.5%",
        "--canary-for=15m",
        "--rollback-at=17m",
        "--page-lifetime=7d",
        "--seed=42",
    ];
    let (status, text, _) = simulate("handler-removed/triggers", &args);
    assert_eq!(status, Some(1));
    assert_snapshot("simulate-rollback", &text);
}

#[test]
fn what_was_asked_can_be_asked_again() {
    let args = [
        "--canary=5%",
        "--rollback-at=90m",
        "--dwell-p95=1h 30m",
        "--roll=90s",
    ];
    let text = simulate("handler-removed/triggers", &args).1;
    let asked = text.split("\nasked\n").nth(1).unwrap();
    let asked = asked.split_whitespace().take_while(|word| *word != "node");
    let asked: Vec<&str> = asked
        .filter(|word| *word != "--submissions=20000")
        .collect();
    assert_eq!(simulate("handler-removed/triggers", &asked).1, text);
}

#[test]
fn nothing_fails_if_the_pair_is_accepted() {
    let (status, text, _) = simulate("handler-removed/near_miss", &[]);
    assert_eq!(status, Some(0));
    assert!(
        text.starts_with("1.1.0 over 1.0.0 in one release: none of 8,700,000 submissions fails"),
        "{text}"
    );
    let (status, text, _) = simulate("target-undecided/triggers", &[]);
    assert_eq!(status, Some(0));
    assert!(
        text.contains(" more may\n  fail\n") || text.contains(" more may fail"),
        "{text}"
    );
}

#[test]
fn a_fault_within_one_build_is_of_no_submission() {
    let (status, text, _) = simulate("form-dangling/triggers", &[]);
    assert_eq!(status, Some(0));
    assert!(text.contains("\nnot counted: 1 fault within "), "{text}");
}

#[test]
fn the_json_holds_it_all() {
    let (status, text, _) = simulate(
        "handler-removed/triggers",
        &["--format=json", "--canary=5%"],
    );
    assert_eq!(status, Some(1));
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(
        (&json["old"], &json["new"]),
        (&"1.0.0".into(), &"1.1.0".into())
    );
    assert_eq!(json["parameters"]["canary"]["nodes"], 3);
    assert_eq!(json["parameters"]["settled"], 1200.0);
    assert_eq!(json["findings"][0]["form"], "importer::pages::upload_csv");
    let number = |value: &Value| value.as_f64().unwrap();
    let curve = json["curve"].as_array().unwrap();
    let sum: f64 = curve
        .iter()
        .map(|step| number(&step["expected"]["failed"]))
        .sum();
    let total = number(&json["total"]["expected"]["failed"]);
    assert!((sum - total).abs() < 1e-3, "{sum} {total}");
    assert!(number(&json["agreement"]["standard_errors"]) < 4.0);
    assert_eq!(curve.last().unwrap()["to"], 87_600.0);
}

#[test]
fn bad_input() {
    let cases = [
        (
            &["--nodes=0"][..],
            "coexist: could not simulate: 0 nodes: expected 1 to 10000",
        ),
        (&["--nodes=-1"], "invalid value '-1' for '--nodes <N>'"),
        (
            &["--roll", "-5m"],
            "`-5m` is negative: a duration is at least `0s`",
        ),
        (
            &["--roll=ten"],
            "`ten` is not a valid duration: write numbers with their units",
        ),
        (
            &["--rate=-1"],
            "could not simulate: a rate of -1 submissions per second",
        ),
        (
            &["--dwell-p95=30s"],
            "95 of 100 pages are open for 30s at most, and half of them for 1m",
        ),
        (
            &["--rollback-at=25h"],
            "is after the end: the last page of the old build has expired after 24h10m",
        ),
        (
            &["--canary=5"],
            "`5` is not a percentage: write a number and a percent sign, such as `5%`",
        ),
        (&["--canary-for=5m"], "--canary <PERCENT>"),
        (
            &["--form=upload_cvs=1"],
            "did you mean `importer::pages::upload_csv`?",
        ),
        (
            &["--form=upload_csv"],
            "is not a form and its rate: write the form's id and its submissions",
        ),
        (
            &["--form=a::b=1", "--form=a::b=2"],
            "could not simulate: `--form` is given twice for the form `a::b`",
        ),
        (
            &["--submissions=10"],
            "a sample of 10 submissions: expected 1000 or more",
        ),
    ];
    let [old, new] =
        ["old", "new"].map(|build| fixture(&format!("handler-removed/triggers/{build}.json")));
    for (args, expected) in cases {
        let (status, text, complaint) = run(&[&["simulate", &old, &new], args].concat());
        assert_eq!((status, text.as_str()), (Some(2), ""), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
    }
    let (status, _, complaint) = run(&["simulate", "no-such-file", &new]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("no-such-file: cannot read it"),
        "{complaint}"
    );
}

#[test]
fn what_follows_a_link_is_counted_apart() {
    let folder = super::Folder::new();
    let build = |version: &str, paths: &[(&str, &str)]| {
        let handlers = paths.iter().map(|(path, _)| {
            serde_json::json!({ "id": format!("app::take{path}"), "method": "GET", "path": path })
        });
        let forms = paths.iter().map(|(path, kind)| {
            serde_json::json!({ "id": format!("app::send{path}"), "kind": kind,
                "posts_to": [{ "method": "GET", "path": path }] })
        });
        let build = serde_json::json!({ "format": 2, "release": { "name": "app", "version": version },
            "handlers": handlers.collect::<Vec<_>>(), "forms": forms.collect::<Vec<_>>() });
        folder.file(&format!("{version}.json"), build.to_string())
    };
    let gone = build("2.0.0", &[("/", "link")]);
    let answer = |old: &str| {
        let sample = ["--submissions", "20000", "--format", "json"];
        let (status, text, _) = run(&[&["simulate", old, &gone], &sample[..]].concat());
        assert_eq!(status, Some(1));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let links = answer(&build(
        "1.0.0",
        &[("/", "link"), ("/a", "link"), ("/b", "redirect")],
    ));
    assert_eq!(links["format"], 2);
    assert_eq!(
        links["total"]["expected"]["failed"],
        links["total"]["expected"]["failed_links"]
    );
    let both = answer(&build(
        "1.1.0",
        &[("/", "link"), ("/a", "link"), ("/b", "submit")],
    ));
    let count = |sum: &str, key: &str| both["total"][sum][key].as_f64().unwrap();
    assert!((count("expected", "failed") - 2.0 * count("expected", "failed_links")).abs() < 1e-3);
    let share = count("sampled", "failed_links") / count("sampled", "failed");
    assert!((0.4..0.6).contains(&share), "{share}");
    let submits = answer(&build("1.2.0", &[("/", "link"), ("/b", "submit")]));
    assert_eq!(
        (
            &submits["format"],
            &submits["total"]["expected"]["failed_links"]
        ),
        (&1.into(), &Value::Null)
    );
    // What sleeps sends nothing.
    let (link, flagged) = ("/", "/b");
    let item = |kind: &str, path: &str| {
        let mut item = serde_json::json!({ "id": format!("app::{kind}{path}") });
        if path == flagged {
            item["flag"] = "b".into();
        }
        item
    };
    let handlers = [link, flagged].map(|path| {
        let mut handler = item("take", path);
        (handler["method"], handler["path"]) = ("GET".into(), path.into());
        handler
    });
    let forms = [link, flagged].map(|path| {
        let mut form = item("send", path);
        form["posts_to"] = serde_json::json!([{ "method": "GET", "path": path }]);
        form
    });
    let asleep = serde_json::json!({ "format": 2, "release": { "name": "app", "version": "1.3.0" },
        "handlers": handlers, "forms": forms });
    let asleep = folder.file("1.3.0.json", asleep.to_string());
    let sample = ["--submissions", "20000"];
    let simulate =
        |args: &[&str]| run(&[&["simulate", &asleep, &gone], &sample[..], args].concat()).0;
    assert_eq!(simulate(&[]), Some(1));
    assert_eq!(
        simulate(&["--old-flag", "b=off", "--new-flag", "b=off"]),
        Some(0)
    );
}

/// A build of one page with these forms, and a handler for either.
fn page(folder: &super::Folder, version: &str, forms: &[&str]) -> String {
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
}

#[test]
fn what_a_step_lacks_on_the_way_is_shown() {
    let folder = super::Folder::new();
    let old = page(&folder, "1.0.0", &["old"]);
    let step = page(&folder, "1.1.0", &[]);
    let wanted = page(&folder, "1.2.0", &["new"]);
    let run = |args: &[&str]| run(&[&["simulate", "--submissions", "1000"], args].concat());
    let (status, text, _) = run(&[&old, &step, "--towards", &wanted]);
    // Nothing that is sent fails.
    assert_eq!(status, Some(0), "{text}");
    let expected = "on the way to 1.2.0, pages of 1.1.0 lack 1 form and what replaces it\n  - app::page#old (to POST /old): 1.2.0 has app::page#new (to POST /new)\n    \
                    at src/page.rs:7\n";
    assert!(text.contains(expected), "{text}");
    let (_, text, _) = run(&[&old, &wanted, "--towards", &wanted]);
    assert!(
        text.contains("on the way to 1.2.0, pages of 1.2.0 lack nothing\n"),
        "{text}"
    );
    let (_, text, _) = run(&[&old, &step]);
    assert!(!text.contains("lack"), "{text}");
    let json = |args: &[&str]| {
        let (_, text, _) = run(&[args, &["--format", "json"]].concat());
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let with = json(&[&old, &step, "--towards", &wanted]);
    assert_eq!(with["format"], 3);
    assert_eq!(
        with["towards"],
        serde_json::json!({ "release": "1.2.0", "lacks": [{ "form": "app::page#old",
            "source": "src/page.rs:7", "wanted": "app::page#new" }] })
    );
    assert_eq!(json(&[&old, &step])["format"], 1);
    let (status, _, complaint) = run(&[&old, &step, "--towards", "no-such-file"]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("no-such-file: cannot read it"),
        "{complaint}"
    );
}
