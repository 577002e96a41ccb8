//! From the text of a template to its tree: texts, values, and the code between them.

use std::ops::Range;

use super::super::rust;
use super::code::Code;
use super::frames::Frames;
use crate::form::Place;
use crate::printable::Printable;
use crate::templates::error::Error;
use crate::templates::loaded::{line, line_ends};
use crate::templates::tree::{Expr, ExprKind, Include, Kind, More, Node};

/// How many blocks may be open at once.
const DEPTH: usize = 100;

/// The nodes of a text.
pub(super) fn nodes(
    text: &str,
    tags: &(String, String),
    place: &Place,
) -> Result<Vec<Node>, Error> {
    let (open, close) = (tags.0.as_str(), tags.1.as_str());
    let delimiter = &open[1..];
    let mut frames = Frames::default();
    let mut at = 0;
    while at < text.len() {
        let Some(found) = text[at..].find(open) else {
            frames.text(at..text.len());
            break;
        };
        let start = at + found;
        frames.text(at..start);
        let inner = start + open.len();
        if text[inner..].starts_with(delimiter) {
            // `<%%` is `<%`.
            frames.text(start..inner);
            at = inner + delimiter.len();
            continue;
        }
        let Some(length) = end(&text[inner..], close) else {
            frames.gap("this tag has no end", start);
            break;
        };
        tag(text, inner..inner + length, start, &mut frames);
        at = inner + length + close.len();
        if frames.depth() > DEPTH {
            let line = line(&line_ends(text), start);
            let at = Place {
                file: place.file.clone(),
                line: line.saturating_add(place.line - 1),
            };
            return Err(Error::TooDeep { at });
        }
    }
    Ok(frames.finish(text.len()))
}

/// Where the code ends that begins here.
fn end(text: &str, close: &str) -> Option<usize> {
    if text.starts_with('#') {
        return text.find(close);
    }
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with(close) {
            return Some(at);
        }
        at += rust::skipped(rest).unwrap_or_else(|| rust::identifier(rest).max(c.len_utf8()));
    }
    None
}

/// Reads a tag; `start` is where it begins.
fn tag(text: &str, inner: Range<usize>, start: usize, frames: &mut Frames) {
    let written = &text[inner.clone()];
    let content = inner.start + 1;
    match written.as_bytes().first() {
        Some(b'#') => {
            let text = text[content..inner.end].to_owned();
            frames.push(Kind::Comment(text), start);
        }
        Some(b'=') => value(text, content..inner.end, true, frames),
        Some(b'-') => value(text, content..inner.end, false, frames),
        Some(b'+') => {
            let value = text[content..inner.end].trim();
            let value = Printable(value.get(..80).unwrap_or(value));
            let why = format!("it renders another template, the value of `{value}`");
            frames.push(Kind::More(More::Gap(why)), start);
        }
        _ => Code::new(text, inner).statements(frames),
    }
}

fn value(text: &str, range: Range<usize>, is_escaped: bool, frames: &mut Frames) {
    let written = text[range.clone()].trim_end().trim_end_matches(';');
    if let Some(path) = included(written) {
        return frames.push(Kind::Include(Include::of(&path)), range.start);
    }
    let (value, filter) = filtered(written, range.start);
    let value = match filter {
        Some(filter) => filtered_value(value, filter),
        None => value,
    };
    let at = value.at;
    let value = if is_escaped {
        value
    } else {
        value.into_markup()
    };
    frames.push(Kind::Expr(value), at);
}

/// The path of `include!("…")`.
pub(super) fn included(code: &str) -> Option<String> {
    let inner = code.trim().strip_prefix("include!")?.trim_start();
    let inner = inner.strip_prefix(['(', '{', '['])?;
    let inner = inner.strip_suffix([')', '}', ']'])?.trim();
    crate::rust_literal::string(inner)
}

/// What is shown, and the filter behind `|`.
fn filtered(code: &str, at: usize) -> (Expr, Option<&str>) {
    let mut depth = 0_usize;
    let mut bar = None;
    let mut position = 0;
    while let Some(c) = code[position..].chars().next() {
        let rest = &code[position..];
        if let Some(length) = rust::skipped(rest) {
            position += length;
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 && rest.starts_with("||") => position += 1,
            '|' if depth == 0 => bar = Some(position),
            _ => {}
        }
        position += c.len_utf8();
    }
    match bar {
        Some(bar) => {
            let filter = code[bar + 1..].trim();
            let filter = &filter[..rust::identifier(filter)];
            (rust::expression(&code[..bar], at), Some(filter))
        }
        None => (rust::expression(code, at), None),
    }
}

/// A value, as a filter changes it: of sailfish's own, none makes markup.
fn filtered_value(value: Expr, filter: &str) -> Expr {
    let (at, end) = (value.at, value.end);
    let kind = match filter {
        "disp" | "dbg" | "trim" => return value,
        _ => ExprKind::Other(Vec::new()),
    };
    Expr { kind, at, end }
}
