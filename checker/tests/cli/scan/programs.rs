//! Which program is scanned, and which of its code is there.

use super::super::coexist;
use super::{Folder, assert_lines, handlers, run, said, scanned, shown};

const ROUTES: &str = "pub fn router() -> axum::Router { axum::Router::new()\
                      .route(\"/lib\", axum::routing::get(home)) }\npub async fn home() {}\n";

#[test]
fn the_crates_of_the_workspace_that_the_program_names_are_read() {
    let folder = Folder::new();
    folder.file(
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\"]\n[workspace.package]\nversion = \"3.0.0\"\n\
         [workspace.dependencies]\nroutes = { path = \"crates/routes\" }\n",
    );
    folder.file(
        "crates/site/Cargo.toml",
        "[package]\nname = \"site\"\nversion.workspace = true\n\
         [dependencies]\nroutes.workspace = true\naxum = \"0.8\"\n",
    );
    folder.file(
        "crates/site/src/main.rs",
        "use routes::web;\nfn main() { axum::Router::new().nest(\"/site\", web::router()); }\n",
    );
    folder.file(
        "crates/routes/Cargo.toml",
        "[package]\nname = \"routes\"\nversion = \"0.1.0\"\n[features]\ndefault = []\nextra = []\n\
         [dependencies]\naxum = \"0.8\"\n",
    );
    folder.file(
        "crates/routes/src/lib.rs",
        "mod inner;\npub use inner as web;\n#[cfg(feature = \"extra\")]\npub mod extra;\n",
    );
    folder.file("crates/routes/src/inner.rs", ROUTES);
    folder.file("crates/routes/src/extra.rs", "broken(");
    let manifest = shown(&folder.path().join("crates/site/Cargo.toml"));
    let (status, printed, complaint) =
        run(&["scan", "--manifest-path", &manifest, "--format", "json"]);
    assert_eq!((status, &*complaint), (Some(0), ""));
    let snapshot = serde_json::from_str(&printed).unwrap();
    assert_lines(&handlers(&snapshot), &["GET /site/lib routes::inner::home"]);
    assert_eq!(snapshot["release"]["version"], "3.0.0");
}

#[test]
fn several_programs_are_listed_and_one_is_chosen() {
    let folder = Folder::new();
    folder.file("Cargo.toml", super::manifest("axum = \"0.8\""));
    folder.file(
        "src/main.rs",
        ROUTES.replace("pub fn router", "fn main() {}\npub fn router"),
    );
    folder.file("src/bin/tool.rs", "fn main() {}");
    let manifest = shown(&folder.path().join("Cargo.toml"));
    let scan = ["scan", "--manifest-path", &manifest];
    let (status, printed, complaint) = run(&scan);
    assert_eq!((status, &*printed), (Some(2), ""));
    for expected in [
        "coexist: could not scan: the workspace has several programs: name one",
        "--package app --bin app\n",
        "--package app --bin tool\n",
    ] {
        assert!(complaint.contains(expected), "{expected}\n\n{complaint}");
    }
    let (status, printed, _) = run(&[&scan[..], &["--bin", "app"]].concat());
    assert_eq!(status, Some(0));
    assert!(printed.contains("GET /lib"), "{printed}");
    let (status, _, complaint) = run(&[&scan[..], &["--bin", "absent"]].concat());
    assert_eq!(status, Some(2));
    assert!(complaint.contains("has no program `absent`"), "{complaint}");
}

#[test]
fn an_empty_scan_is_never_accepted() {
    let folder = Folder::new();
    let git = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(folder.path());
        git.args(["-c", "user.name=a", "-c", "user.email=a@b.c"])
            .args(args);
        assert!(git.output().unwrap().status.success(), "{args:?}");
    };
    folder.file("Cargo.toml", super::manifest("axum = \"0.8\""));
    folder.file("src/main.rs", "fn main() {}");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "a"]);
    let mut check = coexist();
    check
        .current_dir(folder.path())
        .args(["check", "--scan", "HEAD"]);
    let (status, printed, complaint) = said(check.output().unwrap());
    assert_eq!((status, &*printed), (Some(2), ""));
    assert!(
        complaint.contains("no route and no form was found in HEAD"),
        "{complaint}"
    );
}

#[test]
fn a_scan_is_no_build_for_the_gate_and_the_ledger() {
    let folder = Folder::new();
    folder.file("Cargo.toml", super::manifest("axum = \"0.8\""));
    folder.file(
        "src/main.rs",
        ROUTES.replace("pub fn router", "fn main() {}\npub fn router"),
    );
    let manifest = shown(&folder.path().join("Cargo.toml"));
    let snapshot = shown(&folder.path().join("scan.json"));
    let (status, _, _) = run(&["scan", "--manifest-path", &manifest, "-o", &snapshot]);
    assert_eq!(status, Some(0));
    let ledger = shown(&folder.path().join("ledger"));
    assert_eq!(run(&["record", "init", "--ledger", &ledger]).0, Some(0));
    for args in [
        ["gate", &snapshot, "--ledger", &ledger].as_slice(),
        &["record", "deploy", &snapshot, "--ledger", &ledger],
    ] {
        let (status, printed, complaint) = run(args);
        assert_eq!((status, &*printed), (Some(2), ""), "{args:?}");
        assert!(
            complaint.contains("this is a scan of sources"),
            "{complaint}"
        );
    }
    for args in [
        ["check", &*snapshot, &snapshot].as_slice(),
        &["plan", &snapshot, &snapshot],
    ] {
        let (status, printed, _) = run(args);
        assert_eq!(status, Some(0), "{args:?}");
        assert!(printed.contains("not a proof"), "{printed}");
    }
}

#[test]
fn a_file_that_is_no_rust_is_listed_and_the_rest_is_read() {
    let main = format!("mod broken;\nfn main() {{ router(); }}\n{ROUTES}");
    let files = [("src/main.rs", &*main), ("src/broken.rs", "fn (")];
    assert_lines(
        &handlers(&scanned("axum = \"0.8\"", &files)),
        &["GET /lib app::home"],
    );
    let printed = super::printed("axum = \"0.8\"", &files);
    assert!(
        printed.contains("this file cannot be read: line 1"),
        "{printed}"
    );
}
