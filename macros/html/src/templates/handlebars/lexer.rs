//! Parts a template of handlebars into text and tags.

use std::ops::Range;

use crate::templates::text::{quoted, stripped};

/// A part of a template.
#[derive(Debug)]
pub(super) enum Part {
    Text(Range<usize>),
    Tag(Tag),
    /// What begins here has no end.
    Unclosed(usize),
}

/// A tag, without its braces and what strips white space.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) inner: Range<usize>,
    /// Where its braces begin.
    pub(super) at: usize,
    /// Its value is not escaped.
    pub(super) is_markup: bool,
    pub(super) is_comment: bool,
}

/// The parts of a text.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut lexer = Lexer {
        text,
        parts: Vec::new(),
        at: 0,
        strips: false,
        has_torn_string: false,
    };
    lexer.all();
    lexer.parts
}

struct Lexer<'t> {
    text: &'t str,
    parts: Vec<Part>,
    /// All before is in the parts.
    at: usize,
    /// The tag before strips the white space behind it.
    strips: bool,
    /// There was a string without an end: quotes mean nothing any more.
    has_torn_string: bool,
}

impl Lexer<'_> {
    fn all(&mut self) {
        let mut search = 0;
        while let Some(found) = self.text[search..].find("{{") {
            let at = search + found;
            let before = &self.text[self.at..at];
            let slashes = before.len() - before.trim_end_matches('\\').len();
            if slashes == 1 {
                // `\{{` is text.
                self.push_text(self.at..at - 1, false);
                self.at = at;
                search = at + 2;
                continue;
            }
            if !self.tag(at) {
                self.push_text(self.at..at, false);
                self.parts.push(Part::Unclosed(at));
                self.at = at;
                break;
            }
            search = self.at;
        }
        self.push_text(self.at..self.text.len(), false);
    }

    /// Reads the tag that begins here. Returns whether it has an end.
    fn tag(&mut self, at: usize) -> bool {
        let rest = &self.text[at..];
        if rest.starts_with("{{{{") {
            return self.raw(at);
        }
        let openers = ["{{{~", "{{{", "{{~{", "{{~", "{{"];
        let opener = openers.iter().find(|opener| rest.starts_with(**opener));
        let opener = opener.map_or(2, |opener| opener.len());
        let is_triple = rest[..opener].matches('{').count() == 3;
        let from = at + opener;
        let inner = &self.text[from..];
        let is_comment = inner.starts_with('!') && !is_triple;
        let closers: &[&str] = match is_triple {
            true => &["}}}", "~}}}", "}~}}"],
            false if inner.starts_with("!--") => &["--}}", "--~}}"],
            false => &["}}", "~}}"],
        };
        let Some((end, closer)) = self.end(inner, closers, is_comment) else {
            return false;
        };
        self.push_text(self.at..at, rest[..opener].contains('~'));
        let content = &inner[..end];
        let is_marked = content.starts_with('&') || is_comment;
        self.parts.push(Part::Tag(Tag {
            inner: from + usize::from(is_marked)..from + end,
            at,
            is_markup: is_triple || content.starts_with('&'),
            is_comment,
        }));
        self.at = from + end + closer.len();
        self.strips = closer.contains('~');
        true
    }

    /// Where a tag ends, outside of its strings, and with what.
    fn end<'c>(
        &mut self,
        text: &str,
        closers: &[&'c str],
        is_comment: bool,
    ) -> Option<(usize, &'c str)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if matches!(byte, b'}' | b'-' | b'~')
                && let Some(closer) = closers
                    .iter()
                    .find(|closer| text[at..].starts_with(**closer))
            {
                return Some((at, closer));
            }
            let is_quote = matches!(byte, b'"' | b'\'') && !is_comment && !self.has_torn_string;
            at += match is_quote.then(|| quoted(&bytes[at..], *byte)) {
                None => 1,
                Some(Some(length)) => length,
                Some(None) => {
                    self.has_torn_string = true;
                    1
                }
            };
        }
        None
    }

    /// `{{{{raw}}}} … {{{{/raw}}}}`: its text. Returns whether it has an end.
    fn raw(&mut self, at: usize) -> bool {
        let Some(open) = self.text[at..].find("}}}}") else {
            return false;
        };
        let from = at + open + 4;
        let Some(close) = self.text[from..].find("{{{{/") else {
            return false;
        };
        let to = from + close;
        let Some(end) = self.text[to..].find("}}}}") else {
            return false;
        };
        self.push_text(self.at..at, false);
        self.push_text(from..to, false);
        self.at = to + end + 4;
        true
    }

    fn push_text(&mut self, range: Range<usize>, is_stripped: bool) {
        let at_start = std::mem::take(&mut self.strips);
        let range = stripped(self.text, range, at_start, is_stripped);
        if !range.is_empty() {
            self.parts.push(Part::Text(range));
        }
    }
}
