//! Links in a repository that lead to files outside of it.

use crate::{Folder, coexist, fixture, said};

/// Checks where `src/imports.rs` is a link to this path; returns what is printed.
fn with_link(to: &str) -> String {
    let folder = Folder::new();
    folder.file("Cargo.toml", "");
    folder.file("inside/imports.rs", "\npub async fn import_csv() {}\n");
    folder.file(".git/imports.rs", "pub async fn import_csv() {}\n");
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::os::unix::fs::symlink(to, folder.path().join("src/imports.rs")).unwrap();
    let [old, new] = ["old", "new"].map(|side| {
        let build =
            std::fs::read_to_string(fixture(&format!("handler-removed/triggers/{side}.json")));
        folder.file(
            &format!("{side}.json"),
            build.unwrap().replace("\"line\": 12", "\"line\": 2"),
        )
    });
    let output = coexist()
        .args(["check", &old, &new])
        .current_dir(folder.path())
        .env("SECRET", "\npub async fn import_csv() {} // hush")
        .output();
    let (status, printed, complaint) = said(output.unwrap());
    assert_eq!((status, &*complaint), (Some(1), ""));
    printed
}

#[test]
fn links_lead_to_no_source_outside_of_the_repository() {
    assert!(with_link("../inside/imports.rs").contains("fn import_csv"));
    let outside = Folder::new();
    let secret = outside.file("secret.rs", "pub async fn import_csv() {}\n");
    for to in [
        &secret,
        "/proc/self/environ",
        "/proc/self/pagemap",
        "/dev/zero",
        "../.git/imports.rs",
    ] {
        let printed = with_link(to);
        assert!(printed.contains("at src/imports.rs:2"), "{printed}");
        assert!(
            !printed.contains("fn import_csv") && !printed.contains("hush"),
            "{to}: {printed}"
        );
    }
}
