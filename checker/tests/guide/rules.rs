//! The page of the rules is what the rules say of themselves.

use std::fmt::Write as _;
use std::fs;

use coexist_checker::model::Rule;
use coexist_checker::rules;

use super::{read, repository};

/// The line after which the page is written from the rules.
const MARK: &str = "<!-- Written from the rules' own documentation: UPDATE_PAGES=1 cargo test -p coexist-checker --test guide -->\n";

fn level(rule: &Rule) -> String {
    format!("{:?}", rule.level).to_lowercase()
}

/// Indented code in fences: rustdoc takes it for Rust otherwise.
fn fenced(doc: &str) -> String {
    let mut lines = Vec::new();
    let mut is_code = false;
    for line in doc.lines() {
        let code = line.strip_prefix("    ");
        if !line.is_empty() && code.is_some() != is_code {
            // What ends a block stands before the empty line, if there is one.
            let at = match lines.last() {
                Some(&"") if is_code => lines.len() - 1,
                _ => lines.len(),
            };
            lines.insert(at, if is_code { "```" } else { "```text" });
            is_code = !is_code;
        }
        lines.push(code.unwrap_or(line));
    }
    if is_code {
        lines.push("```");
    }
    lines.join("\n")
}

fn generated() -> String {
    let mut page = "\n| rule | level | finds |\n| --- | --- | --- |\n".to_owned();
    for rule in rules::ALL {
        let (name, level, summary) = (rule.name, level(rule), rule.summary);
        writeln!(page, "| [`{name}`](#{name}) | {level} | {summary} |").unwrap();
    }
    for rule in rules::ALL {
        // A bracket in a rule's text is a bracket, and not a link.
        let doc = fenced(&rule.doc.trim_end().replace("[rules]", "`[rules]`"));
        let level = level(rule);
        write!(page, "\n## {}\n\nLevel: {level}.\n\n{doc}\n", rule.name).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_rules_is_what_they_say_of_themselves() {
    let file = repository().join("runtime/docs/rules.md");
    let page = read(&file);
    let (head, _) = page.split_once(MARK).unwrap();
    let expected = format!("{head}{MARK}{}", generated());
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&file, &expected).unwrap();
    }
    assert!(
        read(&file) == expected,
        "runtime/docs/rules.md does not say what the rules say: run `UPDATE_PAGES=1 cargo test \
         -p coexist-checker --test guide`, and read the change"
    );
}
