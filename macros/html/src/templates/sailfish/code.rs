//! The Rust between the texts of a template: which of its braces belong to a condition, a loop,
//! an arm, and what its statements define.

use std::ops::Range;

use super::super::rust;
use super::frames::{Frames, Opened};
use super::parse::included;
use crate::templates::tree::{Bound, Definition, Include, Kind};

/// The code of one tag.
pub(super) struct Code<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// Where the statement begins.
    from: usize,
}

impl<'t> Code<'t> {
    pub(super) fn new(text: &'t str, range: Range<usize>) -> Self {
        Self {
            text,
            at: range.start,
            end: range.end,
            from: range.start,
        }
    }

    /// Reads the statements.
    pub(super) fn statements(&mut self, frames: &mut Frames) {
        let mut brackets = 0_usize;
        while let Some(c) = self.text[self.at..self.end].chars().next() {
            let rest = &self.text[self.at..self.end];
            if let Some(length) = rust::skipped(rest) {
                self.at += length;
                continue;
            }
            let identifier = rust::identifier(rest);
            if identifier > 0 {
                self.at += identifier;
                continue;
            }
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets = brackets.saturating_sub(1),
                '{' => {
                    let head = self.statement();
                    frames.open(opened(head, brackets > 0), self.from);
                    self.from = self.at + 1;
                }
                '}' => {
                    self.define(frames);
                    self.from = self.at + 1;
                    let behind = self.text[self.from..self.end].trim_start();
                    let goes_on = behind
                        .strip_prefix("else")
                        .filter(|_| rust::identifier(behind) == 4);
                    if goes_on.is_none() || !frames.next_arm() {
                        frames.close(self.at);
                    }
                }
                ';' => {
                    self.define(frames);
                    self.from = self.at + 1;
                }
                ',' if brackets == 0 => self.from = self.at + 1,
                _ => {}
            }
            self.at += c.len_utf8();
        }
        self.define(frames);
    }

    /// The statement so far.
    fn statement(&self) -> &'t str {
        self.text.get(self.from..self.at).unwrap_or_default().trim()
    }

    /// What the statement defines or includes.
    fn define(&self, frames: &mut Frames) {
        let statement = self.statement();
        if let Some(path) = included(statement) {
            return frames.push(Kind::Include(Include::of(&path)), self.from);
        }
        let Some(definition) = statement.strip_prefix("let ") else {
            return;
        };
        let (pattern, value) = definition.split_once('=').unwrap_or((definition, ""));
        let pattern = pattern.split(':').next().unwrap_or_default().trim();
        let is_name = rust::identifier(pattern) == pattern.len();
        if is_name && !value.is_empty() {
            let at = self.from + self.text[self.from..].find('=').map_or(0, |at| at + 1);
            let value = rust::expression(value, at);
            let definition = Definition::Value(value);
            return frames.push(Kind::Let(pattern.to_owned(), definition), self.from);
        }
        let names = rust::names(pattern);
        let value = None;
        frames.push(Kind::Pattern(Bound { names, value }), self.from);
    }
}

/// What a brace opens, behind this code.
fn opened(head: &str, is_in_brackets: bool) -> Opened {
    if is_in_brackets {
        return Opened::Unknown;
    }
    let head = match head.split_once(':') {
        // A label.
        Some((label, head)) if label.starts_with('\'') => head.trim(),
        _ => head,
    };
    if let Some(pattern) = head.strip_suffix("=>") {
        return Opened::Arm(bound(pattern));
    }
    let word = &head[..rust::identifier(head)];
    let rest = head[word.len()..].trim();
    match word {
        "if" => Opened::If(if_let(rest)),
        "else" => match rest.strip_prefix("if") {
            Some(rest) => Opened::Else(if_let(rest), false),
            None => Opened::Else(Bound::default(), true),
        },
        "for" => Opened::Loop(bound(rest.split(" in ").next().unwrap_or_default())),
        "while" => Opened::Loop(if_let(rest)),
        "loop" => Opened::Loop(Bound::default()),
        "match" => Opened::Match,
        _ if head.ends_with('|') => Opened::Unknown,
        _ => Opened::Plain,
    }
}

fn bound(pattern: &str) -> Bound {
    let names = rust::names(pattern);
    Bound { names, value: None }
}

/// What a condition binds.
fn if_let(condition: &str) -> Bound {
    match condition.trim().strip_prefix("let ") {
        Some(condition) => bound(condition.split('=').next().unwrap_or_default()),
        None => Bound::default(),
    }
}
