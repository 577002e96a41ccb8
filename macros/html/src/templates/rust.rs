//! Rust in a template, as far as it matters what it is: where it ends, and which of its
//! expressions are literals, variables, calls.

use super::expression::literal;
use super::tree::{Expr, ExprKind};
use crate::rust_literal::string;

/// The length of what begins here, if it is no code: a string, a character, a comment.
pub(super) fn skipped(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes {
        [b'"', ..] => Some(literal(text, b'"')),
        [b'\'', ..] => {
            // A lifetime has no second quote.
            let is_char = text.starts_with("'\\") || text.chars().nth(2) == Some('\'');
            Some(if is_char { literal(text, b'\'') } else { 1 })
        }
        [b'r', b'"' | b'#', ..] => raw(text),
        [b'/', b'/', ..] => Some(text.find('\n').unwrap_or(text.len())),
        [b'/', b'*', ..] => Some(text[2..].find("*/").map_or(text.len(), |end| end + 4)),
        _ => None,
    }
}

/// The length of `r#"…"#`.
fn raw(text: &str) -> Option<usize> {
    let fence = text[1..].len() - text[1..].trim_start_matches('#').len();
    let content = text[1 + fence..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(fence));
    let length = content
        .find(&end)
        .map_or(content.len(), |at| at + end.len());
    Some(2 + fence + length)
}

/// The length of the identifier that begins here.
pub(super) fn identifier(text: &str) -> usize {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    if !text.starts_with(is_first) {
        return 0;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    end.unwrap_or(text.len())
}

/// The length of what stands in brackets, with these; `None`: they are not closed.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = skipped(&text[at..]) {
            at += length;
            continue;
        }
        at += match c {
            _ if c.is_alphabetic() => identifier(&text[at..]),
            _ => c.len_utf8(),
        };
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// An expression that is the whole of this text, which stands at this offset.
pub(super) fn expression(text: &str, at: usize) -> Expr {
    let trimmed = text.trim_start();
    let at = at + (text.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    let end = Some(at + trimmed.len());
    let mut inner = trimmed;
    loop {
        let stripped = inner.trim_start_matches(['&', '*']).trim_start();
        match stripped.strip_prefix('(') {
            Some(within) if bracketed(stripped) == Some(stripped.len()) => {
                inner = within[..within.len() - 1].trim();
            }
            _ => {
                inner = stripped;
                break;
            }
        }
    }
    let kind = kind(inner);
    Expr { kind, at, end }
}

fn kind(text: &str) -> ExprKind {
    if let Some(length) = skipped(text) {
        if length == text.len()
            && let Some(literal) = string(text)
        {
            return ExprKind::Literal(literal);
        }
        return ExprKind::Other(Vec::new());
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return ExprKind::Literal(text.to_owned());
    }
    let format = text.strip_prefix("format!").map(str::trim_start);
    if let Some(arguments) = format
        && bracketed(arguments) == Some(arguments.len())
    {
        return ExprKind::Format(arguments[1..arguments.len() - 1].to_owned());
    }
    let mut path = Vec::new();
    let mut rest = text;
    loop {
        let length = identifier(rest);
        if length == 0 {
            return ExprKind::Other(Vec::new());
        }
        path.push(rest[..length].to_owned());
        rest = &rest[length..];
        let Some(behind) = rest.strip_prefix("::") else {
            break;
        };
        rest = behind;
    }
    let first = path[0].clone();
    match (rest, path.len()) {
        ("", 1) if matches!(first.as_str(), "true" | "false") => ExprKind::Literal(first),
        ("", 1) => ExprKind::Variable(first),
        (rest, _) if rest.starts_with('(') && bracketed(rest) == Some(rest.len()) => {
            ExprKind::Call {
                path,
                arguments: Vec::new(),
                root: None,
            }
        }
        (rest, 1) if first == "self" => field(rest),
        (rest, length) => {
            let root = Some(first).filter(|_| length == 1 && rest.starts_with(['.', '[', '?']));
            match method(rest) {
                Some(name) => ExprKind::Call {
                    path: vec![String::new(), name.to_owned()],
                    arguments: Vec::new(),
                    root,
                },
                None => ExprKind::Other(root.into_iter().collect()),
            }
        }
    }
}

/// What stands behind `self`.
fn field(rest: &str) -> ExprKind {
    let field = rest.strip_prefix('.').unwrap_or_default();
    let name = &field[..identifier(field)];
    if !name.is_empty() && name.len() == field.len() {
        ExprKind::Field(name.to_owned())
    } else {
        ExprKind::Other(vec![name.to_owned()])
    }
}

/// The method that is called last, if nothing but calls stands here.
fn method(rest: &str) -> Option<&str> {
    let mut rest = rest;
    let mut last = None;
    while !rest.is_empty() {
        if rest.starts_with(['(', '[']) {
            rest = &rest[bracketed(rest)?..];
        } else {
            let behind = rest.strip_prefix(['.', '?'])?.trim_start();
            let length = identifier(behind);
            last = Some(&behind[..length]).filter(|name| !name.is_empty());
            rest = &behind[length..];
        }
        rest = rest.trim_start();
    }
    last
}

/// The names that a pattern binds, as far as its text shows them.
pub(super) fn names(pattern: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(c) = pattern[at..].chars().next() {
        let length = identifier(&pattern[at..]);
        if length == 0 {
            at += skipped(&pattern[at..]).unwrap_or(c.len_utf8());
            continue;
        }
        let name = &pattern[at..at + length];
        at += length;
        let is_path = pattern[at..].starts_with("::");
        let is_word = matches!(name, "ref" | "mut" | "if" | "let" | "_");
        if !is_word && !is_path && name.starts_with(|c: char| c.is_lowercase() || c == '_') {
            names.push(name.to_owned());
        }
    }
    names
}
