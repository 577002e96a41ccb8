//! `coexist history`: which releases broke which pages, out of tags.

use std::process::Command;

use serde_json::Value;

use super::{Folder, coexist, said};

/// A repository, of which each release is a tag.
struct Releases(Folder);

const TEMPLATE: &str = "<form method=post action=/save><input name=title required></form>";

impl Releases {
    fn new() -> Self {
        let releases = Self(Folder::new());
        releases.git(&["init", "-q"]);
        releases.0.file(
            "Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\naxum = \"0.8\"\n\
             askama = \"0.14\"\n",
        );
        releases
    }

    fn git(&self, args: &[&str]) -> String {
        let mut git = Command::new("git");
        git.current_dir(self.0.path());
        git.args(["-c", "user.name=a", "-c", "user.email=a@b.c"])
            .args(args);
        let output = git.output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Releases an app with these routes, a struct for the fields and a template.
    fn release(&self, tag: &str, routes: &str, fields: &str, template: Option<&str>) {
        let page = template.map_or(
            "",
            |_| "#[derive(askama::Template)]\n#[template(path = \"page.html\")]\nstruct Page;\n",
        );
        let shows = template.map_or("()", |_| "Page");
        self.0.file(
            "src/main.rs",
            format!(
                "use axum::{{Form, Router, routing::{{get, post}}}};\n{page}\
                 #[derive(serde::Deserialize)]\nstruct Input {{ {fields} }}\n\
                 async fn show() {{ {shows} }}\nasync fn save(Form(input): Form<Input>) {{}}\n\
                 fn main() {{ Router::new().route(\"/\", get(show)){routes}; }}\n"
            ),
        );
        self.0
            .file("templates/page.html", template.unwrap_or("<p>nothing</p>"));
        self.commit(tag);
    }

    fn commit(&self, tag: &str) {
        self.git(&["add", "--all", "."]);
        self.git(&["commit", "-q", "--allow-empty", "-m", tag]);
        self.git(&["tag", tag]);
    }

    /// Runs the command.
    fn history(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let mut history = coexist();
        history.current_dir(self.0.path());
        history.args(["history"]).args(args);
        said(history.output().unwrap())
    }

    /// The verdict of each release, and the rules that reject it.
    #[track_caller]
    fn verdicts(&self, args: &[&str]) -> Vec<String> {
        let (_, printed, complaint) = self.history(&[args, &["--format", "json"]].concat());
        assert_eq!(complaint, "");
        let history: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(history["format"], 1);
        let releases = history["releases"].as_array().unwrap().iter();
        let lines = releases.map(|release| {
            let findings = release["findings"].as_array().unwrap().iter();
            let denied = findings.filter(|finding| finding["level"] == "deny");
            let rules: Vec<&str> = denied
                .map(|finding| finding["rule"].as_str().unwrap())
                .collect();
            let text = |key: &str| release[key].as_str().unwrap_or("-").to_owned();
            format!(
                "{}..{} {} {}",
                text("from"),
                text("to"),
                text("verdict"),
                rules.join(" ")
            )
            .trim_end()
            .to_owned()
        });
        lines.collect()
    }
}

const SAVE: &str = ".route(\"/save\", post(save))";
const TITLE: &str = "title: String";

#[test]
fn each_kind_of_break_is_found_and_a_sequence_is_accepted() {
    let releases = Releases::new();
    releases.release("v1.0.0", SAVE, TITLE, Some(TEMPLATE));
    // The form and its handler are gone at once.
    releases.release("v1.1.0", "", TITLE, None);
    // They come back in two steps, and go in two steps.
    releases.release("v1.2.0", SAVE, TITLE, None);
    releases.release("v1.3.0", SAVE, TITLE, Some(TEMPLATE));
    releases.release("v1.4.0", SAVE, TITLE, None);
    releases.release("v1.5.0", "", TITLE, None);
    releases.release("v1.6.0", SAVE, TITLE, None);
    releases.release("v1.7.0", SAVE, TITLE, Some(TEMPLATE));
    // The endpoint is renamed, on both sides.
    let renamed = TEMPLATE.replace("/save", "/store");
    let store = SAVE.replace("/save", "/store");
    releases.release("v1.8.0", &store, TITLE, Some(&renamed));
    // A field becomes required together with its form.
    let two = renamed.replace("</form>", "<input name=key required></form>");
    releases.release("v1.10.0", &store, "title: String, key: String", Some(&two));
    // The template moves, which changes nothing.
    releases.git(&["mv", "templates", "pages"]);
    releases
        .0
        .file("askama.toml", "[general]\ndirs = [\"pages\"]\n");
    releases.commit("v1.11.0");
    assert_eq!(
        releases.verdicts(&[]),
        [
            "v1.0.0..v1.1.0 reject handler-removed",
            "v1.1.0..v1.2.0 accept",
            "v1.2.0..v1.3.0 accept",
            "v1.3.0..v1.4.0 accept",
            "v1.4.0..v1.5.0 accept",
            "v1.5.0..v1.6.0 accept",
            "v1.6.0..v1.7.0 accept",
            "v1.7.0..v1.8.0 reject handler-not-yet handler-removed",
            "v1.8.0..v1.10.0 reject field-required",
            "v1.10.0..v1.11.0 accept",
        ]
    );
    assert_eq!(
        releases.verdicts(&["v1.6.0..v1.8.0"]),
        [
            "v1.6.0..v1.7.0 accept",
            "v1.7.0..v1.8.0 reject handler-not-yet handler-removed",
        ]
    );
    assert_eq!(
        releases.verdicts(&["--tags", "v1.1?.0"]),
        ["v1.10.0..v1.11.0 accept"]
    );
    let (status, printed, _) = releases.history(&[]);
    assert_eq!(status, Some(1));
    assert!(
        printed.lines().all(|line| line.chars().count() <= 80),
        "{printed}"
    );
    for expected in [
        "3 of 10 releases broke pages\n\napp from v1.0.0 on\n\n",
        "  rejected\n    1 submission from pages of the release before at ",
        "    - handler-removed: whoever submits the form `Page` ",
        "This is a reading of the sources of each release",
    ] {
        assert!(printed.contains(expected), "{expected}\n\n{printed}");
    }
    let (status, page, _) = releases.history(&["--format", "html"]);
    assert_eq!(status, Some(1));
    assert_eq!(page.matches("<li class=\"bad\">").count(), 3, "{page}");
    let (_, markdown, _) = releases.history(&["--format", "markdown", "v1.0.0..v1.1.0"]);
    assert!(markdown.contains("| <code>v1.1.0</code> | "), "{markdown}");
    assert!(markdown.contains("✗ rejected"), "{markdown}");
}

#[test]
fn commits_are_judged_each_over_its_parent() {
    let releases = Releases::new();
    releases.release("a", SAVE, TITLE, Some(TEMPLATE));
    releases.release("b", "", TITLE, None);
    let verdicts = releases.verdicts(&["--commits"]);
    assert_eq!(verdicts.len(), 1);
    assert!(
        verdicts[0].ends_with("reject handler-removed"),
        "{verdicts:?}"
    );
    let verdicts = releases.verdicts(&["--commits", "a..b"]);
    assert_eq!(verdicts.len(), 1);
}

#[test]
fn what_cannot_be_judged_is_never_accepted() {
    let releases = Releases::new();
    releases.0.file("src/main.rs", "fn main() {}");
    releases.commit("v0.1.0");
    releases.commit("v0.2.0");
    let (status, printed, _) = releases.history(&[]);
    assert_eq!(status, Some(2));
    assert!(
        printed.starts_with("could not check: no release could be judged\n"),
        "{printed}"
    );
    // What may be among the routes that are not read is not said to be gone.
    releases.release("v1.0.0", SAVE, TITLE, Some(TEMPLATE));
    releases.release(
        "v1.1.0",
        ".route(&paths.save, post(save))",
        TITLE,
        Some(TEMPLATE),
    );
    assert_eq!(
        releases.verdicts(&["v1.0.0.."]),
        ["v1.0.0..v1.1.0 could-not-check form-dangling handler-removed"]
    );
    let (status, _, complaint) = releases.history(&["v9.0.0.."]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("there is no tag `v9.0.0` among the releases"),
        "{complaint}"
    );
}
