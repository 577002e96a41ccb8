//! Parts a template of the Jinja family into text and tags.
//!
//! Whatever stands in it, it has an answer, and each byte is looked at a few times at most.

use std::ops::Range;

use crate::templates::text::{quoted, stripped};

/// The delimiters of the tags.
#[derive(Clone, Debug)]
pub(super) struct Syntax {
    pub(super) block: (String, String),
    pub(super) expr: (String, String),
    pub(super) comment: (String, String),
}

/// A part of a template.
#[derive(Debug)]
pub(super) enum Part {
    Text(Range<usize>),
    Tag(Tag),
    /// What begins here has no end.
    Unclosed(usize),
}

/// A tag, without its delimiters and what strips white space.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) kind: TagKind,
    pub(super) inner: Range<usize>,
    /// Where its delimiter begins.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Block,
    Expr,
    Comment,
}

/// The parts of a text.
pub(super) fn parts(text: &str, syntax: &Syntax) -> Vec<Part> {
    let mut lexer = Lexer {
        text,
        syntax,
        parts: Vec::new(),
        at: 0,
        strips: false,
        ends: [End::Balanced; 3],
    };
    lexer.all();
    lexer.parts
}

struct Lexer<'t> {
    text: &'t str,
    syntax: &'t Syntax,
    parts: Vec<Part>,
    at: usize,
    /// The tag before strips the white space behind it.
    strips: bool,
    /// How the end of each kind of tag is found.
    ends: [End; 3],
}

/// How the end of a tag is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Behind strings and brackets that are closed.
    Balanced,
    /// There was a tag in which they were not: at the first one.
    First,
    /// There is none any more.
    Nowhere,
}

impl Lexer<'_> {
    fn all(&mut self) {
        let mut from = 0;
        while let Some((at, kind)) = self.next_tag() {
            self.at = at + self.start(kind).len();
            let Some(end) = self.end(kind) else {
                if self.ends[kind as usize] == End::Nowhere {
                    continue;
                }
                self.ends[kind as usize] = End::Nowhere;
                self.push_text(from..at, false);
                self.parts.push(Part::Unclosed(at));
                from = at;
                continue;
            };
            let (inner, before, behind) = self.stripped(self.at..end);
            self.push_text(from..at, before);
            self.at = end + self.stop(kind).len();
            self.strips = behind;
            from = self.at;
            let word = self.text[inner.clone()].trim();
            if kind == TagKind::Block && matches!(word, "raw" | "verbatim") {
                from = self.raw(word, at);
                continue;
            }
            self.parts.push(Part::Tag(Tag { kind, inner, at }));
        }
        self.push_text(from..self.text.len(), false);
    }

    fn start(&self, kind: TagKind) -> &str {
        match kind {
            TagKind::Block => &self.syntax.block.0,
            TagKind::Expr => &self.syntax.expr.0,
            TagKind::Comment => &self.syntax.comment.0,
        }
    }

    fn stop(&self, kind: TagKind) -> &str {
        match kind {
            TagKind::Block => &self.syntax.block.1,
            TagKind::Expr => &self.syntax.expr.1,
            TagKind::Comment => &self.syntax.comment.1,
        }
    }

    /// Where the next tag begins; of two that begin there, the one whose delimiter is longer.
    fn next_tag(&self) -> Option<(usize, TagKind)> {
        let kinds = [TagKind::Comment, TagKind::Block, TagKind::Expr];
        let bytes = self.text.as_bytes();
        (self.at..bytes.len()).find_map(|at| {
            let begins = |kind: &TagKind| bytes[at..].starts_with(self.start(*kind).as_bytes());
            let found = kinds.into_iter().filter(begins);
            let found = found.max_by_key(|kind| self.start(*kind).len());
            found.map(|kind| (at, kind))
        })
    }

    /// Where the tag ends that begins before the current byte.
    fn end(&mut self, kind: TagKind) -> Option<usize> {
        let rest = &self.text[self.at..];
        if kind != TagKind::Comment && self.ends[kind as usize] == End::Balanced {
            if let Some(end) = balanced_end(rest, self.stop(kind)) {
                return Some(self.at + end);
            }
            self.ends[kind as usize] = End::First;
        }
        if self.ends[kind as usize] == End::Nowhere {
            return None;
        }
        rest.find(self.stop(kind)).map(|end| self.at + end)
    }

    /// The inside of a tag, and whether it strips the white space before and behind it.
    fn stripped(&self, inner: Range<usize>) -> (Range<usize>, bool, bool) {
        let text = &self.text[inner.clone()];
        let mut range = inner;
        let before = text.starts_with('-');
        if text.starts_with(['-', '+']) {
            range.start += 1;
        }
        let text = &self.text[range.clone()];
        let behind = text.ends_with('-');
        if text.ends_with(['-', '+']) {
            range.end -= 1;
        }
        (range, before, behind)
    }

    fn push_text(&mut self, range: Range<usize>, is_stripped: bool) {
        let at_start = std::mem::take(&mut self.strips);
        let range = stripped(self.text, range, at_start, is_stripped);
        if !range.is_empty() {
            self.parts.push(Part::Text(range));
        }
    }

    /// Reads on behind `{% endraw %}`. Returns where that is.
    fn raw(&mut self, word: &str, at: usize) -> usize {
        let from = self.at;
        while let Some(found) = self.text[self.at..].find(&self.syntax.block.0) {
            let start = self.at + found;
            self.at = start + self.syntax.block.0.len();
            let tag = self.text[self.at..].trim_start_matches(['-', '+']);
            let tag = tag.trim_start();
            let Some(tag) = tag
                .strip_prefix("end")
                .and_then(|tag| tag.strip_prefix(word))
            else {
                continue;
            };
            let tag = tag.trim_start();
            let behind = tag.starts_with('-');
            let Some(rest) = tag
                .trim_start_matches(['-', '+'])
                .strip_prefix(self.syntax.block.1.as_str())
            else {
                continue;
            };
            let before = self.text[self.at..].starts_with('-');
            self.push_text(from..start, before);
            self.at = self.text.len() - rest.len();
            self.strips = behind;
            return self.at;
        }
        self.parts.push(Part::Unclosed(at));
        self.at = self.text.len();
        from
    }
}

/// Where `stop` stands outside of strings and brackets.
fn balanced_end(text: &str, stop: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at) {
        if depth == 0 && bytes[at..].starts_with(stop.as_bytes()) {
            return Some(at);
        }
        at += match byte {
            quote @ (b'"' | b'\'' | b'`') => quoted(&bytes[at..], *quote)?,
            b'(' | b'[' | b'{' => {
                depth += 1;
                1
            }
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                1
            }
            _ => 1,
        };
    }
    None
}
