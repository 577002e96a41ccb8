//! `coexist scan`: what is read out of the sources of a small app, for each framework and engine.

mod frameworks;
mod pages;
mod programs;

use std::fmt::Write as _;

use serde_json::Value;

use super::{Folder, run, said, shown};

/// A package of these dependencies.
fn manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"app\"\nversion = \"1.2.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{dependencies}\n"
    )
}

/// The snapshot of an app with these files.
#[track_caller]
fn scanned(dependencies: &str, files: &[(&str, &str)]) -> Value {
    let folder = Folder::new();
    folder.file("Cargo.toml", manifest(dependencies));
    for (name, contents) in files {
        folder.file(name, contents);
    }
    let manifest = shown(&folder.path().join("Cargo.toml"));
    let args = ["scan", "--manifest-path", &manifest, "--format", "json"];
    let (status, printed, complaint) = run(&args);
    assert_eq!((status, &*complaint), (Some(0), ""));
    serde_json::from_str(&printed).unwrap()
}

/// What is printed of an app with these files.
#[track_caller]
fn printed(dependencies: &str, files: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    folder.file("Cargo.toml", manifest(dependencies));
    for (name, contents) in files {
        folder.file(name, contents);
    }
    let manifest = shown(&folder.path().join("Cargo.toml"));
    let (status, printed, complaint) = run(&["scan", "--manifest-path", &manifest]);
    assert_eq!((status, &*complaint), (Some(0), ""));
    assert!(
        printed.lines().all(|line| line.chars().count() <= 80),
        "{printed}"
    );
    printed
}

/// The fields, as `name` or `name?`: those that may be left out.
fn fields(item: &Value, always: &str) -> String {
    let Some(fields) = item["fields"].as_array() else {
        return String::new();
    };
    let names = fields.iter().map(|field| {
        let name = field["name"].as_str().unwrap();
        let mark = if field[always] == true { "" } else { "?" };
        format!("{name}{mark}")
    });
    format!(" [{}]", names.collect::<Vec<_>>().join(" "))
}

/// The handlers, a line each.
fn handlers(snapshot: &Value) -> String {
    let mut lines = String::new();
    for handler in snapshot["handlers"].as_array().unwrap() {
        let text = |key: &str| handler[key].as_str().unwrap();
        let fields = fields(handler, "required");
        writeln!(
            lines,
            "{} {} {}{fields}",
            text("method"),
            text("path"),
            text("id")
        )
        .unwrap();
    }
    lines
}

/// The forms, a line each: where they send, what, and on which pages.
fn forms(snapshot: &Value) -> String {
    let mut lines = String::new();
    for form in snapshot["forms"].as_array().unwrap() {
        let targets = form["posts_to"].as_array().unwrap().iter();
        let targets = targets.map(|target| {
            let method = target["method"].as_str().unwrap();
            format!("{method} {}", target["path"].as_str().unwrap_or("itself"))
        });
        let pages = form["pages"].as_array().into_iter().flatten();
        let pages = pages.map(|page| page["path"].as_str().unwrap());
        let place = &form["source"]["template"]["line"];
        let template = form["source"]["template"]["file"].as_str();
        let template = template.map_or_else(String::new, |file| format!(" {file}:{place}"));
        writeln!(
            lines,
            "{}{} on {}{template}",
            targets.collect::<Vec<_>>().join(", "),
            fields(form, "always"),
            pages.collect::<Vec<_>>().join(", "),
        )
        .unwrap();
    }
    lines
}

#[track_caller]
fn assert_lines(found: &str, expected: &[&str]) {
    let mut found: Vec<&str> = found.lines().collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
