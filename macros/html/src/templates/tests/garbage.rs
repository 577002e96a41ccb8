//! Templates that nobody writes: whatever is in them, there is an answer, in words that obey nobody's
//! terminal.

use super::{Engine, read_page};
use crate::printable::is_obeyed;
use crate::read_counting_steps;
use crate::tests::numbers::Numbers;

/// Pieces of templates of each engine, as they are and torn.
const TAGS: &[&str] = &[
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{{{",
    "{{{{/",
    "{%",
    "%}",
    "{#",
    "#}",
    "{%-",
    "-%}",
    "{{~",
    "~}}",
    "<%",
    "%>",
    "<%=",
    "<%-",
    "<%#",
    "<%%",
    "<%+",
    "@",
    "@(",
    "@:",
    "@*",
    "*@",
    "@@",
    "@{",
    "@}",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "|",
    "||",
    "~",
    "+",
    ",",
    ".",
    "::",
    "=",
    "=>",
    ";",
    ":",
    "\\",
    "\"",
    "'",
    "`",
    " ",
    "\n",
    "é",
    "\u{202e}",
    "0",
    "a",
    "b.c",
    "a::b",
    "\"a.html\"",
    "'page'",
    "if ",
    "else ",
    "elif ",
    "for ",
    "match ",
    " in ",
    "let ",
    "set ",
    "block ",
    "endblock",
    "extends ",
    "include ",
    "import ",
    "from ",
    " as ",
    "macro ",
    "endmacro",
    "call ",
    "caller()",
    "super()",
    "self.",
    "raw",
    "endraw",
    "filter safe",
    "with ",
    "#if ",
    "#each ",
    "/if",
    "#> ",
    "> ",
    "@partial-block",
    "#*inline ",
    "include!(",
    "@use ",
    "<form action='/a",
    "'>",
    "<a/>",
];

/// Templates made of such pieces, as each engine finds them.
fn read_garbage(numbers: &mut Numbers) -> usize {
    let text = |numbers: &mut Numbers| {
        let pieces = 1 + numbers.below(40);
        let pieces = (0..pieces).map(|_| TAGS[numbers.below(TAGS.len())]);
        pieces.collect::<String>()
    };
    let names = ["page", "a.html", "page.html", "page.hbs", "page.stpl"];
    let files = names.iter().map(|name| (*name, text(numbers)));
    let mut files: Vec<(&str, String)> = files.collect();
    for name in ["page.rs.html", "a.rs.html"] {
        let head = if numbers.below(4) == 0 {
            ""
        } else {
            "@use super::a_html;\n@(a: &str)\n"
        };
        files.push((name, format!("{head}{}", text(numbers))));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut found = 0;
    for (engine, name) in [
        (Engine::Minijinja, "page.html"),
        (Engine::Tera, "page.html"),
        (Engine::Handlebars, "page"),
        (Engine::Sailfish, "page.stpl"),
        (Engine::Ructe, "page_html"),
    ] {
        match read_page(engine, name, &files) {
            Ok(page) => {
                found += read_counting_steps(&page.source).0.len();
                for gap in page.gaps {
                    assert!(!gap.why.chars().any(is_obeyed), "{gap:?}");
                }
            }
            Err(error) => {
                let said = error.to_string();
                assert!(!said.chars().any(is_obeyed), "{said:?}");
            }
        }
    }
    found
}

#[test]
fn no_template_is_too_broken_to_be_read() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let found: usize = (0..1_500).map(|_| read_garbage(&mut numbers)).sum();
    assert!(found > 100, "the garbage holds {found} forms and links");
}
