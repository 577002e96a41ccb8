//! What comes from outside, in each format: one writer per format, which everything passes.
//!
//! Here is text, for a terminal and for logs: each renderer of text writes through
//! [`guarded`], whoever calls it. `github` is for workflow commands, `markdown` for comments.
//! JSON is in [`crate::support::json`]: snapshots are printed too.

#[cfg(feature = "cli")]
pub(crate) mod github;
#[cfg(feature = "cli")]
pub(crate) mod markdown;

use std::io::{self, Write};

use crate::support::json::CommandMark;
#[cfg(feature = "cli")]
use crate::support::visible;
use crate::support::visible::{is_escaped, is_joiner, push_escaped};

/// Writes what `render` writes as [`text`].
pub(crate) fn guarded(
    to: &mut dyn Write,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut rendered = Vec::new();
    render(&mut rendered)?;
    to.write_all(text(&String::from_utf8_lossy(&rendered)).as_bytes())
}

/// Writes one line as [`text`]: what breaks it is escaped.
#[cfg(feature = "cli")]
pub(crate) fn write_line(line: &str, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "{}", text(&visible::escaped(line)))
}

/// The text without what a terminal or the runner of a pipeline would obey: control
/// characters but for line breaks, tabs and colors; `::` at the beginning of a line; and
/// `##[` anywhere. A text that has passed already stays as it is.
pub(crate) fn text(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if is_harmless(line) {
            written.push_str(line);
        } else {
            push_line(line, &mut written);
        }
    }
    written
}

/// Whether a line, with its end, is one of those that have nothing to escape: most have not.
fn is_harmless(line: &str) -> bool {
    let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n') && byte != b'#';
    !line.trim_ascii_start().starts_with(':') && line.bytes().all(is_plain)
}

/// Adds a line, with its end.
fn push_line(text: &str, written: &mut String) {
    let mut line = Line::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let color = color(rest);
        if !color.is_empty() {
            written.push_str(color);
            rest = &rest[color.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' | '\t' => written.push(c),
            '\r' if rest == "\n" => {}
            _ if is_escaped(c) => {
                line.obeys('\\');
                push_escaped(c, written);
            }
            _ if line.obeys(c) => push_escaped(c, written),
            _ => written.push(c),
        }
    }
}

/// The color that the text begins with: one that this program writes, so nothing that hides
/// a text.
fn color(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("\u{1b}[") else {
        return "";
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';');
    let Some(end) = end.filter(|end| rest[*end..].starts_with('m')) else {
        return "";
    };
    let is_ours = |number: &str| {
        matches!(number.parse(), Ok(0 | 1 | 30..=37 | 39 | 90..=97)) || number.is_empty()
    };
    if rest[..end].split(';').all(is_ours) {
        &text[..="\u{1b}[".len() + end]
    } else {
        ""
    }
}

/// A line, up to where it is written.
#[derive(Default)]
struct Line {
    /// The colons that it begins with, behind white space.
    colons: usize,
    /// Whether there is anything else.
    is_begun: bool,
    command: CommandMark,
}

impl Line {
    /// Whether a runner would obey the line with the next character.
    fn obeys(&mut self, c: char) -> bool {
        let is_command = self.command.ends_with(c);
        if is_joiner(c) || self.is_begun || (self.colons == 0 && c.is_whitespace()) {
            return is_command;
        }
        if c == ':' {
            self.colons += 1;
        } else {
            self.is_begun = true;
        }
        self.is_begun |= self.colons == 2;
        self.colons == 2 || is_command
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn nothing_in_a_text_is_obeyed() {
        for (given, expected) in [
            ("::error::x", ":\\u{3a}error::x"),
            ("a\n \u{a0}\u{1b}[1m::x", "a\n \u{a0}\u{1b}[1m:\\u{3a}x"),
            ("app::x: ::", "app::x: ::"),
            ("x ##[add-mask]", "x ##\\u{5b}add-mask]"),
            (
                "###[x] ##vso[y] ##VSO[",
                "###\\u{5b}x] ##vso\\u{5b}y] ##VSO\\u{5b}",
            ),
            ("\u{1b}]8;;http://x\u{7}", "\\u{1b}]8;;http://x\\u{7}"),
            ("\u{1b}[8mhidden\u{1b}[2J", "\\u{1b}[8mhidden\\u{1b}[2J"),
            ("\u{1b}[1;31mred\u{1b}[0m\r\n", "\u{1b}[1;31mred\u{1b}[0m\n"),
            ("a\rb\u{9b}c\u{2028}::", "a\\rb\\u{9b}c\\u{2028}::"),
            ("\u{202e}::x", "\\u{202e}::x"),
        ] {
            assert_eq!(text(given), expected);
            assert_eq!(text(expected), expected);
        }
    }
}
