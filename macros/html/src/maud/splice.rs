//! What a spliced expression puts into the page, as far as its tokens tell.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::tokens::{flatten, is_punct, written};
use crate::rust_literal::{escaped, formatted, string};
use crate::value::Part;

/// A piece that a splice puts into the page.
pub(super) enum Spliced {
    /// HTML.
    Text(String),
    /// An expression whose value is escaped.
    Hole(String),
    /// An expression whose value may hold elements.
    Markup(String),
    /// An expression whose value is one or the other.
    Unknown(String),
}

/// What the expression renders.
pub(super) fn spliced(expression: TokenStream) -> Vec<Spliced> {
    let mut tokens = Vec::new();
    flatten(expression, &mut tokens);
    let mut tokens = tokens.as_slice();
    while let [first, rest @ ..] = tokens
        && is_punct(first, '&')
    {
        tokens = rest;
    }
    let last = tokens.last().map(ToString::to_string);
    match (callee(tokens), last.as_deref()) {
        (Some(("PreEscaped", false, arguments)), _) => {
            let html = inner(arguments);
            let Some(parts) = parts(&html) else {
                return vec![Spliced::Markup(written(&html))];
            };
            let of_part = |part| match part {
                Part::Text(html) => Spliced::Text(html),
                Part::Hole(expression) => Spliced::Markup(expression),
            };
            parts.into_iter().map(of_part).collect()
        }
        (Some(("html", true, _)), _) => vec![Spliced::Markup(written(tokens))],
        (None, Some("DOCTYPE")) => vec![Spliced::Text("<!DOCTYPE html>".to_owned())],
        _ => {
            let Some(parts) = parts(tokens) else {
                return vec![Spliced::Unknown(written(tokens))];
            };
            let of_part = |part| match part {
                Part::Text(text) => Spliced::Text(escaped(&text)),
                Part::Hole(expression) => Spliced::Hole(expression),
            };
            parts.into_iter().map(of_part).collect()
        }
    }
}

/// The texts and the expressions that a text is made of; `None`: it is another expression.
fn parts(tokens: &[TokenTree]) -> Option<Vec<Part>> {
    if let [TokenTree::Literal(literal)] = tokens {
        let literal = literal.to_string();
        let number = || Some(literal.parse::<u128>().ok()?.to_string());
        if let Some(text) = string(&literal).or_else(number) {
            return Some(vec![Part::Text(text)]);
        }
    }
    if let Some(("format" | "format_args", true, arguments)) = callee(tokens) {
        let arguments = inner(arguments);
        let mut arguments = arguments
            .split(|token| is_punct(token, ','))
            .filter(|argument| !argument.is_empty());
        let format = arguments.next().map(written);
        let rest: Vec<_> = arguments.map(written).collect();
        let known = format.and_then(|format| formatted(&string(&format)?, &rest));
        return Some(known.unwrap_or_else(|| vec![Part::Hole(written(tokens))]));
    }
    None
}

/// Of tokens that are but a call of a function or a macro: its name, whether it is a macro, and
/// its arguments.
fn callee(tokens: &[TokenTree]) -> Option<(&'static str, bool, &Group)> {
    let (TokenTree::Group(arguments), path) = tokens.split_last()? else {
        return None;
    };
    let is_macro = path.last().is_some_and(|last| is_punct(last, '!'));
    let path = if is_macro {
        &path[..path.len() - 1]
    } else {
        path
    };
    let (TokenTree::Ident(name), module) = path.split_last()? else {
        return None;
    };
    let is_path = |token: &TokenTree| matches!(token, TokenTree::Ident(_)) || is_punct(token, ':');
    if !module.iter().all(is_path) {
        return None;
    }
    if !is_macro && arguments.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let known = ["PreEscaped", "html", "format", "format_args"];
    let known = known.into_iter().find(|known| name == known);
    Some((known.unwrap_or_default(), is_macro, arguments))
}

fn inner(group: &Group) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    flatten(group.stream(), &mut tokens);
    tokens
}
