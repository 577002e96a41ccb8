//! The words of a tag.

use std::ops::Range;

use crate::templates::text::quoted;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name; what it is, is in the text.
    Name,
    /// A string: its text.
    Text(String),
    /// A number, as it is written.
    Number,
    /// One of the operators, brackets and separators.
    Sign(&'static str),
    /// Anything else.
    Other,
}

/// A word, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) range: Range<usize>,
}

/// The signs; the longer ones first.
const SIGNS: [&str; 31] = [
    "::", "==", "!=", "<=", ">=", "//", "**", "/>", "...", "(", ")", "[", "]", "{", "}", ",", ".",
    "|", "~", "+", "-", "*", "/", "%", "=", "<", ">", ":", "!", "?", ";",
];

/// The words of a range of a text.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let inner = &text[range.clone()];
    let bytes = inner.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let (token, length) = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' | '\'' | '`' => {
                let length = quoted(&bytes[at..], c as u8);
                let content = match length {
                    Some(length) => &rest[1..length - 1],
                    None => &rest[1..],
                };
                (
                    Token::Text(unescaped(content)),
                    length.unwrap_or(rest.len()),
                )
            }
            '0'..='9' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                (Token::Number, end.unwrap_or(rest.len()))
            }
            _ if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                (Token::Name, end.unwrap_or(rest.len()))
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => (Token::Other, c.len_utf8()),
            },
        };
        let from = range.start + at;
        words.push(Word {
            token,
            range: from..from + length,
        });
        at += length;
    }
    words
}

/// The text of a string.
fn unescaped(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some(same @ ('"' | '\'' | '\\' | '/')) => text.push(same),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}
