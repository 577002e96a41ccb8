//! Markdown for comments on GitHub and in other trackers. What comes from outside is text
//! there: no markup, no HTML, no link, no mention, no reference to an issue.

use std::io::{self, Write};

use super::text;
use crate::support::visible::escaped;

/// How many bytes are written at most: GitHub does not accept comments of more than 65536
/// characters.
const LARGEST: usize = 60_000;

/// How many characters of a text are written that cannot be left out.
const LONGEST: usize = 1_000;

/// A comment, up to its largest size.
pub(crate) struct Comment<'w> {
    to: &'w mut dyn Write,
    left: usize,
}

impl<'w> Comment<'w> {
    /// An empty comment.
    pub(crate) fn new(to: &'w mut dyn Write) -> Self {
        Self { to, left: LARGEST }
    }

    /// Writes a part; `false`: it has no room any more, and nothing is written, nor will be.
    pub(crate) fn write(&mut self, part: &str) -> io::Result<bool> {
        let part = text(part);
        let Some(left) = self.left.checked_sub(part.len()) else {
            self.left = 0;
            return Ok(false);
        };
        self.left = left;
        self.to.write_all(part.as_bytes())?;
        Ok(true)
    }

    /// Writes how much is left out, which always has room.
    pub(crate) fn end(self, rest: &str) -> io::Result<()> {
        self.to.write_all(text(rest).as_bytes())
    }
}

/// A text of coexist, with its `code`.
pub(crate) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its other half is one of a name.
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let parts = parts.into_iter().enumerate();
    let parts = parts.map(|(position, part)| match position % 2 {
        0 => plain(part),
        _ => code(part),
    });
    parts.collect()
}

/// A name, as code.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", with_references(text, true))
}

/// Rust to copy, in a block of its own behind that indentation.
pub(crate) fn block(paste: &str, indent: &str) -> String {
    let paste = escaped(paste);
    let fence = "`".repeat(longest_run(&paste).max(2) + 1);
    format!("{indent}{fence}rust\n{indent}{paste}\n{indent}{fence}\n")
}

/// The beginning of a text that is too long for a comment.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text, with a character reference for each character that means something in HTML or
/// in Markdown. What would become a link, a mention, a reference or an emoji all the same is
/// divided by elements that show nothing: those are looked for when the character references
/// are already read.
///
/// <https://docs.gitlab.com/user/markdown/#gitlab-specific-references>
pub(crate) fn plain(text: &str) -> String {
    with_references(text, false)
}

/// The same; in code there are no emoji.
fn with_references(text: &str, is_code: bool) -> String {
    let text = escaped(text);
    let mut plain = String::new();
    let mut before = ' ';
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        let is_of_a_name = c == '_' && before.is_alphanumeric();
        let at = rest;
        rest = &rest[c.len_utf8()..];
        let is_named = rest.starts_with(|c: char| c.is_alphanumeric() || c == '"');
        let is_numbered = rest.starts_with(|c: char| c.is_ascii_digit());
        match c {
            '@' if is_named => plain.push_str("<span>@</span>"),
            '!' | '$' | '%' | '&' | '~' | '^' if is_named => {
                plain.push_str(&format!("<span>&#{};</span>", u32::from(c)));
            }
            '[' if is_item(rest) => plain.push_str("<span>&#91;</span>"),
            ':' if !is_code && is_emoji(rest) => plain.push_str("<span>:</span>"),
            '#' if is_numbered => plain.push_str("<span>#</span>"),
            ':' if rest.starts_with("//") => {
                plain.push_str(":<span>//</span>");
                rest = &rest[2..];
            }
            '.' if has_before(&text, at, "www") => plain.push_str("<span>.</span>"),
            '-' if is_numbered && has_before(&text, at, "gh") => plain.push_str("<span>-</span>"),
            '_' if is_of_a_name => plain.push(c),
            '&' | '<' | '>' | '"' | '\'' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '!' | '#'
            | '@' | '\\' | '$' => plain.push_str(&format!("&#{};", u32::from(c))),
            _ => plain.push(c),
        }
        before = c;
    }
    plain
}

/// Whether a text is an item of GitLab, such as `[issue:1]`, without its first bracket.
fn is_item(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_');
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(':'))
}

/// Whether a text may be an emoji, such as `:tada:`, without its first colon. The minutes of
/// a time are not.
fn is_emoji(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '+' | '-'));
    let Some((name, rest)) = end.map(|end| rest.split_at(end)) else {
        return false;
    };
    let is_minutes = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_digit());
    rest.starts_with(':') && !name.is_empty() && !is_minutes
}

/// Whether a word stands before the rest of a text, in any case.
fn has_before(text: &str, rest: &str, word: &str) -> bool {
    let before = &text.as_bytes()[..text.len() - rest.len()];
    let tail = before.len().checked_sub(word.len());
    tail.is_some_and(|begin| before[begin..].eq_ignore_ascii_case(word.as_bytes()))
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`');
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{block, code, plain};

    #[test]
    fn a_text_is_neither_a_link_nor_a_mention_nor_a_reference() {
        for (text, expected) in [
            ("@me a@b.c @ ", "<span>@</span>me a<span>@</span>b.c &#64; "),
            ("https://x", "https:<span>//</span>x"),
            ("WWW.x", "WWW<span>.</span>x"),
            (
                "a/b#1 # GH-12",
                "a/b<span>#</span>1 &#35; GH<span>-</span>12",
            ),
            ("![x](y)<img>", "&#33;&#91;x&#93;(y)&#60;img&#62;"),
            (
                "a!1 ~bug $1 %1 &1",
                "a<span>&#33;</span>1 <span>&#126;</span>bug <span>&#36;</span>1 <span>&#37;</span>1 <span>&#38;</span>1",
            ),
            (
                "[issue:1] [a]",
                "<span>&#91;</span>issue:1&#93; &#91;a&#93;",
            ),
            (
                ":tada: a::b::c a: b: 09:05:00",
                "<span>:</span>tada: a:<span>:</span>b::c a: b: 09:05:00",
            ),
            ("a\n# b", "a&#92;n&#35; b"),
            ("é", "é"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(code("`"), "<code>&#96;</code>");
        assert_eq!(code("a::b::c"), "<code>a::b::c</code>");
        assert_eq!(block("```\n", " "), " ````rust\n ```\\n\n ````\n");
    }
}
