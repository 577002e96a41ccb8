//! Text for people: the verdict first and last, one paragraph for what one change mends,
//! and everything with `--verbose`.

use serde_json::{Value, json};

use super::{Folder, run};

/// The line of a template that is a link to `/help`, as a form of a page.
fn link(page: usize) -> Value {
    json!({ "id": format!("app::pages::Page{page:02}#help"), "kind": "link",
        "posts_to": [{ "method": "GET", "path": "/help" }],
        "source": { "file": format!("src/pages/{page}.rs"), "line": 12,
            "template": { "file": "templates/header.html", "line": 52 } } })
}

/// The form for an action of its own.
fn form(number: usize) -> Value {
    json!({ "id": format!("app::forms::Form{number:02}"), "encoding": "urlencoded",
        "posts_to": [{ "method": "POST", "path": format!("/actions/{number}") }],
        "source": { "file": format!("src/forms/{number}.rs"), "line": 7 } })
}

fn handler(method: &str, path: &str, name: &str) -> Value {
    json!({ "id": format!("app::{name}"), "method": method, "path": path })
}

/// A build with so many pages that include the link, and so many forms of their own.
fn build(version: &str, pages: usize, forms: usize) -> String {
    let items = (0..pages).map(link).chain((0..forms).map(form));
    let mut handlers: Vec<Value> = (0..forms)
        .map(|number| {
            handler(
                "POST",
                &format!("/actions/{number}"),
                &format!("act{number:02}"),
            )
        })
        .collect();
    if pages > 0 {
        handlers.push(handler("GET", "/help", "help"));
    }
    handlers.push(handler("GET", "/", "home"));
    json!({ "format": 2, "release": { "name": "app", "version": version },
        "handlers": handlers, "forms": items.collect::<Vec<_>>() })
    .to_string()
}

fn builds(old: String, new: String) -> (Folder, [String; 2]) {
    let folder = Folder::new();
    let files = [folder.file("old.json", old), folder.file("new.json", new)];
    (folder, files)
}

#[test]
fn what_twenty_pages_include_is_one_paragraph_with_the_line_of_the_template() {
    let (_folder, [old, new]) = builds(build("1.0.0", 20, 0), build("1.1.0", 0, 0));
    let (status, text, _) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1));
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    let headline = "error[handler-removed]: whoever follows the link \
                    `templates/header.html:52` (in 20 pages) from pages of 1.0.0 to nodes of \
                    1.1.0 gets 404 Not Found";
    assert!(words.contains(headline), "{text}");
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    assert!(text.lines().count() < 25, "{text}");
    let (_, plan, _) = run(&["plan", &old, &new]);
    assert!(
        plan.contains("at templates/header.html:52 (in 20 pages)"),
        "{plan}"
    );
    assert_eq!(plan.matches("\n  - ").count(), 2, "{plan}");
    let (_, all, _) = run(&["plan", "--verbose", &old, &new]);
    assert_eq!(all.matches("\n  - remove the form ").count(), 20, "{all}");
}

#[test]
fn the_verdict_is_the_first_line_and_the_last_one() {
    let (_folder, [old, new]) = builds(build("1.0.0", 3, 3), build("1.1.0", 0, 0));
    for args in [
        &["check"][..],
        &["check", "--verbose"],
        &["plan"],
        &["plan", "--verbose"],
    ] {
        let (_, text, _) = run(&[args, &[&*old, &*new]].concat());
        let (first, last) = (text.lines().next(), text.lines().last());
        assert_eq!(first, last, "{text}");
        let verdict = first.unwrap_or_default();
        assert!(
            verdict.starts_with("rejected: ") || verdict.starts_with("plan: "),
            "{text}"
        );
    }
    let (_, text, _) = run(&["check", &old, &old]);
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn a_large_change_is_brief_and_nothing_of_it_is_lost() {
    let (_folder, [old, new]) = builds(build("1.0.0", 90, 60), build("1.1.0", 0, 0));
    let (_, text, _) = run(&["check", &old, &new]);
    assert!(text.lines().count() <= 150, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert_eq!(text.matches("error[").count(), 2, "{text}");
    let (_, plan, _) = run(&["plan", &old, &new]);
    assert!(plan.lines().count() <= 60, "{plan}");
    let (_, all, _) = run(&["check", "--verbose", &old, &new]);
    for number in 0..60 {
        assert!(
            all.contains(&format!("app::forms::Form{number:02}")),
            "{number}"
        );
    }
}

#[test]
fn an_older_build_is_said_to_go_back() {
    let (_folder, [old, new]) = builds(build("1.1.0", 1, 1), build("1.0.0", 0, 0));
    let (status, text, _) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1));
    assert!(
        text.contains("\nnote: 1.0.0 is older than 1.1.0: "),
        "{text}"
    );
}

#[test]
fn what_other_programs_serve_is_named_with_the_handler_of_files_that_one_build_has() {
    let folder = Folder::new();
    let version = |version: &str, serves_files: bool| {
        let mut handlers = vec![json!({ "id": "app::home", "method": "GET", "path": "/" })];
        if serves_files {
            handlers
                .push(json!({ "id": "app::Assets", "method": "GET", "path": "/static/{*path}" }));
        }
        let form = json!({ "id": "app::page", "posts_to": [
            { "method": "GET", "path": "/static/terms.pdf", "elsewhere": true },
            { "method": "POST", "path": "/pay", "elsewhere": true, "host": "shop.example.com" } ] });
        let build = json!({ "format": 1, "release": { "name": "app", "version": version },
            "handlers": handlers, "forms": [form] });
        folder.file(&format!("{version}.json"), build.to_string())
    };
    let (old, new) = (version("1.0.0", false), version("1.1.0", true));
    // No page of the new build, which knows the handler, meets a node of the old one.
    let policy = ["--strategy=blue-green", "--rollback=false"];
    let (status, text, _) = run(&[&["check", &old, &new], &policy[..]].concat());
    assert_eq!(status, Some(0), "{text}");
    let count = "2 endpoints of other programs not judged";
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    assert!(text.contains(count), "{text}");
    let names = "note: not judged, since other programs serve it: GET /static/terms.pdf of `app::page` \
                 (`app::Assets` serves it in 1.1.0), POST https://shop.example.com/pay of `app::page`";
    assert!(text.contains(names), "{text}");
}
