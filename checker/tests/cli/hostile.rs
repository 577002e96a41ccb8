//! Every command in each of its formats, on input from a stranger: nothing that is printed
//! is obeyed by a terminal, by the runners of GitHub and Azure, by what displays Markdown,
//! or by a parser of XML.

mod harmless;
mod links;
mod markdown;
mod names;

use std::path::Path;

use serde_json::{Value, json};

pub(super) use harmless::assert_harmless;

use coexist_checker::artifact;
use coexist_checker::judge;
use coexist_checker::model::Policy;
use coexist_checker::render::{self, Sources};

use super::{Folder, coexist, said, shown};

/// What a terminal, a runner, Markdown and XML might obey. It stands where any text may.
const TEXT: &str = "\r\n::stop-commands::x\n  ::error::y\u{1b}]8;;http://evil\u{7}\u{1b}[8m\u{1b}[2J\
    \u{85}::z\u{9b}2J\u{202e}\u{2066}\u{2028}::w\u{200b}\u{feff}##[add-mask]a ##vso[task.b]c ###[d]\
    `</code></summary><img src=x> ![e](http://evil) \\](http://evil) www.evil.com a@evil.com @me \
    x#1 GH-1 ]]> \u{fdd0}\u{ffff}\u{1fffe}\u{7f}";

/// The part of it that a name may have.
const NAME: &str = "::stop-commands::##[add-mask]##vso[task.b]`</code><img/src=x>![e](http://evil)\
    \\](http://evil)www.evil.com@me`a@evil.com]]>";

/// A build whose form may send this value, and whose handler takes what it is said to.
fn build(version: &str, name: &str, sends: &str, takes: &[&str]) -> Value {
    let field = |choices: &[&str], key: &str| json!([{ "name": name, key: true, "type": "choice", "choices": choices }]);
    json!({
        "format": 1,
        "release": { "name": format!("app{name}"), "version": version },
        "handlers": [
            { "id": format!("{name}::take"), "method": "POST", "path": "/imports/csv", "since": "1.0.0",
              "encoding": "urlencoded", "fields": field(takes, "required"),
              "source": { "file": format!("{name}/a.rs"), "line": 3 } },
            { "id": format!("{name}::old"), "method": "POST", "path": "/old@me`", "since": "1.0.0" },
        ],
        "forms": [
            { "id": format!("{name}::send"), "since": "1.0.0",
              "posts_to": [{ "method": "POST", "path": "/imports/csv" }],
              "encoding": "urlencoded", "fields": field(&[sends], "always"),
              "source": { "file": format!("{name}/b.rs"), "line": 4 } },
            { "id": format!("{name}::send_old"), "since": "1.0.0",
              "posts_to": [{ "method": "POST", "path": "/old@me`" }] },
        ],
    })
}

/// Files with hostile contents, under a hostile name.
struct Stranger {
    folder: Folder,
    old: String,
    new: String,
    gone: String,
    config: String,
    ledger: String,
}

impl Stranger {
    fn new() -> Self {
        let folder = Folder::new();
        // A slash and a NUL have no place in the name of a file, and 255 bytes are the most.
        let name: String = TEXT.chars().filter(|c| *c != '/').take(120).collect();
        let file = |file: &str, json: &Value| {
            folder.file(&format!("{name}/{file}.json"), json.to_string())
        };
        let old = file("old", &build("1.0.0", NAME, TEXT, &[TEXT, "a"]));
        let new = file("new", &build("1.1.0", NAME, "a", &["a"]));
        let mut gone = build("1.2.0", NAME, "a", &["a"]);
        gone["handlers"].as_array_mut().unwrap().pop();
        gone["forms"].as_array_mut().unwrap().pop();
        let gone = file("gone", &gone);
        let reason = serde_json::to_string(TEXT).unwrap();
        // What TOML does not know as a character, it does not escape.
        let reason = reason.replace('\u{7f}', "\\u007f");
        let config = format!(
            "[[waivers]]\nrule = \"field-narrowed\"\nendpoint = \"POST /imports/csv\"\n\
             reason = {reason}\nexpires = 2999-01-01\n\
             [[waivers]]\nrule = \"handler-removed\"\nendpoint = \"POST /old@me`\"\n\
             reason = {reason}\nexpires = 2999-01-01\n"
        );
        let config = folder.file(&format!("{name}/policy.toml"), config);
        let ledger = shown(&folder.path().join(&name).join("ledger"));
        Self {
            folder,
            old,
            new,
            gone,
            config,
            ledger,
        }
    }

    /// Runs the program; what it prints has to be harmless in that format.
    #[track_caller]
    fn run(&self, format: &str, args: &[&str]) -> (Option<i32>, String) {
        let output = coexist()
            .args(args)
            .current_dir(self.folder.path())
            .output();
        let (status, printed, complaint) = said(output.unwrap());
        let context = format!("{args:?}\n{printed}\n{complaint}")
            .escape_debug()
            .to_string();
        assert!(!complaint.contains("panicked"), "{context}");
        assert_harmless("text", &complaint, &context);
        assert_harmless(format, &printed, &context);
        (status, printed)
    }

    /// Runs the program in each of these formats; it has to end with that status.
    #[track_caller]
    fn run_in(&self, formats: &[&str], status: i32, args: &[&str]) {
        for format in formats {
            let args = [args, &["--format", format, "--color", "always"]].concat();
            assert_eq!(self.run(format, &args).0, Some(status), "{args:?}");
        }
    }
}

const REPORTS: [&str; 6] = ["text", "json", "github", "sarif", "junit", "markdown"];

#[test]
fn check_plan_and_inspect_print_nothing_that_is_obeyed() {
    let stranger = Stranger::new();
    let Stranger {
        old,
        new,
        gone,
        config,
        ..
    } = &stranger;
    stranger.run_in(&REPORTS, 1, &["check", old, new]);
    stranger.run_in(&REPORTS, 1, &["check", new, gone]);
    stranger.run_in(&REPORTS, 0, &["check", old, new, "--config", config]);
    let plan = ["plan", old, new, "--config", config];
    stranger.run_in(&["text", "json", "markdown"], 0, &plan);
    stranger.run_in(&["text", "json", "markdown"], 0, &["plan", new, gone]);
    stranger.run_in(
        &["text", "json", "markdown"],
        1,
        &["plan", "--check", old, new],
    );
    stranger.run_in(&["text", "json"], 0, &["inspect", old]);
    let output = shown(&stranger.folder.path().join("list.txt"));
    stranger.run("text", &["inspect", old, "--output", &output]);
    assert_harmless("text", &std::fs::read_to_string(&output).unwrap(), "");
    for file in [old, new, gone] {
        let (_, printed) = stranger.run("json", &["inspect", file, "--format", "json"]);
        let written: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let printed: Value = serde_json::from_str(&printed).unwrap();
        let choices = |build: &Value| build["forms"][0]["fields"][0]["choices"].clone();
        assert_eq!(
            choices(&printed),
            choices(&written),
            "the values stay the same"
        );
    }
}

#[test]
fn simulate_and_report_print_nothing_that_is_obeyed() {
    let stranger = Stranger::new();
    let Stranger {
        old, new, config, ..
    } = &stranger;
    let few = "--submissions=1000";
    stranger.run_in(&["text", "json"], 1, &["simulate", old, new, few]);
    stranger.run_in(
        &["text", "json"],
        2,
        &["simulate", old, new, few, "--form", &format!("{TEXT}=1/s")],
    );
    let html = shown(&stranger.folder.path().join("report.html"));
    let args = ["report", old, new, "--html", &html, "--config", config];
    assert_eq!(stranger.run("text", &args).0, Some(0));
    let html = std::fs::read_to_string(html).unwrap();
    assert_harmless("html", &html, "");
    for markup in ["<img", "<script", "<a href=\"http", "</code></summary><"] {
        assert!(!html.contains(markup), "{markup}");
    }
}

#[test]
fn the_gate_and_the_ledger_print_nothing_that_is_obeyed() {
    let stranger = Stranger::new();
    let Stranger {
        old,
        new,
        gone,
        config,
        ledger,
        ..
    } = &stranger;
    let at = ["--ledger", ledger.as_str()];
    let run = |args: &[&str]| stranger.run("text", &[args, &at[..]].concat()).0;
    assert_eq!(run(&["record", "init"]), Some(0));
    assert_eq!(run(&["record", "init"]), Some(0));
    assert_eq!(run(&["record", "deploy", old]), Some(0));
    stranger.run_in(&REPORTS, 1, &[&["gate", new][..], &at].concat());
    assert_eq!(run(&["record", "deploy", new]), Some(1));
    stranger.run_in(&REPORTS, 0, &[&["gate", old][..], &at].concat());
    let name = format!("app{NAME}@1.0.0");
    stranger.run_in(
        &["text", "json"],
        0,
        &[&["record", "list"][..], &at].concat(),
    );
    stranger.run_in(
        &["text", "json"],
        0,
        &[&["record", "show", &name][..], &at].concat(),
    );
    assert_eq!(run(&["record", "retire", &name]), Some(0));
    assert_eq!(run(&["record", "retire", &name]), Some(0));
    stranger.run_in(&REPORTS, 1, &[&["gate", gone][..], &at].concat());
    let gate = ["gate", gone, "--config", config];
    stranger.run_in(&REPORTS, 0, &[&gate[..], &at].concat());
    assert_eq!(run(&["record", "prune"]), Some(0));
    for args in [
        &["record", "retire", TEXT][..],
        &["record", "retire", &format!("{TEXT}@1.0.0")],
        &["record", "show", &format!("{NAME}@9.0.0")],
        &["record", "list", "--environment", TEXT],
        &["record", "init", "--environment", TEXT],
        &["record", "flag", TEXT],
        &["record", "flag", &format!("{NAME}=on")],
        &["record", "deploy", new, "--flag", &format!("{NAME}=on")],
        &["gate", TEXT],
        &["gate", new, "--flag", TEXT],
        &["gate", new, "--release", TEXT],
        &["gate", new, "--environment", NAME],
    ] {
        assert_eq!(run(args), Some(2), "{args:?}");
    }
    let folder = Path::new(ledger).join("production");
    std::fs::write(
        folder.join("000002.json"),
        format!("{{\"{NAME}\": 1, \"x\": {}", json!(TEXT)),
    )
    .unwrap();
    for args in [&["record", "list"][..], &["gate", new]] {
        assert_eq!(run(args), Some(2), "{args:?}");
    }
    for url in [
        TEXT,
        NAME,
        &format!("s3://{NAME}"),
        &format!("file://{NAME}"),
    ] {
        let args = ["record", "list", "--ledger", url];
        assert_eq!(stranger.run("text", &args).0, Some(2), "{url:?}");
    }
}

#[test]
fn sources_and_arguments_are_not_obeyed_either() {
    let stranger = Stranger::new();
    let Stranger { old, folder, .. } = &stranger;
    folder.file(
        "src/main.rs",
        format!(
            "#[get({TEXT:?})]\nfn a() {{}}\n#[handler(since = \"next\")]\nfn b() {{}}\nmod c;\n"
        ),
    );
    folder.file("src/c.rs", format!("fn {TEXT}"));
    folder.file(
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2024\"\n",
    );
    for format in ["text", "json"] {
        stranger.run(format, &["audit", "--format", format]);
        stranger.run(format, &["scan", "--format", format]);
    }
    for format in ["text", "json", "markdown"] {
        stranger.run(format, &["history", "--format", format]);
    }
    stranger.run("text", &["stamp", "1.1.0"]);
    for args in [
        &["explain", TEXT][..],
        &["explain", NAME],
        &[TEXT],
        &["check", old, TEXT],
        &["check", old, old, "--format", TEXT],
        &["check", old, old, "--deny", TEXT],
        &["check", old, old, "--config", TEXT],
        &["check", old, old, "--new-release", TEXT],
        &["check", old, "--baseline-rev", TEXT],
        &["check", old, &format!("{NAME}@1.0.0")],
        &["inspect", TEXT],
        &["inspect", old, "--output", &format!("no/{TEXT}")],
        &["report", old, old, "--html", &format!("no/{TEXT}")],
        &["plan", TEXT, old],
        &["stamp", TEXT],
        &["audit", "--manifest-path", TEXT],
        &["scan", "--manifest-path", TEXT],
        &["scan", "--package", TEXT],
        &["scan", "--rev", TEXT],
        &["check", "--scan", TEXT],
        &["history", TEXT],
        &["history", "--tags", TEXT],
    ] {
        assert_eq!(stranger.run("text", args).0, Some(2), "{args:?}");
    }
}

#[test]
fn a_comment_has_room_whatever_the_names_are() {
    let folder = Folder::new();
    let long = "<`@".repeat(20_000);
    let version = format!("1.0.0-{}", "a".repeat(70_000));
    let release = |version: &str, takes: &[&str]| {
        let mut build = build(version, &long, &long, takes);
        build["release"]["name"] = long.clone().into();
        build
    };
    let old = folder.file("old.json", release(&version, &[&long]).to_string());
    let mut new = release("1.1.0", &["a"]);
    new["handlers"].as_array_mut().unwrap().pop();
    let new = folder.file("new.json", new.to_string());
    let ledger = shown(&folder.path().join("ledger"));
    for args in [
        &["record", "init", "--ledger", &ledger][..],
        &["record", "deploy", &old, "--ledger", &ledger],
    ] {
        assert_eq!(super::run(args).0, Some(0), "{args:?}");
    }
    for args in [
        &["check", &old, &new][..],
        &["plan", &old, &new],
        &["gate", &new, "--ledger", &ledger],
    ] {
        let (_, printed, complaint) = super::run(&[args, &["--format", "markdown"]].concat());
        assert_eq!(complaint, "");
        assert!(
            printed.contains(" more, in the text of `coexist "),
            "{printed}"
        );
        markdown::assert_plain(&printed, "");
    }
}

/// Whoever calls the library has the same protection as the program.
#[test]
fn the_renderers_of_the_library_print_nothing_that_is_obeyed() {
    let stranger = Stranger::new();
    let open = |path: &str| {
        let mut registry = artifact::open(path.as_ref(), None).unwrap();
        registry.release.name = NAME.to_owned();
        registry
    };
    let (old, new) = (open(&stranger.old), open(&stranger.gone));
    let policy = Policy::default();
    let report = judge::check(&old, &new, &policy).unwrap();
    let sources = Sources::none();
    let rendered = |render: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut text = Vec::new();
        render(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    for text in [
        rendered(&|to| render::registry::registry(&old, to)),
        rendered(&|to| render::text::report(&report, &sources, to)),
    ] {
        let context = text.escape_debug().to_string();
        assert!(text.contains("evil.com"), "{context}");
        assert_harmless("text", &text, &context);
    }
}

/// Branches may have such names, and pipelines put them into variables.
#[test]
fn variables_are_not_obeyed_in_errors_either() {
    for name in ["COEXIST_LEDGER", "COEXIST_ENVIRONMENT", "COEXIST_NEW_APP"] {
        for value in ["a\n::add-mask::b", "\u{1b}[31m", "##[add-mask]"] {
            let args = ["gate", "no-such-build", "--no-such-option"];
            for args in [&args[..2], &args[..]] {
                let output = coexist().args(args).env(name, value).output();
                let (status, _, complaint) = said(output.unwrap());
                assert_eq!(status, Some(2), "{name}");
                assert_harmless("text", &complaint, &complaint.escape_debug().to_string());
            }
        }
    }
}

#[test]
fn the_name_of_the_program_is_not_obeyed() {
    use std::os::unix::process::CommandExt as _;

    for (argument, expected) in [("--help", 0), ("no-such-command", 2)] {
        let name = "\u{1b}]0;x\u{7}\n::add-mask::y";
        let output = coexist().arg0(name).arg(argument).output();
        let (status, printed, complaint) = said(output.unwrap());
        assert_eq!(status, Some(expected));
        assert!(printed.contains("Usage: ") || complaint.contains("Usage: "));
        for text in [printed, complaint] {
            assert_harmless("text", &text, &text.escape_debug().to_string());
        }
    }
}
