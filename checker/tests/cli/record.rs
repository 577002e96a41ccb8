//! `record`: what was deployed and retired when.

pub(crate) mod recorded_ledger;

use std::fs;
use std::path::Path;
use std::process::Command;

use super::fixture;
use recorded_ledger::{BROKEN, FINE, FIRST, Ledger};

#[test]
fn the_life_of_two_releases() {
    let ledger = Ledger::none();
    let ok = |args: &[&str]| {
        let (status, printed, complaint) = ledger.record(args);
        assert_eq!((status, complaint.as_str()), (Some(0), ""), "{printed}");
        printed
    };
    assert_eq!(
        ok(&["init"]),
        "LEDGER: the ledger has the new environment `production`\n"
    );
    assert_eq!(
        ok(&["init"]),
        "LEDGER: the ledger already has the environment `production`\n"
    );
    assert_eq!(ok(&["list"]), "production: nothing was deployed yet\n");
    let (first, fine) = (fixture(FIRST), fixture(FINE));
    let first = ["deploy", &first, "--at", "2026-01-01T10:00:00Z"];
    assert_eq!(
        ok(&first),
        "importer@1.0.0 is deployment 1 to production, with nothing to compare it with\n"
    );
    assert_eq!(
        ok(&first),
        "importer@1.0.0 has been running in production since 2026-01-01T10:00:00Z\n"
    );
    // What is found is said first: here, that a handler may go.
    let deployed = ok(&["deploy", &fine, "--at", "2026-01-02T10:00:00+02:00"]);
    assert!(deployed.contains("note[handler-unused]"), "{deployed}");
    let last = deployed.lines().last();
    assert_eq!(
        last,
        Some("importer@1.1.0 is deployment 2 to production, accepted over the live release")
    );
    assert_eq!(
        ok(&["retire", "importer@1.0.0", "--at", "2026-01-02T10:10:00Z"]),
        "importer@1.0.0 is retired from production: its pages have expired\n"
    );
    let twice = "importer@1.0.0 was already retired from production at 2026-01-02T10:10:00Z\n";
    assert_eq!(ok(&["retire", "importer@1.0.0"]), twice);
    let same = ["retire", "importer@1.0.0", "--at", "2026-01-02T10:10:00Z"];
    assert_eq!(ok(&same), twice);
    let other = ["retire", "importer@1.0.0", "--at", "2026-01-02T10:11:00Z"];
    let (status, _, complaint) = ledger.record(&other);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("was already retired at 2026-01-02T10:10:00Z"),
        "{complaint}"
    );
    assert_eq!(
        ok(&["list"]),
        "  release         deployed           retired            pages until\n  \
           importer@1.0.0  2026-01-01 10:00Z  2026-01-02 10:10Z  expired\n  \
           importer@1.1.0  2026-01-02 08:00Z                     runs\n\
         production: 2 deployments, 1 running, 0 with open pages\n"
    );
    let open = ok(&["list", "--page-lifetime", "9999d"]);
    assert!(
        open.contains("2026-01-02 10:10Z  2053-05-19 10:15Z\n"),
        "{open}"
    );
    let shown = ok(&["show", "importer@1.0.0"]);
    assert!(
        shown.starts_with("importer@1.0.0, deployment 1 to production\n"),
        "{shown}"
    );
    assert!(
        shown.contains("\n  POST /imports/csv\n      importer::imports::import_csv\n"),
        "{shown}"
    );
}

#[test]
fn a_release_of_the_ledger_is_a_snapshot_again() {
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    let (status, snapshot, _) = ledger.record(&["show", "importer@1.0.0", "--format", "json"]);
    assert_eq!(status, Some(0));
    let snapshot = ledger.folder.file("old.json", snapshot);
    let (status, printed, _) = super::run(&["check", &fixture(FIRST), &snapshot]);
    assert_eq!(status, Some(0), "{printed}");
    assert!(printed.contains("are the same"), "{printed}");
}

#[test]
fn what_is_rejected_is_not_recorded_unless_it_is_out_already() {
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    let before = ledger.files();
    let broken = fixture(BROKEN);
    let deploy = ["deploy", &broken, "--at", "2026-01-02T10:00:00Z"];
    let (status, printed, complaint) = ledger.record(&deploy);
    assert_eq!((status, complaint.as_str()), (Some(1), ""));
    assert!(printed.contains("error[handler-removed]"), "{printed}");
    assert!(
        printed.contains(
            "\nnothing was recorded. If the build is already serving, add `--even-if-rejected`"
        ),
        "{printed}"
    );
    assert_eq!(ledger.files(), before);
    let (status, printed, _) = ledger.record(&[&deploy[..], &["--even-if-rejected"]].concat());
    assert_eq!(status, Some(0));
    assert!(printed.contains("error[handler-removed]"), "{printed}");
    assert!(
        printed
            .ends_with("\nimporter@1.1.0 is deployment 2 to production, although it is rejected\n"),
        "{printed}"
    );
    let (_, list, _) = ledger.record(&["list"]);
    assert!(list.contains("runs (rejected)\n"), "{list}");
    // Its form is gone with its pages, a day and five minutes after the last node.
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    ledger.retire("importer@1.0.0", "2026-01-02T10:00:00Z");
    let deploy = |at: &str| ledger.record(&["deploy", &broken, "--at", at]).0;
    assert_eq!(deploy("2026-01-03T10:04:59Z"), Some(1));
    assert_eq!(deploy("2026-01-03T10:05:00Z"), Some(0));
}

#[test]
fn bad_input_is_told_and_nothing_is_written() {
    let none = Ledger::none();
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    let (first, text) = (fixture(FIRST), ledger.folder.file("text", "no build"));
    let other = fs::read_to_string(&first)
        .unwrap()
        .replace("/imports/csv", "/elsewhere");
    let other = ledger.folder.file("other.json", other);
    let cases: &[(&[&str], &str)] = &[
        (
            &["deploy", "no-such-file"],
            "could not record: no-such-file: cannot read it",
        ),
        (&["deploy", &text], "neither a program"),
        (
            &["deploy", &first, "--at", "2999-01-01T00:00:00Z"],
            "2999-01-01T00:00:00Z is in the future",
        ),
        (
            &["deploy", &first, "--at", "yesterday"],
            "`yesterday` is not a valid time",
        ),
        (
            &["deploy", &first, "--environment", "productoin"],
            "there is no environment `productoin`: did you mean `production`?",
        ),
        (
            &["deploy", &other],
            "importer@1.0.0 is already deployed with other handlers and forms (LEDGER/production/000001.json)",
        ),
        (
            &["retire", "importer@1.1.0"],
            "no deployment of `importer@1.1.0` to `production` is recorded: did you mean `importer@1.0.0`?",
        ),
        (
            &["retire", "importer"],
            "expected the name of the app, `@` and the version",
        ),
        (&["retire", "importer@1.0"], "write 1.0.0"),
        (
            &["retire", "importer@1.0.0", "--at", "2025-12-31T00:00:00Z"],
            "importer@1.0.0 was deployed at 2026-01-01T10:00:00Z: it cannot have been retired at",
        ),
        (
            &["retire", "importer@1.0.0", "--at", "2999-01-01"],
            "is in the future",
        ),
        (
            &["show", "importer@2.0.0"],
            "no deployment of `importer@2.0.0` to `production` is recorded",
        ),
        (
            &["init", "--environment", "Production"],
            "`Production` is not a valid name for an environment",
        ),
        (
            &["prune", "--older-than", "1h"],
            "`--older-than` is shorter than the page lifetime",
        ),
    ];
    let before = ledger.files();
    for (args, expected) in cases {
        let (status, printed, complaint) = ledger.record(args);
        assert_eq!(
            (status, printed.as_str()),
            (Some(2), ""),
            "{args:?}: {complaint}"
        );
        assert!(complaint.contains(expected), "{args:?}: {complaint}");
        assert_eq!(ledger.files(), before, "{args:?}");
    }
    for args in [
        &["deploy", &first][..],
        &["retire", "importer@1.0.0"],
        &["list"],
    ] {
        let (status, printed, complaint) = none.record(args);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            complaint.contains("LEDGER: there is no ledger. If the place is right, create one"),
            "{complaint}"
        );
        assert!(!none.path().exists());
    }
}

#[test]
fn a_damaged_file_is_named_in_the_list_which_is_not_whole_then() {
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    ledger.deploy(FINE, "2026-01-02T10:00:00Z");
    fs::write(
        ledger.path().join("production/000001.json"),
        "<<<<<<< HEAD\n",
    )
    .unwrap();
    let (status, printed, complaint) = ledger.record(&["list"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        complaint,
        "coexist: could not read 1 file of the ledger, which is named in the list\n"
    );
    assert!(
        printed.contains("importer@1.1.0  2026-01-02 10:00Z"),
        "{printed}"
    );
    assert!(
        printed.contains("LEDGER/production/000001.json: it holds a conflict of git."),
        "{printed}"
    );
    ledger.retire("importer@1.1.0", "2026-01-03T10:00:00Z");
}

/// Git, in that folder.
fn git(folder: &Path, args: &[&str]) -> bool {
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    output.status.success()
}

#[test]
fn two_branches_conflict_where_one_was_not_judged_against_the_other() {
    let ledger = Ledger::new();
    let folder = ledger.path();
    let git = |args: &[&str]| git(&folder, args);
    assert!(git(&["init", "-q", "-b", "main"]));
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    let commit = || assert!(git(&["add", "-A"]) && git(&["commit", "-q", "-m", "x"]));
    commit();
    let tracked = Command::new("git")
        .args(["ls-files"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(!String::from_utf8(tracked.stdout).unwrap().contains(".lock"));
    let again = ledger.folder.file(
        "again.json",
        fs::read_to_string(fixture(FIRST))
            .unwrap()
            .replace("1.0.0\" }", "1.2.0\" }"),
    );
    // One branch does this, another one that; can they be merged?
    let merged = |one: &dyn Fn(), other: &dyn Fn()| {
        assert!(git(&["checkout", "-q", "-b", "one", "main"]));
        one();
        commit();
        assert!(git(&["checkout", "-q", "-b", "other", "main"]));
        other();
        commit();
        let merged = git(&["merge", "-q", "--no-edit", "one"]);
        if !merged {
            assert!(git(&["merge", "--abort"]));
        }
        assert!(git(&["checkout", "-q", "main"]) && git(&["branch", "-q", "-D", "one", "other"]));
        merged
    };
    let deploy = |build: &str| {
        let (status, printed, complaint) =
            ledger.record(&["deploy", build, "--at", "2026-01-02T10:00:00Z"]);
        assert_eq!(status, Some(0), "{printed}{complaint}");
    };
    let fine = fixture(FINE);
    let retire = |at: &str| ledger.retire("importer@1.0.0", at);
    let early = || retire("2026-01-02T10:00:00Z");
    assert!(!merged(&|| deploy(&fine), &|| deploy(&again)));
    assert!(!merged(&early, &|| retire("2026-01-02T11:00:00Z")));
    assert!(merged(&early, &|| deploy(&fine)));
    assert!(merged(&early, &early));
    deploy(&fine);
    commit();
    assert!(merged(&early, &|| ledger
        .retire("importer@1.1.0", "2026-01-03T10:00:00Z")));
}

#[test]
fn a_release_of_the_ledger_is_a_build() {
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    ledger.deploy(FINE, "2026-01-02T10:00:00Z");
    let broken = fixture(BROKEN);
    for (args, status) in [
        (&["check", "importer@1.0.0", "importer@1.1.0"][..], 0),
        (&["check", "importer@1.0.0", &broken], 1),
        (&["plan", "importer@1.0.0", &broken], 0),
        (&["inspect", "importer@1.1.0"], 0),
        (&["check", "importer@1.0.0", "importer@1.1.1"], 2),
    ] {
        let (found, printed, complaint) = ledger.run(args);
        assert_eq!(found, Some(status), "{args:?}: {printed}{complaint}");
    }
    let (status, _, complaint) = super::run(&["inspect", "importer@1.1.0"]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("give its ledger with `--ledger URL`"),
        "{complaint}"
    );
    // It comes back.
    ledger.retire("importer@1.0.0", "2026-01-02T11:00:00Z");
    let back = ["deploy", "importer@1.0.0", "--at", "2026-01-02T12:00:00Z"];
    let (status, printed, _) = ledger.record(&back);
    assert_eq!(status, Some(0), "{printed}");
    let (_, list, _) = ledger.record(&["list"]);
    assert!(
        list.contains("importer@1.0.0  2026-01-02 12:00Z                     runs\n"),
        "{list}"
    );
}

#[test]
fn what_a_build_takes_the_place_of_is_retired_at_once() {
    let ledger = Ledger::new();
    ledger.deploy(FIRST, "2026-01-01T10:00:00Z");
    let fine = fixture(FINE);
    let retire = ["retire", "--all-but", &fine, "--at", "2026-01-02T10:10:00Z"];
    let (status, printed, complaint) = ledger.record(&retire);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint
            .contains("importer@1.1.0 is not running in production: record its deployment first"),
        "{complaint}"
    );
    ledger.deploy(FINE, "2026-01-02T10:00:00Z");
    let (status, printed, _) = ledger.record(&retire);
    assert_eq!(status, Some(0));
    assert_eq!(
        printed,
        "importer@1.0.0 is retired from production: its pages have expired\n"
    );
    let (status, printed, _) = ledger.record(&retire);
    assert_eq!(status, Some(0));
    assert_eq!(
        printed,
        "nothing else is running in production: nothing was retired\n"
    );
}
