//! A file that a form is read from is a part of the crate: changed, it makes another
//! program.

use std::fs;
use std::path::Path;

use coexist_checker::artifact;
use coexist_tests::{cargo, program, succeed, target, workspace};

const MANIFEST: &str = r#"
[package]
name = "changing"
version = "1.0.0"
edition = "2024"

[workspace]

[dependencies]
askama = { version = "0.16.1", default-features = false, features = ["derive", "std"] }
"#;

const MAIN: &str = r#"//! Generated.
coexist::release!();

#[coexist::form(since = "1.0.0")]
const TEXT: &str = include_str!("text.html");

#[coexist::form(since = "1.0.0")]
#[derive(askama::Template)]
#[template(path = "page.html")]
struct Page;

fn main() {
    println!("{TEXT}{}", askama::Template::render(&Page).unwrap());
}
"#;

fn form(address: &str) -> String {
    format!("<form method=\"post\" action=\"{address}\"></form>\n")
}

/// Builds the package; returns where its forms post to.
fn addresses(folder: &Path) -> Vec<String> {
    let mut cargo = cargo(folder);
    cargo
        .args(["build", "--quiet", "--offline", "--target-dir"])
        .arg(target());
    succeed(&mut cargo).unwrap();
    let program = target().join("debug").join(program("changing"));
    let registry = artifact::open(&program, None).unwrap();
    let addresses = registry.forms.iter().map(|form| {
        let paths = form.posts_to.iter().map(|target| target.path.as_str());
        format!("{} {}", form.id, paths.collect::<Vec<_>>().join(" "))
    });
    let mut addresses: Vec<String> = addresses.collect();
    addresses.sort();
    addresses
}

#[test]
fn a_changed_file_changes_the_records() {
    let folder = target().join("changing");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let coexist = workspace().join("runtime").display().to_string();
    let features = r#"features = ["askama", "maud"]"#;
    let manifest = format!("{MANIFEST}coexist = {{ path = {coexist:?}, {features} }}\n");
    write("Cargo.toml", &manifest);
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    write("src/main.rs", MAIN);
    write("src/text.html", &form("/text"));
    write("templates/layout.html", "{% block form %}{% endblock %}");
    write("templates/included.html", &form("/included"));
    let page = "{% extends \"layout.html\" %}{% block form %}{% include \"included.html\" %}{% endblock %}";
    write("templates/page.html", page);
    let id = |form: &str| format!("changing::{form}");
    assert_eq!(addresses(&folder), [id("Page /included"), id("TEXT /text")]);

    write("src/text.html", &form("/other-text"));
    write("templates/included.html", &form("/other"));
    assert_eq!(
        addresses(&folder),
        [id("Page /other"), id("TEXT /other-text")]
    );

    write(
        "templates/layout.html",
        "<a href='/'>Home</a>{% block form %}{% endblock %}",
    );
    assert_eq!(
        addresses(&folder),
        [
            id("Page /other"),
            id("Page#GET / /"),
            id("TEXT /other-text")
        ]
    );
}
