//! Files that are damaged, missing, mixed up or of a newer version.

use std::fs;

use super::{file, history, numbers, retire, state};
use crate::ledger::{Damage, Folder, Ledger};

#[test]
fn what_is_damaged_is_named_and_the_rest_goes_on() {
    let (folder, ledger) = history();
    let damage = |key: &str| fs::write(file(&folder, key), "{ \"format\": 1, \"relea").unwrap();
    // Nobody meets the first one any longer.
    damage("production/000001.json");
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    let recorded = ledger.recorded().unwrap();
    assert!(matches!(recorded[0].deployment, Err(Damage::Wrong(_))));
    assert!(recorded[1].deployment.is_ok());
    retire(&ledger, "1.2.0", "04T11:00").unwrap();
    damage("production/000002.json");
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("production/000002.json: it is damaged: "),
        "{error}"
    );
    // Who knows whether it still matters?
    assert!(state(&ledger, "20T12:00").is_err());
}

#[test]
fn a_registry_that_is_damaged_is_named_while_it_matters() {
    let (folder, ledger) = history();
    let registry = state(&ledger, "03T12:00").unwrap().live[0]
        .deployment
        .registry
        .clone();
    let path = file(&folder, &format!("registries/{registry}.json"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("/a", "/x")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("does not have the hash in its name"),
        "{error}"
    );
    assert_eq!(numbers(&state(&ledger, "20T12:00").unwrap()), [3]);
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    fs::remove_file(&path).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("it does not exist, but another file refers to it"),
        "{error}"
    );
}

#[test]
fn a_deployment_that_is_gone_is_missed() {
    let (folder, ledger) = history();
    fs::remove_file(file(&folder, "production/000002.json")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("production/000002.json: it does not exist"),
        "{error}"
    );
}

#[test]
fn what_a_newer_version_wrote_is_not_guessed_at() {
    let (folder, ledger) = history();
    let path = file(&folder, "production/000003.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("\"format\": 1", "\"format\": 3, \"new\": 3"),
    )
    .unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("it is of format 3, this version reads up to 2: update"),
        "{error}"
    );
    fs::write(file(&folder, "coexist-ledger.json"), "{ \"format\": 3 }").unwrap();
    let store = Folder::new(folder.path().join("ledger"));
    let error = Ledger::open(Box::new(store), None).unwrap_err().to_string();
    assert!(
        error.contains("coexist-ledger.json: it is of format 3"),
        "{error}"
    );
}

#[test]
fn deployments_of_two_branches_are_not_mixed_up() {
    let (folder, ledger) = history();
    let path = file(&folder, "production/000002.json");
    let text = fs::read_to_string(&path).unwrap();
    // The second one of another branch has taken the place of the one that the third
    // was judged against.
    fs::write(&path, text.replace("1.1.0", "1.1.1")).unwrap();
    for now in ["03T12:00", "20T12:00"] {
        let error = state(&ledger, now).unwrap_err().to_string();
        assert!(
            error.contains(
                "production/000003.json: it was recorded after app@1.1.0 of 2026-01-02T10:00:00Z, \
                 and now follows app@1.1.1 of 2026-01-02T10:00:00Z"
            ),
            "{error}"
        );
    }
    fs::write(
        &path,
        format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n"),
    )
    .unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(
        error.contains("000002.json: it holds a conflict of git. Keep"),
        "{error}"
    );
    fs::write(&path, text.replace("\"open\"", "\"color\": 7, \"open\"")).unwrap();
    let error = state(&ledger, "03T12:00").unwrap_err().to_string();
    assert!(error.contains("unknown field `color`"), "{error}");
    assert!(error.ends_with("Update coexist-checker"), "{error}");
}
