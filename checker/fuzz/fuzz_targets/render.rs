//! All that commands print of two builds, in each format: whatever names and values they have,
//! nothing is obeyed by what displays it, and the judgements end within a bounded number of
//! steps.

#![no_main]

#[path = "../../tests/cli/hostile/harmless.rs"]
mod harmless;

use std::path::Path;

use coexist_checker::cli::respond;
use coexist_checker::judge::counting_steps;
use harmless::assert_harmless;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// What texts are made of: what is obeyed somewhere, and what begins it or joins it.
const PIECES: [&str; 48] = [
    "a", "b", "1", "0", "-", "_", ".", "/", ":", "::", "::error::", "#", "##", "##[", "##vso[",
    "[", "]", "(", ")", "](", "![", "<", ">", "<img src=x>", "</code>", "&", "&lt;", "\"", "'",
    "`", "```", "*", "~~", "|", "\\", "@me", "#1", "GH-1", "www.a.com", "http://a", "]]>", "%0A",
    "é", "\u{301}", "\u{200d}", "=", "{", "}",
];

/// What only values have, since names with it are refused.
const UNSEEN: [&str; 16] = [
    "\n", "\r\n", "\t", "\0", "\u{1b}[8m", "\u{1b}]8;;http://a\u{7}", "\u{85}", "\u{9b}2J",
    "\u{202e}", "\u{2066}", "\u{2028}", "\u{200b}", "\u{feff}", "\u{fdd0}", "\u{ffff}", " ",
];

const PATHS: [&str; 8] =
    ["/", "/a", "/a/{id}", "/{any}", "/{*rest}", "/a/b{n}.csv", "/a/b1.csv", "/b"];
const METHODS: [&str; 4] = ["POST", "GET", "PUT", "HEAD"];
const TYPES: [&str; 6] = ["text", "choice", "integer", "character", "boolean", "number"];
const RULES: [&str; 6] = [
    "handler-removed", "handler-not-yet", "method-changed", "field-narrowed", "form-dangling",
    "field-required",
];

fuzz_target!(|data: &[u8]| {
    let _used_up = run(&mut Unstructured::new(data));
});

fn run(data: &mut Unstructured<'_>) -> Result<()> {
    let name = text(data, false)?;
    let [old, new] = [build(data, &name, "1.0.0")?, build(data, &name, "1.1.0")?];
    let config = config(data)?;
    let folder = tempfile::tempdir().expect("the temporary folder takes it");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (name, contents) in [
        ("old.json", old.to_string()),
        ("new.json", new.to_string()),
        ("coexist.toml", config),
    ] {
        std::fs::write(path(name), contents).expect("the temporary folder takes it");
    }
    let [old, new, config, ledger, html] =
        ["old.json", "new.json", "coexist.toml", "ledger", "report.html"].map(path);
    let reports = ["text", "json", "github", "sarif", "junit", "markdown"];
    let plans = ["text", "json", "markdown"];
    // Each command takes some time, so that one is run.
    match data.int_in_range(0..=5)? {
        0 => respond_in(&reports, &["check", &old, &new]),
        1 => respond_in(&reports, &["check", &old, &new, "--config", &config]),
        2 => {
            respond_in(&plans, &["plan", &old, &new]);
            respond_in(&plans, &["plan", "--check", &old, &new]);
        }
        3 => {
            respond_in(&["text", "json"], &["inspect", &new]);
            respond_in(&["text", "json"], &["simulate", &old, &new, "--submissions", "1000"]);
        }
        4 => {
            respond_in(&[""], &["report", &old, &new, "--html", &html]);
            if let Ok(html) = std::fs::read_to_string(Path::new(&html)) {
                assert_harmless("html", &html, "");
            }
        }
        _ => {
            let at = ["--ledger", &ledger];
            for args in [&["record", "init"][..], &["record", "deploy", &old]] {
                respond_in(&[""], &[args, &at].concat());
            }
            respond_in(&reports, &[&["gate", &new][..], &at].concat());
            respond_in(&["text", "json"], &[&["record", "list"][..], &at].concat());
        }
    }
    Ok(())
}

/// Runs a command in each of these formats.
fn respond_in(formats: &[&str], args: &[&str]) {
    for format in formats {
        let given = ["--format", format, "--color", "always"];
        let given = if format.is_empty() { &[][..] } else { &given };
        let args = [&["coexist"], args, given].concat();
        let (response, steps) = counting_steps(|| respond(&args));
        let context = format!("{args:?}\n{response:?}");
        assert!(steps <= 1_000_000, "{steps} steps: {context}");
        assert_harmless("text", &response.complaint, &context);
        let output = String::from_utf8(response.output).expect("it is UTF-8");
        let format = if format.is_empty() { "text" } else { format };
        assert_harmless(format, &output, &context);
    }
}

/// A text of a few pieces; a value may also have what names must not have.
fn text(data: &mut Unstructured<'_>, is_value: bool) -> Result<String> {
    let mut text = String::new();
    for _ in 0..data.int_in_range(1..=6)? {
        text.push_str(if is_value && data.ratio(1, 3)? {
            data.choose(&UNSEEN)?
        } else {
            data.choose(&PIECES)?
        });
    }
    Ok(text)
}

fn build(data: &mut Unstructured<'_>, name: &str, version: &str) -> Result<Value> {
    let mut handlers = Vec::new();
    for number in 0..data.int_in_range(0..=3)? {
        let mut handler = endpoint(data)?;
        // The same handler may be in both builds.
        handler["id"] = json!(format!("{}::h{number}", text(data, false)?));
        handler["since"] = json!(data.choose(&["1.0.0", "1.1.0", "next"])?);
        handler["source"] = json!({ "file": text(data, false)?, "line": 1 });
        handler["partial"] = json!(data.ratio(1, 4)?);
        handler["fields"] = fields(data, "required")?;
        handlers.push(handler);
    }
    let mut forms = Vec::new();
    for number in 0..data.int_in_range(0..=3)? {
        let mut target = endpoint(data)?;
        if data.ratio(1, 4)? {
            target["elsewhere"] = json!(true);
        }
        forms.push(json!({
            "id": format!("{}::f{number}", text(data, false)?),
            "posts_to": [target],
            "source": { "file": text(data, false)?, "line": 2 },
            "fields": fields(data, "always")?,
        }));
    }
    Ok(json!({
        "format": 1,
        "release": { "name": name, "version": version },
        "handlers": handlers,
        "forms": forms,
    }))
}

fn endpoint(data: &mut Unstructured<'_>) -> Result<Value> {
    let mut path = (*data.choose(&PATHS)?).to_owned();
    if data.ratio(1, 4)? {
        let text = text(data, false)?;
        path = format!("/{}", text.replace(['{', '}', '#', '/', '?'], ""));
    }
    Ok(json!({ "method": data.choose(&METHODS)?, "path": path }))
}

fn fields(data: &mut Unstructured<'_>, key: &str) -> Result<Value> {
    let mut fields = Vec::new();
    for number in 0..data.int_in_range(0..=2)? {
        let kind = *data.choose(&TYPES)?;
        let name = if data.ratio(1, 2)? { text(data, false)? } else { "a".to_owned() };
        let mut field = json!({ "name": format!("{name}{number}"), "type": kind });
        field[key] = json!(data.ratio(1, 2)?);
        if kind == "choice" {
            field["choices"] = json!([text(data, true)?, "a"]);
        }
        fields.push(field);
    }
    Ok(json!(fields))
}

fn config(data: &mut Unstructured<'_>) -> Result<String> {
    let mut config = String::new();
    for _ in 0..data.int_in_range(0..=2)? {
        let (rule, reason) = (data.choose(&RULES)?, json!(text(data, true)?).to_string());
        // What TOML does not know as a character, it does not escape.
        let reason = reason.replace('\u{7f}', "\\u007f");
        let (method, path) = (data.choose(&METHODS)?, data.choose(&PATHS)?);
        config.push_str(&format!(
            "[[waivers]]\nrule = \"{rule}\"\nendpoint = \"{method} {path}\"\nreason = {reason}\n\
             expires = 2999-01-01\n"
        ));
    }
    Ok(config)
}

/// Takes the place of the tests' parsers of Markdown, which are too slow here.
mod markdown {
    /// Asserts that a comment has only the report's own elements, and fits in one.
    pub(super) fn assert_plain(printed: &str, context: &str) {
        const ELEMENTS: [&str; 6] = ["!-- coexist ", "details>", "summary>", "b>", "code>", "span>"];
        assert!(printed.chars().count() <= 65_536, "{}", printed.len());
        let mut is_fenced = false;
        for line in printed.lines() {
            if line.trim_start().starts_with("```") {
                is_fenced = !is_fenced;
                continue;
            }
            for element in line.split('<').skip(1).filter(|_| !is_fenced) {
                let name = element.strip_prefix('/').unwrap_or(element);
                let is_ours = ELEMENTS.iter().any(|known| name.starts_with(known));
                assert!(is_ours, "{line}: {context}");
            }
        }
        assert!(!is_fenced, "{context}");
    }
}
