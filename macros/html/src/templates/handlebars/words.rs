//! The words of a tag: names, strings, parameters with names, calls in brackets.

use std::ops::Range;

use crate::templates::tree::{Expr, ExprKind};

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A path or a number.
    Name(Range<usize>),
    /// A string: what stands between its quotes.
    Text(Range<usize>),
    /// `name=`.
    Key(Range<usize>),
    /// All within brackets, or within `|…|`.
    Inner(Range<usize>),
}

impl Word {
    fn range(&self) -> Range<usize> {
        match self {
            Self::Name(range) | Self::Text(range) | Self::Key(range) | Self::Inner(range) => {
                range.clone()
            }
        }
    }
}

/// The words of a range of a text. What is torn is a word up to the end.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let end = range.end;
    let mut at = range.start;
    let mut words = Vec::new();
    while let Some(c) = text[at..end].chars().next() {
        let rest = &text[at..end];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let length = match c {
            '"' | '\'' => {
                let close = closing_quote(rest, c);
                words.push(Word::Text(at + 1..at + close.unwrap_or(rest.len())));
                close.map_or(rest.len(), |close| close + 1)
            }
            '(' | '|' => {
                let length = bracketed(rest, c);
                words.push(Word::Inner(at..at + length));
                length
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '(' | ')' | '|');
                let length = rest.find(is_end).unwrap_or(rest.len());
                if rest[length..].starts_with('=') && length > 0 {
                    words.push(Word::Key(at..at + length));
                    length + 1
                } else {
                    let length = length.max(c.len_utf8());
                    words.push(Word::Name(at..at + length));
                    length
                }
            }
        };
        at += length;
    }
    words
}

/// Where the quote stands that closes a string.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let mut chars = text.char_indices().skip(1);
    chars.find_map(|(at, c)| {
        let is_end = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        is_end.then_some(at)
    })
}

/// The length of what stands in brackets, with these.
fn bracketed(text: &str, open: char) -> usize {
    if open == '|' {
        return text[1..].find('|').map_or(text.len(), |end| end + 2);
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '"' | '\'' => match closing_quote(&text[at..], c) {
                Some(close) => at += close,
                None => return text.len(),
            },
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The value that a word stands for.
pub(super) fn value(word: &Word, text: &str) -> Expr {
    let range = word.range();
    let written = &text[range.clone()];
    let kind = match word {
        Word::Text(_) => ExprKind::Literal(unescaped(written)),
        Word::Name(_) => name(written),
        Word::Inner(_) | Word::Key(_) => ExprKind::Other(Vec::new()),
    };
    Expr {
        kind,
        at: range.start,
        end: Some(range.end),
    }
}

fn name(written: &str) -> ExprKind {
    let is_number = written.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || matches!(written, "true" | "false") {
        return ExprKind::Literal(written.to_owned());
    }
    let own = written.strip_prefix("this.").or(written.strip_prefix("./"));
    let own = own.unwrap_or(written);
    if own.contains(['.', '/', '[', '@']) || own == "this" {
        return ExprKind::Other(Vec::new());
    }
    ExprKind::Variable(own.to_owned())
}

/// The expression that a tag is.
pub(super) fn expression(words: &[Word], text: &str) -> Expr {
    let whole = match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.range().start..last.range().end,
        _ => 0..0,
    };
    if let [word] = words {
        return value(word, text);
    }
    let path = words.first().map(|word| text[word.range()].to_owned());
    let kind = ExprKind::Call {
        path: path.into_iter().collect(),
        arguments: Vec::new(),
        root: None,
    };
    // With the quote that closes its last word.
    let behind = text[whole.end..].chars().next();
    let quote = usize::from(matches!(behind, Some('"' | '\'')));
    Expr {
        kind,
        at: whole.start,
        end: Some(whole.end + quote),
    }
}

fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('r')) => text.push('\r'),
            ('\\', Some(other)) => text.push(other),
            (c, _) => text.push(c),
        }
    }
    text
}
