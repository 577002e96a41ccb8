//! What a scan says of the example apps is what their built programs say.

use std::process::Command;

use coexist_tests::releases::{App, GUESTBOOK, IMPORTER, SIGNUP, V1_0_0};
use coexist_tests::workspace;
use serde_json::Value;

use crate::story::{built, coexist};

#[track_caller]
fn snapshot(args: &[&str]) -> Value {
    let output = Command::new(coexist())
        .current_dir(workspace())
        .args(args)
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn assert_same(app: App) {
    let program = built(app, V1_0_0);
    let inspected = snapshot(&["inspect", program.to_str().unwrap()]);
    let scanned = snapshot(&["scan", "--package", app.package]);
    for key in ["routing", "trailing_slash"] {
        assert_eq!(scanned[key], inspected[key], "{key}");
    }
    for key in ["handlers", "forms"] {
        let items = |snapshot: &Value| {
            let mut items = snapshot[key].as_array().unwrap().clone();
            // The order of pages says nothing.
            for item in &mut items {
                if let Some(pages) = item.get_mut("pages").and_then(Value::as_array_mut) {
                    pages.sort_by_key(Value::to_string);
                }
            }
            items
        };
        let (scanned, inspected) = (items(&scanned), items(&inspected));
        for (scanned, inspected) in scanned.iter().zip(&inspected) {
            assert_eq!(scanned, inspected, "{scanned:#}\n\n{inspected:#}");
        }
        assert_eq!(scanned.len(), inspected.len(), "{key}");
    }
}

#[test]
fn of_an_app_on_axum_with_askama() {
    assert_same(IMPORTER);
}

#[test]
fn of_an_app_on_actix_web_with_askama() {
    assert_same(GUESTBOOK);
}

#[test]
fn of_an_app_on_rocket_with_maud() {
    assert_same(SIGNUP);
}
