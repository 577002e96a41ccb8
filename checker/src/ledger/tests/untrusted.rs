//! Ledgers that somebody else made or changed: links, look-alikes, what is gone, and files
//! without an end.

use std::fs;
use std::path::Path;

use super::super::{Damage, Folder, Ledger};
use super::{HOUR, deploy, file, history, numbers, registry, state, time};
use crate::model::Verdict;

#[cfg(unix)]
#[test]
fn a_ledger_of_symbolic_links_is_read() {
    let (folder, _ledger) = history();
    let linked = folder.path().join("linked");
    // A Bazel sandbox links each file, a Nix store whole directories.
    fs::create_dir_all(linked.join("production")).unwrap();
    let link = |name: &str| {
        std::os::unix::fs::symlink(file(&folder, name), linked.join(name)).unwrap();
    };
    link("coexist-ledger.json");
    link("registries");
    for entry in fs::read_dir(file(&folder, "production")).unwrap() {
        link(&format!(
            "production/{}",
            entry.unwrap().file_name().display()
        ));
    }
    let open = |path: &Path| Ledger::open(Box::new(Folder::new(path)), None).unwrap();
    let ledger = open(&linked);
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    let whole = folder.path().join("whole");
    fs::create_dir(&whole).unwrap();
    for name in ["coexist-ledger.json", "registries", "production"] {
        std::os::unix::fs::symlink(file(&folder, name), whole.join(name)).unwrap();
    }
    let ledger = open(&whole);
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    // Nothing is deleted through a link.
    let error = ledger.prune(time("20T00:00")).unwrap_err().to_string();
    assert!(
        error.contains("nothing is removed through a symbolic link"),
        "{error}"
    );
    assert_eq!(ledger.recorded().unwrap().len(), 3);
}

#[test]
fn what_resembles_a_deployment_is_not_passed_over() {
    for name in [
        "1.json",
        "00004.json",
        "000004.JSON",
        "000004.json~",
        "000000.json",
    ] {
        let (folder, ledger) = history();
        fs::write(file(&folder, &format!("production/{name}")), "{}").unwrap();
        let error = state(&ledger, "03T12:00").unwrap_err().to_string();
        assert!(
            error.contains(&format!("production/{name}: its name resembles")),
            "{error}"
        );
        assert!(ledger.prune(time("20T00:00")).is_err());
    }
    let (folder, ledger) = history();
    fs::create_dir(file(&folder, "production/000004.json")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("000004.json: it is named like a deployment"),
        "{error}"
    );
}

#[test]
fn what_other_tools_leave_stops_nobody() {
    let (folder, ledger) = history();
    for name in [".DS_Store", "README.md", "._000001.json", "Thumbs.db"] {
        fs::write(file(&folder, &format!("production/{name}")), "?").unwrap();
    }
    fs::create_dir(file(&folder, "production/notes")).unwrap();
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
}

#[test]
fn the_last_deployment_is_missed_if_it_is_gone() {
    let (folder, ledger) = history();
    let mark = file(&folder, "production/environment.json");
    assert_eq!(
        fs::read_to_string(&mark).unwrap(),
        "{ \"format\": 1, \"last\": 3 }\n"
    );
    fs::remove_file(file(&folder, "production/000003.json")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("production/000003.json: it does not exist, though"),
        "{error}"
    );
    assert!(
        error.contains("set `last`") && error.ends_with("to 2"),
        "{error}"
    );
    assert!(matches!(
        ledger.recorded().unwrap()[2].deployment,
        Err(Damage::Missing)
    ));
    assert!(ledger.prune(time("20T00:00")).is_err());
    fs::write(&mark, "{ \"format\": 1, \"last\": 2 }\n").unwrap();
    assert_eq!(numbers(&state(&ledger, "02T12:00").unwrap()), [1, 2]);
}

#[test]
fn an_environment_of_an_earlier_version_notes_no_number_until_the_next_deployment() {
    let (folder, ledger) = history();
    let mark = file(&folder, "production/environment.json");
    fs::write(&mark, "{ \"format\": 1 }\n").unwrap();
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    assert_eq!(
        deploy(&ledger, &registry("1.3.0", "/b"), "04T10:00"),
        Some(4)
    );
    assert_eq!(
        fs::read_to_string(&mark).unwrap(),
        "{ \"format\": 1, \"last\": 4 }\n"
    );
    // One that does not know the number has recorded another one since.
    fs::write(&mark, "{ \"format\": 1, \"last\": 2 }\n").unwrap();
    assert_eq!(numbers(&state(&ledger, "04T12:00").unwrap()), [3, 4]);
    fs::write(&mark, "<<<<<<< HEAD\n").unwrap();
    let error = state(&ledger, "04T12:00").unwrap_err().to_string();
    assert!(
        error.contains("environment.json: it holds a conflict of git"),
        "{error}"
    );
}

#[test]
fn behind_the_last_number_there_is_none() {
    let (folder, ledger) = history();
    let last = file(&folder, &format!("production/{}.json", u64::MAX));
    fs::copy(file(&folder, "production/000003.json"), &last).unwrap();
    let text = fs::read_to_string(&last).unwrap();
    fs::write(&last, text.replace("app@1.1.0 of", "app@1.2.0 of")).unwrap();
    let state = state(&ledger, "04T12:00").unwrap();
    let build = registry("1.3.0", "/b");
    let deployed = ledger.deploy(&state, &build, time("04T12:00"), Verdict::Accept);
    let error = deployed.unwrap_err().to_string();
    assert!(
        error.contains("18446744073709551615, and no number follows"),
        "{error}"
    );
}

#[test]
fn a_release_without_a_name_is_damaged() {
    let (folder, ledger) = history();
    let path = file(&folder, "production/000003.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"name\": \"app\"", "\"name\": \"\"")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(error.contains("its release has no name"), "{error}");
}

#[test]
fn only_registries_that_nobody_speaks_of_are_pruned() {
    let (folder, ledger) = history();
    let two_days_ago = std::time::SystemTime::now() - 48 * HOUR;
    let digits = "0".repeat(64);
    for name in ["notes.json", "backup.tar", &format!("{digits}.json")] {
        let path = file(&folder, &format!("registries/{name}"));
        fs::write(&path, "mine").unwrap();
        let written = fs::File::options().append(true).open(path).unwrap();
        written.set_modified(two_days_ago).unwrap();
    }
    assert_eq!(ledger.prune(time("03T10:30")).unwrap().registries, 1);
    assert!(file(&folder, "registries/notes.json").exists());
    assert!(file(&folder, "registries/backup.tar").exists());
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read() {
    for source in ["/dev/zero", "pipe"] {
        let (folder, ledger) = history();
        let path = file(&folder, "production/000003.json");
        fs::remove_file(&path).unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        // What is joined to an absolute path is that path.
        std::os::unix::fs::symlink(folder.path().join(source), &path).unwrap();
        let error = state(&ledger, "03T12:00").unwrap_err().to_string();
        assert!(
            error.contains("000003.json: it is named like a deployment"),
            "{error}"
        );
    }
    let (folder, ledger) = history();
    let path = file(&folder, "production/000003.json");
    let long = fs::File::options().write(true).open(path).unwrap();
    long.set_len(100 << 20).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("it has 104857600 bytes or more, and at most 4194304"),
        "{error}"
    );
}
