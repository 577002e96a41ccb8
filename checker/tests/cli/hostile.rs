//! Every command in each of its formats, on input from a stranger: nothing that is printed
//! is obeyed by a terminal, by the runners of GitHub and Azure, by what displays Markdown,
//! or by a parser of XML.

use std::path::Path;

use serde_json::{Value, json};

use super::{Folder, coexist, fixture, said, shown};

/// What a terminal, a runner, Markdown and XML might obey. It stands where any text may.
const TEXT: &str = "\r\n::stop-commands::x\n  ::error::y\u{1b}]8;;http://evil\u{7}\u{1b}[8m\u{1b}[2J\
    \u{85}::z\u{9b}2J\u{202e}\u{2066}\u{2028}::w\u{200b}\u{feff}##[add-mask]a ##vso[task.b]c ###[d]\
    `</code></summary><img src=x> ![e](http://evil) \\](http://evil) www.evil.com a@evil.com @me \
    x#1 GH-1 ]]> \u{fdd0}\u{ffff}\u{1fffe}\u{7f}";

/// The part of it that a name may have.
const NAME: &str = "::stop-commands::##[add-mask]##vso[task.b]`</code><img/src=x>![e](http://evil)\
    \\](http://evil)www.evil.com@me`a@evil.com]]>";

/// What no name may have.
const REFUSED: [&str; 9] = [
    "\n", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}", "\u{202e}", "\u{2028}", "\u{fdd0}", "\u{ffff}",
];

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

/// The text without the colors of the program.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (color, rest) = part
            .split_once('m')
            .expect("an escape sequence that is not a color");
        let is_color = |number: &str| matches!(number.parse(), Ok(0 | 1 | 30..=37 | 39 | 90..=97));
        assert!(color.split(';').all(is_color), "{color}");
        plain.push_str(rest);
    }
    plain
}

#[track_caller]
fn assert_harmless(format: &str, printed: &str, context: &str) {
    let plain = without_colors(printed);
    let is_obeyed = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
            || u32::from(c) & 0xfffe == 0xfffe
    };
    assert!(!plain.contains(is_obeyed), "{format}: {context}");
    if format == "html" {
        // It is a file, and goes into no log.
        return;
    }
    let lower = plain.to_lowercase();
    assert!(
        !lower.contains("##[") && !lower.contains("##vso["),
        "{format}: {context}"
    );
    for line in plain
        .lines()
        .filter(|line| line.trim_start().starts_with("::"))
    {
        let mut parts = line.strip_prefix("::").unwrap_or_default().splitn(2, "::");
        let head = parts.next().unwrap_or_default();
        let is_own = ["error ", "warning ", "notice "]
            .iter()
            .any(|name| head.starts_with(name))
            && head.contains("title=coexist")
            && parts.next().is_some();
        assert!(format == "github" && is_own, "{format}: {line:?} {context}");
    }
    match format {
        _ if printed.is_empty() => {}
        "json" => drop(serde_json::from_str::<Value>(printed).unwrap()),
        "sarif" => {
            let log: Value = serde_json::from_str(printed).unwrap();
            for result in log["runs"][0]["results"].as_array().unwrap() {
                let message = result["message"]["text"].as_str().unwrap();
                assert!(!message.contains("]("), "{message}");
            }
        }
        "junit" => {
            quick_junit::Report::deserialize_from_str(printed).expect(context);
        }
        "markdown" => assert_plain_markdown(printed, context),
        _ => {}
    }
}

/// That nothing in it is a link, an image, a mention, a reference, or an element that is not
/// of the report.
#[track_caller]
fn assert_plain_markdown(printed: &str, context: &str) {
    const ELEMENTS: [&str; 6] = [
        "!-- coexist ",
        "details>",
        "summary>",
        "b>",
        "code>",
        "span>",
    ];
    assert!(printed.chars().count() <= 65_536, "{}", printed.len());
    let mut is_fenced = false;
    for line in printed.lines() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
            continue;
        }
        if is_fenced {
            continue;
        }
        for element in line.split('<').skip(1) {
            let name = element.strip_prefix('/').unwrap_or(element);
            assert!(
                ELEMENTS.iter().any(|known| name.starts_with(known)),
                "{line}: {context}"
            );
        }
        // A code span is coexist's own.
        let text: String = line.split('`').step_by(2).collect();
        for sign in ["](", "![", "://", "www.", "@m", "@e", "#1", "GH-1"] {
            assert!(!text.contains(sign), "{sign}: {line}: {context}");
        }
    }
    assert!(!is_fenced, "{context}");
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
    stranger.run_in(&["text", "json", "markdown"], 0, &["plan", old, new]);
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
    assert_eq!(run(&["record", "prune"]), Some(0));
    for args in [
        &["record", "retire", TEXT][..],
        &["record", "retire", &format!("{TEXT}@1.0.0")],
        &["record", "show", &format!("{NAME}@9.0.0")],
        &["record", "list", "--environment", TEXT],
        &["record", "init", "--environment", TEXT],
        &["gate", TEXT],
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
    ] {
        assert_eq!(stranger.run("text", args).0, Some(2), "{args:?}");
    }
}

#[test]
fn names_that_would_be_obeyed_are_refused() {
    let folder = Folder::new();
    let places: [(&str, &str); 9] = [
        ("/release/name", "the release"),
        ("/handlers/0/id", "the handler"),
        ("/handlers/0/method", "the method"),
        ("/handlers/0/path", "the path"),
        ("/handlers/0/source/file", "the source file"),
        ("/handlers/0/fields/0/name", "its name or an alias"),
        ("/forms/0/id", "the form"),
        ("/forms/0/posts_to/0/path", "the path"),
        ("/forms/0/source/file", "the source file"),
    ];
    for (place, what) in places {
        for refused in REFUSED {
            let mut build = build("1.0.0", "app", "a", &["a"]);
            let value = build.pointer_mut(place).unwrap();
            *value = format!("{}{refused}", value.as_str().unwrap()).into();
            let file = folder.file("build.json", build.to_string());
            let (status, printed, complaint) = super::run(&["inspect", &file]);
            assert_eq!((status, &*printed), (Some(2), ""), "{place}");
            assert!(complaint.contains(what), "{place}: {complaint}");
            let shown = refused.chars().next().unwrap();
            let shown = if shown == '\n' {
                "\\n".to_owned()
            } else {
                format!("\\u{{{:x}}}", u32::from(shown))
            };
            assert!(complaint.contains(&shown), "{complaint}");
            assert_harmless("text", &complaint, &complaint.escape_debug().to_string());
            assert_eq!(complaint.lines().count(), 1, "{complaint}");
        }
    }
}

#[test]
fn a_policy_names_nothing_that_would_be_obeyed_and_its_reasons_can_be_seen() {
    let folder = Folder::new();
    let waiver = |key: &str, value: &str| {
        let mut keys = vec![
            ("rule", "handler-removed"),
            ("endpoint", "POST /a"),
            ("form", "app::f"),
            ("reason", "why"),
            ("expires", "1.6.0"),
        ];
        keys.retain(|(known, _)| *known != key);
        keys.push((key, value));
        let keys = keys
            .iter()
            .map(|(key, value)| format!("{key} = \"{value}\"\n"));
        format!("[[waivers]]\n{}", keys.collect::<String>())
    };
    let old = fixture("handler-removed/near_miss/old.json");
    let complaint = |policy: String| {
        let file = folder.file("policy.toml", policy);
        let (status, _, complaint) = super::run(&["check", &old, &old, "--config", &file]);
        assert_harmless("text", &complaint, &complaint.escape_debug().to_string());
        (status, complaint)
    };
    for policy in [
        waiver("form", "app::\\u001b[31m"),
        waiver("endpoint", "POST /a\\u202e"),
        "[apps.\"a\\nb\"]\npaths = [\"/a\"]\n".to_owned(),
        "[apps.a]\npaths = [\"/a\\u2028\"]\n".to_owned(),
        "\"\\u001b[31m\" = 1\n".to_owned(),
    ] {
        let (status, complaint) = complaint(policy);
        assert_eq!(status, Some(2));
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
    for reason in ["\\u200b", " \\u00a0\\u2060", "\\ufeff\\u3164"] {
        let (status, complaint) = complaint(waiver("reason", reason));
        assert_eq!(status, Some(2));
        assert!(complaint.contains("`reason` is blank"), "{complaint}");
    }
    let (_, complaint) = complaint(waiver("reason", "\\u200bwhy"));
    assert_eq!(complaint, "");
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
        assert_plain_markdown(&printed, "");
    }
}

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
