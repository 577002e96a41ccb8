//! The path of an address as a pattern: holes are parameters, the text is as a
//! browser sends it.

use super::expression::{may_be_query, name};
use super::names::Names;
use super::resolve::without_dots;
use crate::value::Part;

/// A path from the root.
pub(super) fn absolute(parts: &[Part]) -> String {
    let path = relative(parts);
    let segments = path.split('/').skip(1);
    without_dots(segments)
}

/// A path that is relative to another one, with its dots.
pub(super) fn relative(parts: &[Part]) -> String {
    let mut names = Names::default();
    let segments = segments(parts);
    let patterns = segments.iter().map(|segment| pattern(segment, &mut names));
    patterns.collect::<Vec<_>>().join("/")
}

/// The segments, up to the query or the fragment.
fn segments(parts: &[Part]) -> Vec<Vec<Part>> {
    let mut segments = vec![Vec::new()];
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Hole(hole) => {
                // `/list{{ query }}`: glued to a word, and called so.
                let is_last = index + 1 == parts.len();
                if is_last && may_be_query(hole) && ends_with_word(&segments) {
                    break;
                }
                push(&mut segments, Part::Hole(hole.clone()));
            }
            Part::Text(text) => {
                let path = text.find(['?', '#']).and_then(|end| text.get(..end));
                for (index, part) in path.unwrap_or(text).split('/').enumerate() {
                    if index > 0 {
                        segments.push(Vec::new());
                    }
                    if !part.is_empty() {
                        push(&mut segments, Part::Text(part.to_owned()));
                    }
                }
                if path.is_some() {
                    break;
                }
            }
        }
    }
    segments
}

fn push(segments: &mut [Vec<Part>], part: Part) {
    if let Some(segment) = segments.last_mut() {
        segment.push(part);
    }
}

fn ends_with_word(segments: &[Vec<Part>]) -> bool {
    let last = segments.last().and_then(|segment| segment.last());
    match last {
        Some(Part::Text(text)) => text.ends_with(char::is_alphanumeric),
        Some(Part::Hole(_)) => true,
        None => false,
    }
}

/// A segment as a pattern. Several holes become one, and what is between them is
/// a part of it.
fn pattern(segment: &[Part], names: &mut Names) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => escape(text),
        Part::Hole(_) => String::new(),
    };
    let is_hole = |part: &Part| matches!(part, Part::Hole(_));
    let (Some(first), Some(last)) = (
        segment.iter().position(is_hole),
        segment.iter().rposition(is_hole),
    ) else {
        return segment.iter().map(text).collect();
    };
    let prefix: String = segment.iter().take(first).map(text).collect();
    let suffix: String = segment.iter().skip(last + 1).map(text).collect();
    let name = match segment.get(first) {
        Some(Part::Hole(hole)) => names.give(name(hole)),
        _ => String::new(),
    };
    format!("{prefix}{{{name}}}{suffix}")
}

/// Text as a browser sends it, with its braces doubled. Of two spellings of a
/// character the shorter one is taken.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (_, after) = rest.split_at(c.len_utf8());
        rest = after;
        if let ('%', Some(byte)) = (c, after.get(..2).and_then(hex)) {
            rest = after.get(2..).unwrap_or_default();
            if is_unreserved(char::from(byte)) {
                escaped.push(char::from(byte));
            } else {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        } else if matches!(c, '{' | '}') {
            escaped.extend([c, c]);
        } else if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '^' | '`') {
            escaped.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    escaped
}

fn hex(digits: &str) -> Option<u8> {
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}

fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}
