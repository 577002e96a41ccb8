//! The guard, in the tests of an app of its own: `tests/programs/app`.

use coexist_tests::{cargo, target, workspace};

/// Runs the guard in `tests/<test>.rs` of the app; says whether it passed, and
/// what it said. Each set of features has a directory of its own: the tests run at
/// once, and the guard looks at the program that is there.
fn guard(test: &str, features: &str) -> (bool, String) {
    let mut cargo = cargo(&workspace().join("tests/programs"));
    cargo
        .args([
            "test",
            "--quiet",
            "--locked",
            "--package",
            "app",
            "--test",
            test,
        ])
        .args(["--features", features, "--target-dir"])
        .arg(target().join("guard").join(if features.is_empty() {
            "plain"
        } else {
            features
        }))
        .env("RUST_BACKTRACE", "0");
    let output = cargo.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[track_caller]
fn assert_says(said: &str, expected: &[&str]) {
    for expected in expected {
        assert!(said.contains(expected), "{expected}\n\nis not in\n\n{said}");
    }
}

#[test]
fn a_crate_that_no_code_names_is_found_and_named() {
    let (passed, said) = guard("accepted", "");
    assert!(!passed, "{said}");
    assert_says(
        &said,
        &[
            "could not check: the workspace crate `unmentioned` has 1 annotation",
            "use unmentioned as _;",
            "`pay` at unmentioned/src/lib.rs:6",
        ],
    );
}

#[test]
fn a_first_release_passes_and_says_what_to_do() {
    let (passed, said) = guard("first", "mention");
    assert!(passed, "{said}");
    assert_says(
        &said,
        &[
            "cargo build --release",
            "release/app \\",
            "--format json --output ",
            "app/coexist.json",
        ],
    );
}

#[test]
fn an_accepted_build_passes() {
    let (passed, said) = guard("accepted", "mention");
    assert!(passed, "{said}");
    assert_says(&said, &["accepted: 1.4.0 can be released over 1.3.0"]);
}

#[test]
fn a_rejected_build_fails_with_the_text_of_check() {
    let (passed, said) = guard("rejected", "mention");
    assert!(!passed, "{said}");
    assert_says(
        &said,
        &[
            "error[handler-removed]: whoever submits the form `old_page` from pages of 1.3.0",
            "at app/src/old.rs:20",
            "what to do",
            "rejected: 1.4.0 cannot be released as it is",
        ],
    );
}

#[test]
fn a_snapshot_that_cannot_be_read_fails() {
    let (passed, said) = guard("damaged", "mention");
    assert!(!passed, "{said}");
    assert_says(
        &said,
        &[
            "coexist: could not check: ",
            "damaged.json: this snapshot cannot be read",
        ],
    );
}

#[test]
fn what_is_out_says_a_ledger() {
    let (passed, said) = guard("ledger", "mention");
    assert!(passed, "{said}");
    assert_says(
        &said,
        &[
            "app 1.4.0 against the live releases in production",
            "accepted: 1.4.0 can be released over 1.3.0",
        ],
    );
    let (passed, said) = guard("ledger_rejected", "mention");
    assert!(!passed, "{said}");
    assert_says(
        &said,
        &[
            "error[handler-removed]: whoever submits the form `old_page` from pages of 1.3.0",
            "compared with the ledger ",
        ],
    );
}

#[test]
fn a_ledger_that_is_not_there_is_no_first_release() {
    let (passed, said) = guard("no_ledger", "mention");
    assert!(!passed, "{said}");
    assert_says(
        &said,
        &["coexist: could not check: ", "leger: there is no ledger"],
    );
}
