//! `coexist stamp`: the version goes into the sources, and nothing else changes.

use std::fs;

use super::programs::{elf, form, handler, section};
use super::{Folder, coexist, run, said};

const ANNOTATED: &str = "#[coexist::handler(GET \"/\", since = \"next\")]\nfn a() {}\n";
const STAMPED: &str = "#[coexist::handler(GET \"/\", since = \"1.5.0\")]\nfn a() {}\n";

/// A workspace of two members, and what belongs to neither.
fn workspace() -> Folder {
    let folder = Folder::new();
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
    let root = format!(
        "{}[workspace]\nmembers = [\"lib\"]\nexclude = [\"other\"]\n",
        package("app")
    );
    folder.file("Cargo.toml", root);
    folder.file("lib/Cargo.toml", package("lib"));
    folder.file("other/Cargo.toml", package("other"));
    folder.file(
        "src/main.rs",
        format!("{ANNOTATED}{ANNOTATED}fn main() {{}}\n"),
    );
    folder.file("src/target/mod.rs", ANNOTATED);
    folder.file("lib/src/lib.rs", ANNOTATED);
    for aside in [
        "other/src/lib.rs",
        "target/debug/a.rs",
        ".hidden/a.rs",
        "src/a.txt",
    ] {
        folder.file(aside, ANNOTATED);
    }
    folder
}

/// Stamps the workspace.
fn stamp(folder: &Folder, args: &[&str]) -> (Option<i32>, String, String) {
    let manifest = super::shown(&folder.path().join("Cargo.toml"));
    run(&[&["stamp"], args, &["--manifest-path", &manifest]].concat())
}

fn read(folder: &Folder, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

#[test]
fn the_members_of_the_workspace_are_stamped_and_nothing_else() {
    let folder = workspace();
    let (status, printed, complaint) = stamp(&folder, &["1.5.0"]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    let expected = "lib/src/lib.rs: 1\nsrc/main.rs: 2\nsrc/target/mod.rs: 1\n\
                    stamped 4 annotations in 3 files: since = \"1.5.0\"\n";
    assert_eq!(printed, expected);
    assert_eq!(
        read(&folder, "src/main.rs"),
        format!("{STAMPED}{STAMPED}fn main() {{}}\n")
    );
    for stamped in ["src/target/mod.rs", "lib/src/lib.rs"] {
        assert_eq!(read(&folder, stamped), STAMPED);
    }
    for aside in [
        "other/src/lib.rs",
        "target/debug/a.rs",
        ".hidden/a.rs",
        "src/a.txt",
    ] {
        assert_eq!(read(&folder, aside), ANNOTATED, "{aside}");
    }
    let again = stamp(&folder, &["1.6.0"]);
    let nothing = "nothing to stamp: no annotation says since = \"next\"\n";
    assert_eq!(again, (Some(0), nothing.to_owned(), String::new()));
}

#[test]
fn within_a_package_the_whole_workspace_is_stamped() {
    let folder = workspace();
    let mut command = coexist();
    command.args(["stamp", "1.5.0"]);
    command.current_dir(folder.path().join("lib/src"));
    let (status, printed, complaint) = said(command.output().unwrap());
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    assert!(printed.contains("4 annotations in 3 files"), "{printed}");
}

#[test]
fn a_file_that_is_no_rust_keeps_every_file_as_it_is() {
    let folder = workspace();
    folder.file("src/zzz.rs", "// next\nfn broken( { \"");
    let (status, printed, complaint) = stamp(&folder, &["1.5.0"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.contains("src/zzz.rs:2: this is not Rust"),
        "{complaint}"
    );
    assert!(complaint.ends_with("Nothing is written\n"), "{complaint}");
    assert_eq!(read(&folder, "lib/src/lib.rs"), ANNOTATED);
}

#[test]
fn a_file_that_is_not_utf_8_is_left_and_said() {
    let folder = workspace();
    folder.file("src/latin.rs", b"// \xE4 next");
    let (status, printed, _) = stamp(&folder, &["1.5.0"]);
    assert_eq!(status, Some(0));
    assert!(
        printed.starts_with("src/latin.rs: not changed: not UTF-8"),
        "{printed}"
    );
    assert_eq!(read(&folder, "lib/src/lib.rs"), STAMPED);
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_read_only_files_are_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = workspace();
    let main = folder.path().join("src/main.rs");
    fs::set_permissions(&main, fs::Permissions::from_mode(0o750)).unwrap();
    let library = folder.path().join("lib/src/lib.rs");
    fs::set_permissions(&library, fs::Permissions::from_mode(0o444)).unwrap();
    let (status, _, complaint) = stamp(&folder, &["1.5.0"]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("lib.rs: cannot write it: it is read-only"),
        "{complaint}"
    );
    assert!(read(&folder, "src/main.rs").contains("next"));
    let left = fs::read_dir(folder.path().join("src")).unwrap().count();
    assert_eq!(left, 3, "main.rs, a.txt, target");

    fs::set_permissions(&library, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(stamp(&folder, &["1.5.0"]).0, Some(0));
    let mode = fs::metadata(&main).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[test]
fn what_is_no_version_is_refused_with_what_was_meant() {
    let folder = workspace();
    for (version, expected) in [
        ("v1.5", "write 1.5.0"),
        ("2026-01-05", "write 2026.1.5"),
        ("1.5.0+g12ab", "write 1.5.0"),
        ("next", "expected three numbers"),
    ] {
        let (status, printed, complaint) = stamp(&folder, &[version]);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{version}");
        assert!(complaint.contains(expected), "{complaint}");
    }
    assert_eq!(read(&folder, "lib/src/lib.rs"), ANNOTATED);
}

#[test]
fn no_workspace_is_an_error() {
    let folder = Folder::new();
    let (status, printed, complaint) = stamp(&folder, &["1.5.0"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.starts_with("coexist: could not stamp: "),
        "{complaint}"
    );
    assert!(
        complaint.ends_with("Cargo.toml` does not exist\n"),
        "{complaint}"
    );
}

/// A build whose items say `next`, as a program and as a snapshot.
#[test]
fn next_is_read_from_programs_kept_in_snapshots_and_refused_at_the_gate() {
    let folder = Folder::new();
    let unstamped = |record: String| record.replace("\"since\":\"1.0.0\"", "\"since\":\"next\"");
    let records = [handler("importer", "1.5.0"), form("importer", "1.5.0")];
    let stamped = folder.file("stamped", elf(&section(&records)));
    let program = folder.file("importer", elf(&section(&records.map(unstamped))));
    let snapshot = super::shown(&folder.path().join("importer.json"));
    assert_eq!(run(&["inspect", &program, "-o", &snapshot]).0, Some(0));
    for build in [&program, &snapshot] {
        let (_, printed, _) = run(&["inspect", build]);
        assert_eq!(
            printed.matches("since next (not stamped yet)").count(),
            2,
            "{printed}"
        );
        for old in [&stamped, build] {
            let (status, printed, _) = run(&["check", old, build]);
            assert_eq!(status, Some(1));
            assert!(printed.contains("src/pages.rs:30"), "{printed}");
            assert!(printed.contains("run `coexist stamp 1.5.0`"), "{printed}");
        }
        let named = run(&["check", build, build, "--new-release", "1.6.0"]).1;
        assert!(named.contains("run `coexist stamp 1.6.0`"), "{named}");
        assert_eq!(run(&["check", build, &stamped]).0, Some(0));
    }
}
