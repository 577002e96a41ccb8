//! A repository from a stranger: nothing outside of the cache is overwritten or deleted, no
//! cache of the stranger is believed, and nothing that cargo says is obeyed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::repository::{MAIN, Repository};
use super::{assert_says, elf, handler, section};
use crate::Folder;

/// A repository whose revision `v1` is in the cache, and a program to compare it with.
fn built() -> (Repository, String) {
    let repository = Repository::with_app();
    let records = section(&[handler("app", "1.1.0")]);
    let new = repository.0.file("target/new", elf(&records));
    let (status, _, progress) = repository.check(&["--baseline-rev", "v1", &new]);
    assert_eq!(status, Some(0), "{progress}");
    (repository, new)
}

/// The arguments of a check that finds nothing in the cache.
fn anew(new: &str) -> [&str; 4] {
    ["--baseline-rev", "v1", new, "--old-release=0.9.0"]
}

/// The directory of the old sources in the cache, up to `target/package`.
fn mirror(repository: &Repository) -> PathBuf {
    let cache = fs::read_dir(repository.path().join("target/coexist")).unwrap();
    let folders = cache.map(|entry| entry.unwrap().path().join("target/package"));
    folders.into_iter().find(|folder| folder.is_dir()).unwrap()
}

#[test]
fn a_link_in_the_cache_deletes_nothing() {
    let (repository, new) = built();
    let mirror = mirror(&repository);
    fs::remove_dir_all(&mirror).unwrap();
    // Below it, the path of the repository is that of the working tree.
    symlink("/", &mirror).unwrap();
    let notes = repository.0.file("notes.txt", "not committed");
    let main = repository.0.file("src/main.rs", "fn main() {} // changed");
    let (status, printed, complaint) = repository.check(&anew(&new));
    assert_eq!((status, &*printed), (Some(2), ""));
    assert_says(
        &complaint,
        &["this is a symbolic link to another directory"],
    );
    assert_eq!(fs::read_to_string(notes).unwrap(), "not committed");
    assert_eq!(fs::read_to_string(main).unwrap(), "fn main() {} // changed");
}

#[test]
fn links_in_the_cache_lead_to_no_other_file() {
    for name in ["lock", "CACHEDIR.TAG", "kept"] {
        let (repository, new) = built();
        let outside = Folder::new();
        let path = repository.path().join("target/coexist").join(name);
        let _either = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        let precious = outside.path().join("precious");
        if name == "lock" {
            fs::write(&precious, "precious").unwrap();
        }
        symlink(&precious, &path).unwrap();
        let (status, _, complaint) = repository.check(&anew(&new));
        assert_eq!(status, Some(2), "{name}");
        assert_says(&complaint, &["this is a symbolic link. Remove it"]);
        let left = fs::read_to_string(&precious).ok();
        assert_eq!(left.as_deref(), (name == "lock").then_some("precious"));
    }
}

#[test]
fn a_revision_whose_lock_file_is_a_link_to_nothing_creates_no_file() {
    let repository = Repository::with_app();
    let outside = Folder::new();
    let lock = repository.path().join("Cargo.lock");
    let kept = fs::read(&lock).unwrap();
    fs::remove_file(&lock).unwrap();
    let created = outside.path().join("created");
    symlink(&created, &lock).unwrap();
    repository.commit("v2");
    fs::remove_file(&lock).unwrap();
    fs::write(&lock, kept).unwrap();
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v2"]);
    assert_eq!(status, Some(2));
    assert_says(
        &complaint,
        &["Cargo.lock: this is a symbolic link to a file that does not exist"],
    );
    assert!(!created.exists());
}

/// Otherwise a pull request could bring a registry of the old build with which it passes.
#[test]
fn a_cache_that_is_committed_is_not_believed() {
    let (repository, new) = built();
    repository.git(&["add", "--force", "target/coexist/kept"]);
    for target in ["target", "elsewhere"] {
        if target == "elsewhere" {
            fs::rename(
                repository.path().join("target"),
                repository.path().join(target),
            )
            .unwrap();
            symlink(target, repository.path().join("target")).unwrap();
            repository.git(&["add", "--force", "elsewhere/coexist/kept"]);
        }
        let (status, printed, complaint) = repository.check(&["--baseline-rev", "v1", &new]);
        assert_eq!((status, &*printed), (Some(2), ""), "{target}");
        assert_says(
            &complaint,
            &["target/coexist: files in it are under version control"],
        );
    }
}

#[test]
fn what_packages_say_through_cargo_is_not_obeyed() {
    let repository = Repository::with_app();
    let build = r#"fn main() {
        println!("cargo::warning=a\u{1b}]8;;http://evil\u{7}\u{1b}[8m##[add-mask]a");
        eprintln!("::add-mask::b\n  ::stop-commands::c\u{9b}2J\u{202e}\r##vso[task.d]");
        std::process::exit(1);
    }"#;
    repository.0.file("build.rs", build);
    repository.commit("v2");
    fs::remove_file(repository.path().join("build.rs")).unwrap();
    repository.0.file("src/main.rs", MAIN);
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v2"]);
    assert_eq!(status, Some(2));
    assert_says(&complaint, &["add-mask", "stop-commands"]);
    let context = complaint.escape_debug().to_string();
    crate::hostile::assert_harmless("text", &complaint, &context);
    assert!(!complaint.contains('\u{1b}'), "{context}");
}

#[test]
fn what_cargo_says_of_a_manifest_is_one_line() {
    let repository = Repository::with_app();
    let manifest = "[package]\nname = \"::add-mask::x\\u001b[31m\"\nversion = \"1.0.0\"\n";
    repository.0.file("Cargo.toml", manifest);
    let path = crate::shown(&repository.path().join("Cargo.toml"));
    let context = |complaint: &str| complaint.escape_debug().to_string();
    for args in [
        &["stamp", "1.0.0", "--manifest-path", &path][..],
        &["check", "--baseline-rev", "v1", "--manifest-path", &path],
    ] {
        let (status, _, complaint) = crate::run(args);
        assert_eq!(status, Some(2), "{args:?}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        crate::hostile::assert_harmless("text", &complaint, &context(&complaint));
    }
}
