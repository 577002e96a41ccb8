//! The story, on the releases of the example app as they are really built.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use coexist_tests::{
    ImporterRelease, V1_0_0, V1_1_0, V1_1_0_ALL_AT_ONCE, V1_2_0, build_coexist, build_importer,
};

/// Builds a release once for all tests; one at a time, since they share a folder.
fn release(release: ImporterRelease) -> &'static Path {
    static BUILT: OnceLock<Vec<(ImporterRelease, std::path::PathBuf)>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let all = [V1_0_0, V1_1_0_ALL_AT_ONCE, V1_1_0, V1_2_0];
        all.map(|release| (release, build_importer(release).unwrap()))
            .into()
    });
    &built.iter().find(|(built, _)| *built == release).unwrap().1
}

/// What `coexist check` says, and its exit status.
fn check(old: ImporterRelease, new: ImporterRelease) -> (Option<i32>, String) {
    static COEXIST: OnceLock<std::path::PathBuf> = OnceLock::new();
    let coexist = COEXIST.get_or_init(|| build_coexist().unwrap());
    let output = Command::new(coexist)
        .arg("check")
        .arg(release(old))
        .arg(release(new))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn all_at_once_is_rejected() {
    let (status, said) = check(V1_0_0, V1_1_0_ALL_AT_ONCE);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[handler-removed]"), "{said}");
    assert!(said.contains("until = \"1.2.0\""), "{said}");
    assert!(
        said.contains("rejected: 1.1.0 cannot be released over 1.0.0"),
        "{said}"
    );
}

#[test]
fn the_form_first_is_accepted() {
    let (status, said) = check(V1_0_0, V1_1_0);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("accepted: 1.1.0 can be released over 1.0.0"),
        "{said}"
    );
}

#[test]
fn the_handler_after_the_form_is_accepted() {
    let (status, said) = check(V1_1_0, V1_2_0);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn the_handler_is_still_needed_by_pages_of_the_first_release() {
    let (status, said) = check(V1_0_0, V1_2_0);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[handler-removed]"), "{said}");
}

#[test]
fn each_release_against_itself_is_clean() {
    for release in [V1_0_0, V1_1_0, V1_2_0] {
        let (status, said) = check(release, release);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("are the same"), "{said}");
    }
}
