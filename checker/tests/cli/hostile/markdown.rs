//! A comment as GitHub and GitLab display it: nothing in it is a link, an image, an element, a
//! mention or a reference that coexist did not mean.
//!
//! GitLab displays Markdown with the parser that is used here. GitHub's has the same grammar.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use html5gum::{Token, Tokenizer};

use super::build;
use crate::Folder;

/// The elements that a comment has, all without attributes.
const ELEMENTS: [&str; 5] = ["details", "summary", "b", "code", "span"];

/// The most characters of a comment on GitHub.
const LARGEST: usize = 65_536;

/// GitHub's extensions and GitLab's.
fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    for is_on in [
        &mut extension.alerts,
        &mut extension.autolink,
        &mut extension.cjk_friendly_emphasis,
        &mut extension.description_lists,
        &mut extension.footnotes,
        &mut extension.inline_footnotes,
        &mut extension.math_code,
        &mut extension.math_dollars,
        &mut extension.multiline_block_quotes,
        &mut extension.strikethrough,
        &mut extension.table,
        &mut extension.tasklist,
        &mut extension.wikilinks_title_after_pipe,
    ] {
        *is_on = true;
    }
    options.parse.relaxed_autolinks = true;
    options
}

/// That nothing in it is a link, an image, a mention, a reference, or an element that is not
/// of the report.
#[track_caller]
pub(super) fn assert_plain(printed: &str, context: &str) {
    assert!(printed.chars().count() <= LARGEST, "{}", printed.len());
    let arena = Arena::new();
    let root = parse_document(&arena, printed, &options());
    let mut code = 0;
    for node in root.descendants() {
        let is_meant = match &node.data.borrow().value {
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::SoftBreak
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::TaskItem(_)
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell => true,
            NodeValue::CodeBlock(block) => block.fenced && block.closed && block.info == "rust",
            NodeValue::Code(own) => own.literal.starts_with("coexist "),
            NodeValue::Heading(_) => ["From ", "No order "]
                .iter()
                .any(|begin| text_of(node).starts_with(begin)),
            NodeValue::Strong => ["Accepted", "Rejected", "release "]
                .iter()
                .any(|begin| text_of(node).starts_with(begin)),
            NodeValue::HtmlBlock(block) => is_own_html(&block.literal, &mut code),
            NodeValue::HtmlInline(html) => is_own_html(html, &mut code),
            NodeValue::Text(text) => is_plain(text, code > 0),
            _ => false,
        };
        let value = &node.data.borrow().value;
        assert!(is_meant, "{value:?}: {context}");
    }
    assert_eq!(code, 0, "{context}");
}

fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let texts = node
        .descendants()
        .map(|node| match &node.data.borrow().value {
            NodeValue::Text(text) => text.to_string(),
            _ => String::new(),
        });
    texts.collect()
}

/// Whether HTML has no element but those of a report; `code` counts the open `<code>`.
fn is_own_html(html: &str, code: &mut usize) -> bool {
    let mut tokens = Tokenizer::new(html).map(Result::unwrap);
    tokens.all(|token| match token {
        Token::StartTag(tag) => {
            let name = std::str::from_utf8(&tag.name).unwrap();
            *code += usize::from(name == "code");
            ELEMENTS.contains(&name) && tag.attributes.is_empty() && !tag.self_closing
        }
        Token::EndTag(tag) => {
            let name = std::str::from_utf8(&tag.name).unwrap();
            *code -= usize::from(name == "code");
            ELEMENTS.contains(&name)
        }
        Token::String(text) => is_plain(std::str::from_utf8(&text).unwrap(), *code > 0),
        Token::Comment(comment) => comment.starts_with(b" coexist "),
        Token::Doctype(_) | Token::Error(_) => false,
    })
}

/// Whether a text, which has no markup, is no link, mention, reference or emoji either: those
/// are looked for in the displayed text, element by element.
fn is_plain(text: &str, is_code: bool) -> bool {
    let lower = text.to_lowercase();
    let is_before = |sign: &str, is_next: fn(char) -> bool| {
        let mut found = lower.match_indices(sign);
        found.any(|(at, _)| lower[at + sign.len()..].starts_with(is_next))
    };
    let is_digit = |c: char| c.is_ascii_digit();
    let references = ["@", "!", "$", "%", "&", "~", "^"];
    let has_reference = is_before("#", is_digit)
        || is_before("gh-", is_digit)
        || references
            .iter()
            .any(|sign| is_before(sign, |c| c.is_alphanumeric() || c == '"'));
    let has_link = ["://", "www."].iter().any(|sign| lower.contains(sign));
    let words: Vec<&str> = lower.split(':').collect();
    let between = words.get(1..words.len() - 1).unwrap_or_default();
    let has_emoji = between.iter().any(|word| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let is_minutes = word.len() == 2 && word.parse::<u8>().is_ok();
        !word.is_empty() && !is_minutes && word.chars().all(is_name)
    });
    let mut brackets = lower.split('[').skip(1);
    let has_item = brackets.any(|rest| {
        let name = rest
            .split(|c: char| !c.is_ascii_lowercase() && c != '_')
            .next();
        let name = name.unwrap_or_default();
        !name.is_empty() && rest[name.len()..].starts_with(':')
    });
    // Emoji are not looked for in code.
    !has_link && !has_reference && !has_item && (is_code || !has_emoji)
}

#[test]
fn the_check_finds_what_a_comment_must_not_have() {
    let finds = |markdown: &str| std::panic::catch_unwind(|| assert_plain(markdown, "")).is_err();
    for markdown in [
        "[x](y)",
        "![x](y)",
        "<http://x.y>",
        "www.x.y",
        "https://x.y",
        "a@b.cd",
        "<img src=x>",
        "<b onclick=x>y</b>",
        "<!-- other -->",
        "<script>",
        "</code>x",
        "<code>x",
        "*x*",
        "~~x~~",
        "$x$",
        "[[x]]",
        "`x`",
        "# x",
        "> x",
        "---",
        "    x",
        "```\nx",
        "@me",
        "#1",
        "GH-1",
        "a!1",
        "~bug",
        ":octocat:",
        "a::tada::b",
        "[issue:1]",
        "<details>\n<summary>@me</summary>\n",
        "| a |\n| --- |\n| @me |",
    ] {
        assert!(finds(markdown), "{markdown}");
    }
    for markdown in [
        "<!-- coexist check app -->\n**Accepted** by coexist: x",
        "- [ ] **release 1**: x\n  - [ ] <code>a::b::c</code>",
        "<details>\n<summary><b>error</b> <code>a::b::c</code></summary>\n\n| a |\n| - |\n| b: c: d |\n",
        "1. x\n\n   ```rust\n   [x](y)\n   ```\n",
        "&#64; &#35; <span>@</span>me 1 < 2",
    ] {
        assert!(!finds(markdown), "{markdown}");
    }
}

/// What either site displays as something other than text.
const MARKUP: [&str; 44] = [
    ":octocat:",
    "~bug",
    "~\"a b\"",
    "!1",
    "%1",
    "$1",
    "$x$",
    "$`x`$",
    "&1",
    "[issue:1]",
    "[^1]",
    "^[x]",
    "[[x]]",
    "==x==",
    "||x||",
    "H~2~O",
    "x^2^",
    "a@b.cd",
    "mailto:a@b.cd",
    "xmpp:a@b.cd/c",
    "ftp://x.y",
    "WWW.x.y",
    "<https://x.y>",
    "&lt;img&gt;",
    "&#60;b&#62;",
    "&commat;me",
    "\\<b>",
    "- [x] y",
    "1. x",
    "> x",
    "# x",
    "| a | b |",
    "***x***",
    "__x__",
    "~~x~~",
    "```x",
    "<!--",
    "-->",
    "<details>",
    "</details>",
    "GH-1",
    "x/y#1",
    "x/y@abcdef1",
    "@me/team",
];

#[test]
fn markup_in_names_and_values_is_text() {
    let folder = Folder::new();
    let files = |markup: &str| {
        let old = build("1.0.0", markup, markup, &[markup, "a"]);
        let new = build("1.1.0", markup, "a", &["a"]);
        let mut gone = new.clone();
        gone["handlers"].as_array_mut().unwrap().pop();
        [("old", old), ("new", new), ("gone", gone)]
            .map(|(name, build)| folder.file(&format!("{name}.json"), build.to_string()))
    };
    let printed = |args: &[&str], markup: &str| {
        let (_, printed, complaint) = crate::run(&[args, &["--format", "markdown"]].concat());
        assert_eq!(complaint, "", "{markup}");
        assert!(printed.contains("1.0.0"), "{printed}");
        assert_plain(&printed, &format!("{markup} {printed}"));
    };
    for markup in MARKUP {
        let [old, new, gone] = files(markup);
        printed(&["check", &old, &new], markup);
        printed(&["plan", &old, &gone], markup);
    }
    let all = MARKUP.join(" ");
    let [old, new, gone] = files(&all);
    let ledger = crate::shown(&folder.path().join("ledger"));
    for args in [&["record", "init"][..], &["record", "deploy", &old]] {
        assert_eq!(
            crate::run(&[args, &["--ledger", &ledger]].concat()).0,
            Some(0)
        );
    }
    for build in [&new, &gone] {
        printed(&["gate", build, "--ledger", &ledger], &all);
        printed(&["check", &old, build], &all);
    }
}
