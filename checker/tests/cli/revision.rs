//! `coexist check --baseline-rev`: the old build comes out of git. The apps here hold
//! the section of an annotated program, and depend on nothing, so that they are built in
//! no time.

#[cfg(unix)]
mod hostile;
mod repository;

use std::fs;

use super::programs::{elf, form, handler, section};
use super::{Folder, said, shown};
use repository::{MAIN, Record, Repository, git};

#[track_caller]
fn assert_says(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "{expected}\n\nis not in\n\n{text}");
    }
}

#[test]
fn a_revision_is_built_once_and_compared_with_the_working_tree() {
    let repository = Repository::with_app();
    let short = repository.git(&["rev-parse", "--short", "v1"]);
    let building = format!("building {} (v1) …", short.trim());
    // The deletion is not committed.
    let empty: Record = |name, version| handler(name, version).replace("import", "other");
    repository.app(".", "app", "1.1.0", &[empty]);
    let (status, rejected, progress) = repository.check(&["--baseline-rev", "v1"]);
    assert_eq!(status, Some(1), "{progress}");
    assert_says(
        &rejected,
        &[
            "error[handler-removed]",
            "rejected: 1.1.0 cannot be released as it is",
        ],
    );
    assert_says(
        &progress,
        &[
            "building the working tree …",
            &building,
            "Compiling app v1.0.0",
        ],
    );

    // Within a hook, git names the repository and an index.
    let mut again = repository.command(&["--baseline-rev", "v1"]);
    again
        .env("GIT_DIR", "elsewhere")
        .env("GIT_INDEX_FILE", "elsewhere");
    let (status, printed, progress) = said(again.output().unwrap());
    assert_eq!((status, &printed), (Some(1), &rejected), "{progress}");
    assert!(!progress.contains(&building), "{progress}");

    repository.app(".", "app", "1.1.0", &[handler]);
    let (status, printed, _) = repository.check(&["--baseline-rev", "v1"]);
    assert_eq!(status, Some(0), "{printed}");

    assert_eq!(repository.git(&["worktree", "list"]).lines().count(), 1);
    let changed = " M Cargo.lock\n M Cargo.toml\n M src/records\n";
    assert_eq!(repository.git(&["status", "--porcelain"]), changed);
}

#[test]
fn an_interrupted_checkout_is_made_good() {
    let repository = Repository::with_app();
    repository.app(".", "app", "1.1.0", &[handler]);
    assert_eq!(repository.check(&["--baseline-rev", "v1"]).0, Some(0));
    let source = repository.source();
    fs::write(source.join("src/records"), "half").unwrap();
    fs::write(source.join("build.rs"), "left behind").unwrap();
    fs::remove_file(source.join("Cargo.toml")).unwrap();
    fs::write(source.join(".git/index.lock"), "").unwrap();
    let other = ["--baseline-rev", "v1", "--no-default-features"];
    let (status, printed, progress) = repository.check(&other);
    assert_eq!(status, Some(0), "{progress}");
    assert_says(&printed, &["accepted: 1.1.0 can be released over 1.0.0"]);
    assert_says(&progress, &["(v1) …"]);
    // A kept registry that is damaged is made again.
    for kept in fs::read_dir(repository.path().join("target/coexist/kept")).unwrap() {
        fs::write(kept.unwrap().path(), "damaged").unwrap();
    }
    let (status, again, progress) = repository.check(&other);
    assert_eq!((status, again), (Some(0), printed), "{progress}");
}

#[test]
fn a_build_that_fails_says_so_in_cargos_words() {
    let repository = Repository::with_app();
    repository
        .0
        .file("src/main.rs", "fn main() { missing() }\n");
    repository.commit("broken");
    repository.0.file("src/main.rs", MAIN);
    let (status, printed, complaint) = repository.check(&["--baseline-rev", "broken"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert_says(
        &complaint,
        &["error[E0425]: cannot find function `missing`"],
    );
    let end = "(broken): see its errors above\n";
    assert!(complaint.ends_with(end), "{complaint}");

    repository.git(&["stash", "--quiet"]);
    repository
        .0
        .file("src/main.rs", "fn main() { missing() }\n");
    let (status, printed, complaint) = repository.check(&["--baseline-rev", "v1"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    let end =
        "coexist: could not check: cargo could not build the working tree: see its errors above\n";
    assert!(complaint.ends_with(end), "{complaint}");
}

#[test]
fn features_go_to_both_builds() {
    let repository = Repository::with_app();
    let broken = format!("#[cfg(feature = \"broken\")]\ncompile_error!(\"asked for\");\n{MAIN}");
    repository.0.file("src/main.rs", broken);
    repository.commit("v2");
    repository.0.file("src/main.rs", MAIN);
    let (status, _, progress) = repository.check(&["--baseline-rev", "v2"]);
    assert_eq!(status, Some(0), "{progress}");
    for features in ["--features=broken", "--all-features"] {
        let (status, _, complaint) = repository.check(&["--baseline-rev", "v2", features]);
        assert_eq!(status, Some(2), "{complaint}");
        assert_says(
            &complaint,
            &["error: asked for", "(v2): see its errors above"],
        );
    }
}

#[test]
fn what_is_no_revision_is_refused_with_what_to_do() {
    let repository = Repository::with_app();
    let (status, printed, complaint) = repository.check(&["--baseline-rev", "v7"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert_says(
        &complaint,
        &[
            "there is no revision `v7` in ",
            "fetch it with `git fetch --tags`",
        ],
    );
    assert!(!repository.path().join("target").exists());

    let clone = Repository(Folder::new());
    let url = format!("file://{}", shown(repository.path()));
    repository.0.file("a", "");
    repository.commit("v2");
    clone.git(&["clone", "--quiet", "--depth=1", &url, "."]);
    assert_says(
        &clone.check(&["--baseline-rev", "v7"]).2,
        &["is shallow", "git fetch --unshallow"],
    );
    clone.git(&["checkout", "--quiet", "-b", "topic"]);
    clone.git(&["branch", "--quiet", "-D", "main"]);
    assert_says(
        &clone.check(&["--baseline-rev", "main"]).2,
        &["Did you mean `origin/main`?"],
    );
}

#[test]
fn without_repository_or_manifest_there_is_no_old_build() {
    let repository = Repository::with_app();
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v1"]);
    assert_eq!(status, Some(2));
    assert_says(
        &complaint,
        &[
            "not in the working tree of a git repository",
            "`coexist check OLD NEW`",
        ],
    );

    let repository = Repository::with_app();
    repository.app("later", "later", "1.0.0", &[handler]);
    let manifest = ["--manifest-path", "later/Cargo.toml"];
    let (status, _, complaint) =
        repository.check(&[&["--baseline-rev", "v1"], &manifest[..]].concat());
    assert_eq!(status, Some(2));
    assert_says(&complaint, &["there is no `later/Cargo.toml` in ", " (v1)"]);

    let mut without = repository.command(&["--baseline-rev", "v1"]);
    let (status, _, complaint) = said(without.env("PATH", "").output().unwrap());
    assert_eq!(status, Some(2));
    assert_says(&complaint, &["cannot run git: "]);
}

#[test]
fn of_several_programs_one_is_named() {
    let repository = Repository::with_app();
    repository.program("src/bin/admin", "app", "1.0.0", &[handler]);
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v1"]);
    assert_eq!(status, Some(2));
    let several = "there are several programs here: `admin` in the package `app`, `app`. Choose one \
                   with `--bin NAME`\n";
    assert_says(&complaint, &[several]);
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v1", "--bin", "app"]);
    assert_eq!(status, Some(0), "{complaint}");
    let (status, _, complaint) = repository.check(&["--baseline-rev", "v1", "--bin", "admin"]);
    assert_eq!(status, Some(2));
    assert_says(
        &complaint,
        &["(v1) has no program `admin` in a package `app`. It has `app`."],
    );
    for (named, expected) in [
        (
            ["--bin", "other"],
            "there is no program `other` here. The programs are `admin` in the package `app`, `app`\n",
        ),
        (
            ["--package", "other"],
            "there is no package `other` in the workspace: expected one of app\n",
        ),
    ] {
        let (status, _, complaint) =
            repository.check(&[&["--baseline-rev", "v1"], &named[..]].concat());
        assert_eq!(status, Some(2));
        assert_says(&complaint, &[expected]);
    }
}

/// The one at the top has that folder excluded: cargo, which looks for a workspace
/// upwards, must not take the one of the working tree for it.
#[test]
fn a_workspace_within_the_repository_is_built() {
    let repository = Repository::with_app();
    repository.app("web", "web", "2.0.0", &[handler, form]);
    let top = "[workspace]\nexclude = [\"web\"]\n";
    repository.0.file("Cargo.toml", top);
    repository.commit("v2");
    repository.app("web", "web", "2.1.0", &[handler]);
    let mut command = repository.command(&["--baseline-rev", "v2", "--locked"]);
    command.current_dir(repository.path().join("web/src"));
    command.env("CARGO_TARGET_DIR", repository.path().join("target"));
    let (status, printed, progress) = said(command.output().unwrap());
    assert_eq!(status, Some(0), "{progress}");
    assert_says(&printed, &["accepted: 2.1.0 can be released over 2.0.0"]);
    assert!(repository.path().join("target/coexist").is_dir());
}

#[test]
fn a_build_that_is_named_is_the_new_one() {
    let repository = Repository::with_app();
    let new = repository
        .0
        .file("new", elf(&section(&[handler("app", "1.1.0")])));
    let (status, printed, progress) =
        repository.check(&["--baseline-rev", "v1", &new, "--old-release=0.9.0"]);
    assert_eq!(status, Some(0), "{progress}");
    assert_says(&printed, &["1.1.0 can be released over 0.9.0"]);
    assert!(!progress.contains("working tree"), "{progress}");
    for (args, expected) in [
        (
            &["--baseline-rev", "v1", &new, &new][..],
            "OLD is given twice: ",
        ),
        (&[&new, &new, "--bin", "app"], "--baseline-rev <REV>"),
        (&[&new], "<NEW>"),
    ] {
        let (status, printed, complaint) = repository.check(args);
        assert_eq!((status, printed.as_str()), (Some(2), ""));
        assert_says(&complaint, &[expected]);
    }
}

#[test]
fn a_revision_without_annotations_is_no_acceptance() {
    let repository = Repository::with_app();
    repository.0.file("src/main.rs", "fn main() {}");
    repository.commit("v0");
    repository.0.file("src/main.rs", MAIN);
    let (status, printed, complaint) = repository.check(&["--baseline-rev", "v0"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert_says(
        &complaint,
        &[
            "(v0): this program has no annotations",
            "choose a revision that has them",
        ],
    );
}

/// A path dependency out of the repository is not of the revision: it is as it is now,
/// and so is its build.
#[test]
fn what_stands_beside_the_repository_is_found_and_not_kept() {
    let beside = Folder::new();
    let library = |code: &str| {
        let manifest = "[package]\nname = \"shared\"\nversion = \"1.0.0\"\n";
        beside.file("shared/Cargo.toml", manifest);
        beside.file("shared/src/lib.rs", code);
    };
    library("");
    let folder = beside.path().join("app");
    fs::create_dir(&folder).unwrap();
    let repository = Repository::with_app();
    repository.0.file("Cargo.lock", "version = 4\n");
    let manifest = fs::read_to_string(repository.path().join("Cargo.toml")).unwrap();
    repository.0.file(
        "Cargo.toml",
        manifest + "[dependencies]\nshared = { path = \"../shared\" }\n",
    );
    repository.commit("v2");
    let clone = shown(&folder);
    repository.git(&["clone", "--quiet", ".", &clone]);
    let check = || {
        let mut command = repository.command(&["--baseline-rev", "v2"]);
        said(command.current_dir(&folder).output().unwrap())
    };
    for _ in 0..2 {
        let (status, _, progress) = check();
        assert_eq!(status, Some(0), "{progress}");
        assert_says(&progress, &["(v2) …"]);
    }
    library("compile_error!(\"changed\");");
    let (status, _, complaint) = check();
    assert_eq!(status, Some(2));
    assert_says(&complaint, &["error: changed"]);
}

#[test]
fn a_submodule_is_checked_out_at_the_commit_of_the_revision() {
    let library = Repository(Folder::new());
    library.git(&["init", "--quiet", "--initial-branch=main"]);
    library.0.file("text", "one");
    library.commit("one");
    let repository = Repository::with_app();
    repository.git(&[
        "submodule",
        "--quiet",
        "add",
        &shown(library.path()),
        "library",
    ]);
    let main =
        format!("{MAIN}const _: () = assert!(include_bytes!(\"../library/text\").len() == 3);");
    repository.0.file("src/main.rs", main);
    repository.commit("v2");
    library.0.file("text", "other");
    library.commit("two");
    let inside = repository.path().join("library");
    let pulled = git(&inside).args(["pull", "--quiet"]).status().unwrap();
    assert!(pulled.success());
    repository.0.file("src/main.rs", MAIN);
    let (status, _, progress) = repository.check(&["--baseline-rev", "v2"]);
    assert_eq!(status, Some(0), "{progress}");
    assert_eq!(fs::read_to_string(inside.join("text")).unwrap(), "other");
}
