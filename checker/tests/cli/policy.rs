//! The policy: what the file and the flags say, and how they are complained of.

use super::{Folder, coexist, fixture, run, said, shown};

/// Checks a pair whose handler and form go in one release, with these arguments.
fn check(args: &[&str]) -> (Option<i32>, String, String) {
    check_rule("handler-removed", args)
}

/// Checks the pair that shows a rule, with these arguments.
fn check_rule(rule: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let [old, new] = ["old", "new"].map(|side| fixture(&format!("{rule}/triggers/{side}.json")));
    run(&[&["check", &old, &new], args].concat())
}

/// Its exit status.
fn status(args: &[&str]) -> Option<i32> {
    check(args).0
}

#[track_caller]
fn assert_complains(args: &[&str], expected: &str) {
    let (status, printed, complaint) = check(args);
    assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
    assert!(complaint.contains(expected), "{complaint}");
}

const WAIVER: &str = r#"
[[waivers]]
rule = "handler-removed"
endpoint = "POST /imports/csv"
reason = "support calls those three customers"
expires = 2026-12-24
"#;

#[test]
fn a_waiver_accepts_the_release_and_is_shown() {
    let folder = Folder::new();
    let config = folder.file("policy.toml", WAIVER);
    let (status, printed, complaint) =
        check(&["--config", &config, "--now", "2026-12-23T23:59:59Z"]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    let printed = printed.replace(&config, "policy.toml");
    // The path of the file decides where the lines break.
    let words: Vec<&str> = printed.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 waived) \
         waived[handler-removed]: whoever submits the form `upload_csv` from pages of 1.0.0 to \
         nodes of 1.1.0 gets 404 Not Found POST /imports/csv, until 2026-12-24: support calls those three customers (policy.toml:2) \
         policy: policy.toml (allows and lowers no rule; 1 waiver) \
         accepted: 1.1.0 can be released over 1.0.0 (3 submissions judged, 1 waived)"
    );
}

#[test]
fn a_waiver_holds_until_the_day_on_which_it_ends() {
    let folder = Folder::new();
    let config = folder.file("policy.toml", WAIVER);
    let on = |now: &str| check(&["--config", &config, "--now", now]);
    assert_eq!(on("2026-12-23").0, Some(0));
    for now in ["2026-12-24", "2026-12-24T00:00:00Z", "2027-01-01"] {
        let (status, printed, _) = on(now);
        assert_eq!(status, Some(1), "{now}");
        assert!(printed.contains("warning[waiver-expired]"), "{printed}");
        assert!(printed.contains("(1 finding, 1 warning)"), "{printed}");
    }
}

#[test]
fn a_waiver_holds_until_the_release_with_which_it_ends() {
    let folder = Folder::new();
    let waiver = WAIVER.replace("2026-12-24", "\"1.6.0\"");
    let config = folder.file("policy.toml", waiver);
    let status_of = |version: &str| status(&["--config", &config, "--new-release", version]);
    for version in ["1.1.0", "1.5.9", "1.6.0-rc.1"] {
        assert_eq!(status_of(version), Some(0), "{version}");
    }
    for version in ["1.6.0", "1.6.0+linux", "1.6.1-rc.1", "2.0.0"] {
        assert_eq!(status_of(version), Some(1), "{version}");
    }
}

#[test]
fn the_clock_decides_where_nobody_says_the_time() {
    let folder = Folder::new();
    let status_until = |day: &str| {
        let config = folder.file("policy.toml", WAIVER.replace("2026-12-24", day));
        status(&["--config", &config])
    };
    assert_eq!(status_until("2999-12-31"), Some(0));
    assert_eq!(status_until("2020-01-01"), Some(1));
}

#[test]
fn a_waiver_is_for_what_it_names() {
    let folder = Folder::new();
    let check_changed = |from: &str, to: &str| {
        let config = folder.file("policy.toml", WAIVER.replace(from, to));
        check(&["--config", &config, "--now", "2026-12-01"])
    };
    let form = "reason = \"why\"\nform = \"importer::pages::upload_csv\"\n#";
    assert_eq!(check_changed("reason", form).0, Some(0));
    for (from, to) in [
        ("handler-removed", "method-changed"),
        ("POST", "PUT"),
        ("/imports/csv", "/imports/{kind}"),
        (
            "reason",
            "reason = \"why\"\nform = \"importer::pages::upload_json\"\n#",
        ),
    ] {
        let (status, printed, _) = check_changed(from, to);
        assert_eq!(status, Some(1), "{from} {to}");
        assert!(printed.contains("warning[waiver-unused]"), "{printed}");
    }
}

#[test]
fn what_one_build_has_wrong_can_be_waived_too() {
    let folder = Folder::new();
    let waiver = WAIVER.replace("handler-removed", "form-dangling");
    let config = folder.file("policy.toml", waiver.replace("2026-12-24", "\"9.0.0\""));
    let (status, printed, _) = check_rule("form-dangling", &["--config", &config]);
    assert_eq!(status, Some(0), "{printed}");
    assert!(printed.contains("1 waived"), "{printed}");
}

#[test]
fn the_nearest_file_above_holds() {
    let folder = Folder::new();
    folder.file(".git", "");
    folder.file("coexist.toml", "[rules]\nhandler-removed = \"warn\"\n");
    folder.file("crates/app/Cargo.toml", "");
    let [old, new] =
        ["old", "new"].map(|side| fixture(&format!("handler-removed/triggers/{side}.json")));
    let check = |place: &str| {
        let mut program = coexist();
        program
            .args(["check", &old, &new])
            .current_dir(folder.path().join(place));
        said(program.output().unwrap())
    };
    for place in ["", "crates/app"] {
        let (status, printed, _) = check(place);
        assert_eq!(status, Some(0), "{printed}");
        assert!(printed.contains("warning[handler-removed]"), "{printed}");
    }
    folder.file("crates/app/coexist.toml", "\n[rollot]\n");
    let complaint = "coexist: could not check: coexist.toml:2: there is no key `rollot`: did you mean `rollout`?\n";
    assert_eq!(
        check("crates/app"),
        (Some(2), String::new(), complaint.to_owned())
    );
    // Folders above the repository do not belong to it.
    folder.file("crates/.git", "");
    assert_eq!(check("crates").0, Some(1));
}

#[test]
fn every_mistake_of_a_file_is_said_at_once() {
    let folder = Folder::new();
    let config = folder.file(
        "policy.toml",
        "[rollout]\nrollback = 1\n[rules]\nx = \"deny\"\n",
    );
    let (status, printed, complaint) = check(&["--config", &config]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    let lines: Vec<&str> = complaint.lines().collect();
    assert_eq!(lines.len(), 2, "{complaint}");
    assert!(
        lines[0].contains("policy.toml:2: `rollback` is a number"),
        "{complaint}"
    );
    assert!(
        lines[1].contains("policy.toml:4: there is no rule `x`"),
        "{complaint}"
    );
}

#[test]
fn a_file_that_is_named_must_be_there() {
    assert_complains(
        &["--config", "no-such.toml"],
        "could not check: no-such.toml: cannot read it: No such file",
    );
    let folder = Folder::new();
    assert_complains(&["--config", &shown(folder.path())], "cannot read it: ");
}

#[test]
fn the_strategy_decides_who_meets_whom() {
    let removed = |args: &[&str]| check_rule("handler-removed", args).0;
    let not_yet = |args: &[&str]| check_rule("handler-not-yet", args).0;
    assert_eq!((removed(&[]), not_yet(&[])), (Some(1), Some(1)));
    let rolling = ["--strategy", "rolling", "--rollback", "false"];
    assert_eq!((removed(&rolling), not_yet(&rolling)), (Some(1), Some(1)));
    let blue_green = ["--strategy", "blue-green"];
    assert_eq!(
        (removed(&blue_green), not_yet(&blue_green)),
        (Some(1), Some(1))
    );
    let blue_green = ["--strategy", "blue-green", "--rollback", "false"];
    assert_eq!(
        (removed(&blue_green), not_yet(&blue_green)),
        (Some(1), Some(0))
    );
    let pinned = ["--strategy", "pinned", "--rollback", "false"];
    assert_eq!((removed(&pinned), not_yet(&pinned)), (Some(1), Some(0)));
    let none_open = [&pinned[..], &["--page-lifetime", "0s"]].concat();
    assert_eq!(
        (removed(&none_open), not_yet(&none_open)),
        (Some(0), Some(0))
    );
}

#[test]
fn flags_set_the_levels_of_rules() {
    assert_eq!(status(&["--warn", "handler-removed"]), Some(0));
    assert_eq!(status(&["--allow", "handler-removed"]), Some(0));
    assert_eq!(status(&["--deny", "handler-removed"]), Some(1));
    let several = [
        "--allow",
        "method-changed",
        "--allow",
        "handler-removed",
        "--allow",
        "handler-removed",
    ];
    let (status, printed, _) = check(&several);
    assert_eq!(status, Some(0));
    assert!(!printed.contains("handler-removed"), "{printed}");
    assert_complains(
        &["--deny", "handler-removed", "--allow", "handler-removed"],
        "could not check: the rule `handler-removed` is given to both `--deny` and `--allow`: choose one",
    );
    assert_complains(
        &["--deny", "handler-remove"],
        "there is no rule `handler-remove`: did you mean `handler-removed`?",
    );
}

#[test]
fn flags_beat_the_file() {
    let folder = Folder::new();
    let config = folder.file(
        "policy.toml",
        "[rollout]\nstrategy = \"pinned\"\npage-lifetime = \"0s\"\nrollback = false\n\
         [rules]\nhandler-removed = \"warn\"\nmethod-changed = \"allow\"\n",
    );
    let status_with = |args: &[&str]| status(&[&["--config", &config], args].concat());
    assert_eq!(status_with(&[]), Some(0));
    assert_eq!(status_with(&["--deny", "handler-removed"]), Some(0));
    for overlap in [["--strategy", "rolling"], ["--page-lifetime", "1h"]] {
        let denied = [&overlap[..], &["--deny", "handler-removed"]].concat();
        assert_eq!(status_with(&overlap), Some(0), "{overlap:?}");
        assert_eq!(status_with(&denied), Some(1), "{overlap:?}");
    }
    let not_yet =
        |args: &[&str]| check_rule("handler-not-yet", &[&["--config", &config], args].concat()).0;
    assert_eq!(not_yet(&[]), Some(0));
    assert_eq!(not_yet(&["--rollback", "true"]), Some(1));
}

#[test]
fn the_rules_about_waivers_have_levels_too() {
    let folder = Folder::new();
    let config = folder.file("policy.toml", WAIVER);
    let check_with = |args: &[&str]| {
        check_rule(
            "handler-not-yet",
            &[&["--config", &config, "--allow", "handler-not-yet"], args].concat(),
        )
    };
    let unused = ["--now", "2026-12-01"];
    assert!(check_with(&unused).1.contains("warning[waiver-unused]"));
    assert_eq!(
        check_with(&[&unused[..], &["--deny", "waiver-unused"]].concat()).0,
        Some(1)
    );
    let allowed = check_with(&[&unused[..], &["--allow", "waiver-unused"]].concat());
    assert!(!allowed.1.contains("waiver-unused"), "{}", allowed.1);
    let expired = ["--now", "2027-01-01", "--deny", "waiver-expired"];
    let (status, printed, _) = check_with(&expired);
    assert_eq!(status, Some(1));
    assert!(!printed.contains("waiver-unused"), "{printed}");
}

#[test]
fn nothing_is_said_of_waivers_where_nothing_is_judged() {
    let folder = Folder::new();
    let config = folder.file("policy.toml", WAIVER);
    let old = fixture("handler-removed/near_miss/old.json");
    let same = run(&[
        "check",
        &old,
        &old,
        "--config",
        &config,
        "--now",
        "2026-12-01",
    ]);
    // The line about the file counts its waivers.
    let without_file = |printed: &str| {
        let lines = printed.lines().filter(|line| !line.starts_with("policy: "));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(same.1.contains("are the same"), "{}", same.1);
    assert!(!without_file(&same.1).contains("waiver"), "{}", same.1);
    let args = [
        "--config",
        &config,
        "--now",
        "2026-12-01",
        "--allow",
        "handler-removed",
    ];
    let (status, printed, _) = check(&args);
    assert_eq!(status, Some(0));
    assert!(!without_file(&printed).contains("waiver"), "{printed}");
}

#[test]
fn flags_that_make_no_sense() {
    for (args, expected) in [
        (
            ["--strategy", "bluegreen"],
            "there is no strategy `bluegreen`: did you mean `blue-green`?",
        ),
        (["--page-lifetime", "24"], "`24` is not a valid duration"),
        (["--page-lifetime", "-1h"], "`-1h` is negative"),
        (["--rollback", "maybe"], "maybe"),
        (
            ["--now", "tomorrow"],
            "`tomorrow` is not a valid time: write a date",
        ),
    ] {
        assert_complains(&args, expected);
    }
}

#[test]
fn an_unknown_rule_to_explain_offers_the_nearest() {
    let complaint = "coexist: could not explain: there is no rule `handler_removed`: did you mean `handler-removed`?\n";
    assert_eq!(
        run(&["explain", "handler_removed"]),
        (Some(2), String::new(), complaint.to_owned())
    );
}
