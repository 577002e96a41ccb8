//! `coexist report`: one file, whole, that holds all there is to say and nothing that the
//! builds would make of it.

mod towards;

use std::collections::HashSet;
use std::path::Path;

use html5gum::{Token, Tokenizer};

use super::{Folder, fixture, run, shown};

fn pair(name: &str) -> [String; 2] {
    ["old.json", "new.json"].map(|file| match name {
        "nasty" | "folded" => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/formats");
            shown(&folder.join(name).join(file))
        }
        _ => fixture(&format!("{name}/{file}")),
    })
}

/// The report on a pair, and the exit status.
#[track_caller]
fn report(name: &str, args: &[&str]) -> (Option<i32>, String) {
    let folder = Folder::new();
    let file = shown(&folder.path().join("report.html"));
    let [old, new] = pair(name);
    let (status, _, complaint) =
        run(&[&["report", &old, &new, "--html", &file][..], args].concat());
    assert_eq!(complaint, "", "{name} {args:?}");
    (status, std::fs::read_to_string(file).unwrap())
}

/// An element, and all that is in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    depth: usize,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (key == name).then_some(&**value))
    }
}

/// The elements of a document, each of which ends where it must.
#[track_caller]
fn elements(html: &str) -> Vec<Element> {
    const VOID: [&str; 2] = ["meta", "br"];
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(key, value)| (utf8(key), utf8(value)));
                elements.push(Element {
                    name: name.clone(),
                    attributes: attributes.collect(),
                    depth: open.len(),
                    text: String::new(),
                });
                if !VOID.contains(&&*name) {
                    open.push(elements.len() - 1);
                }
            }
            Token::EndTag(tag) => {
                let last = open.pop().map(|last| elements[last].name.clone());
                assert_eq!(last, Some(utf8(&tag.name)));
            }
            Token::String(text) => {
                for element in &open {
                    elements[*element].text.push_str(&utf8(&text));
                }
            }
            Token::Error(error) => panic!("{error:?}"),
            Token::Comment(_) => panic!("a comment"),
            Token::Doctype(_) => {}
        }
    }
    assert_eq!(open.len(), 0);
    elements
}

/// What every report must satisfy.
#[track_caller]
fn assert_is_whole(html: &str) -> Vec<Element> {
    let elements = elements(html);
    let attributes = || elements.iter().flat_map(|element| &element.attributes);
    let ids = attributes().filter(|(key, _)| key == "id");
    let ids: Vec<&str> = ids.map(|(_, value)| &**value).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "each id is there once: {ids:?}");
    for (key, value) in attributes() {
        match &**key {
            // Names a kind of file, and asks for nothing.
            "xmlns" => continue,
            "href" => assert!(known.contains(value.strip_prefix('#').unwrap()), "{value}"),
            "aria-labelledby" | "aria-describedby" => {
                assert!(known.contains(&**value), "{value}");
            }
            "src" | "srcset" | "action" | "data" => panic!("{key}={value}"),
            _ => assert!(!key.starts_with("on"), "{key}={value}"),
        }
        if let Some((_, url)) = value.split_once("url(") {
            let id = url.trim_start_matches('#').trim_end_matches(')');
            assert!(known.contains(id), "{value}");
        }
    }
    for element in &elements {
        let is_of_another_file = [
            "script", "link", "iframe", "img", "object", "base", "image", "use",
        ];
        assert!(
            !is_of_another_file.contains(&&*element.name),
            "{}",
            element.name
        );
        if element.name == "style" {
            assert!(!element.text.contains("url("), "{}", element.text);
            assert!(!element.text.contains("@import"), "{}", element.text);
        }
        if element.name == "svg" {
            assert_eq!(element.attribute("role"), Some("img"));
        }
    }
    let headings = elements.iter().filter_map(|element| {
        let level = element.name.strip_prefix('h')?;
        level.parse::<u8>().ok()
    });
    let mut above = 0;
    for level in headings {
        assert!(level <= above + 1, "h{level} below h{above}");
        above = level;
    }
    for nothing in ["NaN", "inf ", "\">inf"] {
        assert!(!html.contains(nothing), "{nothing}");
    }
    elements
}

/// The text of the element with that id.
#[track_caller]
fn text<'a>(elements: &'a [Element], id: &str) -> &'a str {
    let mut elements = elements.iter();
    let element = elements.find(|element| element.attribute("id") == Some(id));
    &element.unwrap().text
}

#[test]
fn it_holds_the_verdict_each_finding_and_each_step_of_the_plan() {
    let (status, html) = report("folded", &[]);
    assert_eq!(status, Some(1));
    let elements = assert_is_whole(&html);
    let [old, new] = pair("folded");
    let (_, checked, _) = run(&["check", &old, &new, "--format=json"]);
    let checked: serde_json::Value = serde_json::from_str(&checked).unwrap();
    let findings = checked["findings"].as_array().unwrap();
    assert!(findings.len() > 10);
    let header = elements.iter().find(|element| element.name == "header");
    assert!(header.unwrap().text.contains("✗ rejected: "));
    for finding in findings {
        let said = text(&elements, "findings");
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let endpoint = &finding["endpoint"];
        let endpoint = format!("{} {}", word(&endpoint["method"]), word(&endpoint["path"]));
        for what in [
            &word(&finding["rule"]),
            &word(&finding["page"]["form"]),
            &endpoint,
        ] {
            assert!(said.contains(what), "{what}");
        }
    }
    let (_, plan, _) = run(&["plan", &old, &new, "--format=json"]);
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let steps = plan["steps"].as_array().unwrap();
    assert!(steps.len() > 1);
    for (step, number) in steps.iter().zip(1..) {
        let said = text(&elements, "plan");
        assert!(said.contains(&format!("release {number}")));
        for change in step["changes"].as_array().unwrap() {
            let message = change["message"].as_str().unwrap().replace('`', "");
            assert!(said.contains(&message), "{message}");
        }
    }
    let failures = text(&elements, "failures");
    assert!(failures.contains("0 submissions fail"), "{failures}");
}

#[test]
fn it_is_whole_whatever_the_policy_and_the_roll() {
    let cases: [(&str, i32, &[&str]); 11] = [
        ("handler-removed/near_miss", 0, &[]),
        ("handler-removed/triggers", 1, &["--strategy=blue-green"]),
        (
            "handler-removed/triggers",
            1,
            &["--strategy=pinned", "--nodes=1"],
        ),
        (
            "handler-not-yet/triggers",
            1,
            &["--rollback=false", "--sticky"],
        ),
        (
            "field-required/triggers",
            1,
            &["--canary=5%", "--rollback-at=17m", "--sticky"],
        ),
        (
            "handler-removed/triggers",
            1,
            &["--page-lifetime=0s", "--dwell-median=0s", "--dwell-p95=0s"],
        ),
        (
            "handler-removed/triggers",
            1,
            &[
                "--roll=0s",
                "--page-lifetime=0s",
                "--dwell-median=0s",
                "--dwell-p95=0s",
            ],
        ),
        ("target-undecided/triggers", 0, &["--page-lifetime=30d"]),
        ("form-dangling/triggers", 1, &["--roll=0s"]),
        ("field-narrowed/triggers", 1, &["--roll=3h"]),
        (
            "handler-removed/triggers",
            1,
            &["--nodes=2000", "--form=importer::pages::upload_csv=0.5"],
        ),
    ];
    for (name, expected, args) in cases {
        let (status, html) = report(name, args);
        assert_eq!(status, Some(expected), "{name} {args:?}");
        assert_is_whole(&html);
        assert_eq!(report(name, args).1, html, "the same twice");
    }
}

#[test]
fn names_of_the_builds_are_text() {
    let (_, html) = report("nasty", &[]);
    let elements = assert_is_whole(&html);
    let said = text(&elements, "findings");
    assert!(
        said.contains("importer::<script>alert(1)</script>|`%\",é*_[x](y)@me"),
        "{said}"
    );
    assert!(said.contains("POST /a|b%<i>,é\"`{id}"), "{said}");
    assert!(!html.contains('\u{1b}'));
    let heading = elements.iter().find(|element| element.name == "h1");
    assert_eq!(heading.unwrap().text, "imp\"`|-->: 1.1.0 over 1.0.0");
}

#[test]
fn its_structure() {
    let elements = assert_is_whole(&report("handler-removed/triggers", &[]).1);
    let mut outline = String::new();
    for element in &elements {
        let shown = [
            "header", "nav", "main", "section", "footer", "h1", "h2", "h3", "figure", "article",
            "details", "summary", "caption", "title", "th",
        ];
        if !shown.contains(&&*element.name) {
            continue;
        }
        let id = element.attribute("id").map(|id| format!("#{id}"));
        let is_a_leaf = ["h1", "h2", "h3", "summary", "caption", "title", "th"];
        let text = if is_a_leaf.contains(&&*element.name) {
            format!(": {}", element.text)
        } else {
            String::new()
        };
        let (indent, id) = ("  ".repeat(element.depth), id.unwrap_or_default());
        outline.push_str(&format!("{indent}{}{id}{text}\n", element.name));
    }
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("report", outline);
    });
}

#[test]
fn what_is_planned_is_simulated_and_fails_nobody() {
    let (_, html) = report("field-required/triggers", &[]);
    let elements = assert_is_whole(&html);
    let title = "In 3 releases: 0 submissions fail";
    assert!(elements.iter().any(|element| element.text == title));
    // Waived submissions fail nevertheless, and the curve says so.
    let folder = Folder::new();
    let policy = folder.file(
        "coexist.toml",
        "[[waivers]]\nrule = \"handler-removed\"\nendpoint = \"POST /imports/csv\"\n\
         reason = \"support calls them\"\nexpires = 2030-01-01\n",
    );
    let args = ["--config", &policy, "--now", "2026-11-24"];
    let (status, html) = report("handler-removed/triggers", &args);
    assert_eq!(status, Some(0));
    let elements = assert_is_whole(&html);
    let failures = text(&elements, "failures");
    assert!(failures.contains("handler-removed, waived"), "{failures}");
    assert!(!failures.contains("✓ none fails"), "{failures}");
    assert!(text(&elements, "findings").contains("support calls them"));
}

#[test]
fn a_fault_within_one_build_is_not_counted_and_no_plan_mends_it() {
    let elements = assert_is_whole(&report("form-dangling/triggers", &[]).1);
    let said = "ot counted: 1 fault within 1.1.0";
    let header = elements.iter().find(|element| element.name == "header");
    assert!(header.unwrap().text.contains(said));
    assert!(text(&elements, "failures").contains(said));
    let plan = text(&elements, "plan");
    assert!(plan.contains("within 1.1.0 itself: 1 finding."), "{plan}");
}

#[test]
fn it_is_written_whole_or_not_at_all() {
    let folder = Folder::new();
    let before = folder.file("report.html", "before");
    let [old, new] = pair("handler-removed/triggers");
    for (args, why) in [
        (
            vec!["report", &*old, "no-such-build", "--html", &*before],
            "no-such-build",
        ),
        (
            vec!["report", &*old, &*new, "--html", &*before, "--nodes=0"],
            "0 nodes",
        ),
    ] {
        let (status, printed, complaint) = run(&args);
        assert_eq!((status, &*printed), (Some(2), ""));
        assert!(complaint.contains(why), "{complaint}");
        assert_eq!(std::fs::read_to_string(&before).unwrap(), "before");
    }
    let nowhere = shown(&folder.path().join("no-such-folder/report.html"));
    let (status, printed, complaint) = run(&["report", &old, &new, "--html", &nowhere]);
    assert_eq!((status, &*printed), (Some(2), ""));
    assert!(complaint.contains("cannot write the file"), "{complaint}");
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let (_, html) = report("handler-removed/triggers", &[]);
    let drawn = html.split_inclusive("</svg>").next().unwrap();
    let drawn = format!("{}\n", &drawn[drawn.find("<svg").unwrap()..]);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/timing.svg");
    if std::fs::read_to_string(&file).is_ok_and(|there| there == drawn) {
        return;
    }
    let new = file.with_extension("svg.new");
    std::fs::write(&new, drawn).unwrap();
    panic!(
        "{} is another picture: look at {}, and put it in its place",
        file.display(),
        new.display()
    );
}
