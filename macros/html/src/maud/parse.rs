//! From the tokens in `html! { … }` to markup.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::markup::{Attribute, Class, Element, Markup};
use super::tokens::{Tokens, is_punct};
use crate::rust_literal::string;
use crate::source::Arms;

/// All that the tokens hold.
pub(super) fn markups(mut tokens: Tokens) -> Vec<Markup> {
    let mut found = Vec::new();
    while tokens.peek().is_some() {
        markup(&mut tokens, &mut found);
    }
    found
}

fn block(stream: TokenStream) -> Vec<Markup> {
    markups(Tokens::new(stream))
}

/// One piece of markup, or none where nothing begins.
fn markup(tokens: &mut Tokens, found: &mut Vec<Markup>) {
    match tokens.peek() {
        Some(TokenTree::Ident(_)) => found.push(Markup::Element(element(tokens))),
        Some(sign) if is_punct(sign, '.') || is_punct(sign, '#') => {
            found.push(Markup::Element(element(tokens)));
        }
        _ => value(tokens, found),
    }
}

/// One piece of markup that is not an element, as in an attribute.
fn value(tokens: &mut Tokens, found: &mut Vec<Markup>) {
    match tokens.next() {
        Some(TokenTree::Literal(literal)) => {
            if let Some(text) = string(&literal.to_string()) {
                found.push(Markup::Text(text, literal.span()));
            }
        }
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => found.push(Markup::Splice(group.stream(), group.span())),
            Delimiter::Brace => found.extend(block(group.stream())),
            Delimiter::Bracket | Delimiter::None => {}
        },
        Some(sign) if is_punct(&sign, '@') => control(tokens, found),
        _ => {}
    }
}

fn element(tokens: &mut Tokens) -> Element {
    let span = tokens.peek().map_or_else(Span::call_site, TokenTree::span);
    let mut element = Element {
        name: name(tokens).unwrap_or_else(|| "div".to_owned()),
        span,
        classes: Vec::new(),
        id: None,
        attributes: Vec::new(),
        body: None,
    };
    loop {
        if tokens.take('.') {
            element.classes.push(Class {
                name: name_or_value(tokens),
                conditional: tokens.take_group(Delimiter::Bracket).is_some(),
            });
        } else if tokens.take('#') {
            element.id = Some(name_or_value(tokens));
        } else if tokens.take(';') || tokens.take('/') {
            return element;
        } else if let Some(body) = tokens.take_group(Delimiter::Brace) {
            element.body = Some(block(body.stream()));
            return element;
        } else if let Some(attribute) = attribute(tokens) {
            element.attributes.push(attribute);
        } else if tokens.next().is_none() {
            return element;
        }
    }
}

fn attribute(tokens: &mut Tokens) -> Option<Attribute> {
    let span = tokens.peek().map(TokenTree::span)?;
    let name = name(tokens)?;
    tokens.take('?');
    if !tokens.take('=') {
        return Some(Attribute {
            name,
            span,
            value: None,
            conditional: tokens.take_group(Delimiter::Bracket).is_some(),
        });
    }
    let mut found = Vec::new();
    let optional = tokens.take_group(Delimiter::Bracket);
    let conditional = optional.is_some();
    match optional {
        Some(group) => found.push(Markup::Splice(group.stream(), group.span())),
        None => value(tokens, &mut found),
    }
    Some(Attribute {
        name,
        span,
        value: Some(found),
        conditional,
    })
}

/// A name of HTML: words, numbers and strings with `-` and `:` between them.
fn name(tokens: &mut Tokens) -> Option<String> {
    let mut name = String::new();
    loop {
        match tokens.peek() {
            Some(TokenTree::Ident(word)) => name.push_str(&word.to_string()),
            Some(TokenTree::Literal(literal)) => {
                let written = literal.to_string();
                name.push_str(&string(&written).unwrap_or(written));
            }
            // Two signs with nothing between them, as in `x-on::click`.
            Some(sign) if !name.is_empty() && (is_punct(sign, '-') || is_punct(sign, ':')) => {}
            _ => return (!name.is_empty()).then_some(name),
        }
        if !matches!(tokens.peek(), Some(TokenTree::Punct(_))) {
            tokens.next();
        }
        if tokens.take('-') {
            name.push('-');
        } else if tokens.take(':') {
            name.push(':');
        } else {
            return Some(name);
        }
    }
}

/// What stands behind `.` or `#`.
fn name_or_value(tokens: &mut Tokens) -> Vec<Markup> {
    let span = tokens.peek().map_or_else(Span::call_site, TokenTree::span);
    let mut found = Vec::new();
    match name(tokens) {
        Some(name) => found.push(Markup::Text(name, span)),
        None if matches!(tokens.peek(), Some(TokenTree::Group(_))) => value(tokens, &mut found),
        None => {}
    }
    found
}

/// What stands behind `@`.
fn control(tokens: &mut Tokens, found: &mut Vec<Markup>) {
    let Some(word) = tokens.take_word() else {
        return;
    };
    match word.to_string().as_str() {
        "if" => {
            let mut branches = vec![body(tokens)];
            let mut arms = Arms::AtMostOne;
            while arms == Arms::AtMostOne && is_else(tokens) {
                tokens.next();
                tokens.next();
                let another = matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "if");
                if another {
                    tokens.next();
                } else {
                    arms = Arms::OneOf;
                }
                branches.push(body(tokens));
            }
            found.push(Markup::Group(arms, branches));
        }
        "for" => {
            let is_in = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "in");
            while tokens.next().is_some_and(|token| !is_in(&token)) {}
            found.push(Markup::Group(Arms::AnyNumber, vec![body(tokens)]));
        }
        "while" => found.push(Markup::Group(Arms::AnyNumber, vec![body(tokens)])),
        "match" => {
            let arms = arms(Tokens::new(braces(tokens)));
            found.push(Markup::Group(Arms::OneOf, arms));
        }
        "let" => while tokens.next().is_some_and(|token| !is_punct(&token, ';')) {},
        _ => {}
    }
}

/// Whether `@else` is next.
fn is_else(tokens: &Tokens) -> bool {
    tokens.peek().is_some_and(|token| is_punct(token, '@'))
        && matches!(tokens.peek_second(), Some(TokenTree::Ident(word)) if word == "else")
}

fn arms(mut tokens: Tokens) -> Vec<Vec<Markup>> {
    let mut arms = Vec::new();
    while tokens.peek().is_some() {
        // The pattern, and a condition behind it.
        while let Some(token) = tokens.next() {
            if is_punct(&token, '=') && tokens.take('>') {
                break;
            }
        }
        let mut arm = Vec::new();
        markup(&mut tokens, &mut arm);
        arms.push(arm);
        tokens.take(',');
    }
    arms
}

/// The markup in the braces behind a condition.
fn body(tokens: &mut Tokens) -> Vec<Markup> {
    block(braces(tokens))
}

/// The braces behind an expression, or behind a condition with `let`; those of a
/// pattern, and of what an expression is made of, are skipped.
fn braces(tokens: &mut Tokens) -> TokenStream {
    let mut owned: u32 = 0;
    let mut before: Option<TokenTree> = None;
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "let" => pattern(tokens),
                "match" | "if" | "else" | "unsafe" | "loop" | "async" | "const" => owned += 1,
                _ => {}
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let is_macro_or_closure =
                    |token: &TokenTree| is_punct(token, '!') || is_punct(token, '|');
                if owned > 0 {
                    owned -= 1;
                } else if !before.as_ref().is_some_and(is_macro_or_closure) {
                    return group.stream();
                }
            }
            _ => {}
        }
        before = Some(token);
    }
    TokenStream::new()
}

/// Skips a pattern and the `=` behind it; `..=` is part of the pattern.
fn pattern(tokens: &mut Tokens) {
    let mut range = false;
    while let Some(token) = tokens.next() {
        if is_punct(&token, '=') && !range {
            return;
        }
        range = is_punct(&token, '.');
    }
}
