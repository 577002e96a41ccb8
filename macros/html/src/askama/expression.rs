//! Expressions as they are written, which the parser does not keep: its span of an
//! expression is that of one token in it.

use askama_parser::{CharLit, Expr, Filter, Num, PathOrIdentifier, Span, StrLit, WithSpan};

use super::files::File;
use crate::rust_literal::unescaped;

/// An expression in its file.
pub(super) type Spanned<'a> = WithSpan<Box<Expr<'a>>>;

/// The expression without the parentheses around it.
pub(super) fn bare<'e, 'a>(mut expression: &'e Spanned<'a>) -> &'e Spanned<'a> {
    while let Expr::Group(inner) = &***expression {
        expression = inner;
    }
    expression
}

/// The expression as it is written: up to the tag's end, a comma, a `~` or a bracket
/// that closes what is around it.
pub(super) fn written(expression: &Spanned<'_>, file: &File) -> String {
    let text = file.text();
    let start = start(expression, text).unwrap_or(text.len());
    let text = text.get(start..).unwrap_or_default();
    let stop = |rest: &str| {
        let tag = file.ends.iter().any(|end| rest.starts_with(end.as_str()));
        tag || rest.starts_with([',', '~'])
    };
    // A `-` or `+` before the tag's end is for the whitespace behind it.
    let end = end(text, stop);
    text[..end].trim_end_matches(['-', '+']).trim().to_owned()
}

/// What is filtered, as it is written: up to the filter.
pub(super) fn written_before(source: &Spanned<'_>, filter: Span, file: &File) -> String {
    let text = file.text();
    let end = filter.byte_range().map_or(text.len(), |range| range.start);
    let start = start(source, text).unwrap_or(end).min(end);
    let text = text.get(start..end).unwrap_or_default();
    text.trim().trim_end_matches('|').trim_end().to_owned()
}

/// Where the line of an expression is counted: at its first token.
pub(super) fn offset(expression: &Spanned<'_>, file: &File) -> usize {
    start(expression, file.text()).unwrap_or_default()
}

/// The literal's text, as it is rendered.
pub(super) fn literal(expression: &Expr<'_>) -> Option<String> {
    match expression {
        Expr::BoolLit(value) => Some(value.to_string()),
        Expr::StrLit(StrLit {
            prefix: None,
            content,
            ..
        })
        | Expr::CharLit(CharLit {
            prefix: None,
            content,
        }) => unescaped(content),
        Expr::NumLit(_, Num::Int(digits, _)) => {
            let digits = digits.replace('_', "");
            digits.parse::<u128>().ok().map(|value| value.to_string())
        }
        _ => None,
    }
}

/// The name of a filter, and what is filtered.
pub(super) fn filtered<'e, 'a>(filter: &'e Filter<'a>) -> Option<(&'a str, &'e Spanned<'a>)> {
    match &filter.name {
        PathOrIdentifier::Identifier(name) => Some((**name, filter.arguments.first()?)),
        PathOrIdentifier::Path(_) => None,
    }
}

/// The parts of a text that commas separate, trimmed.
pub(super) fn arguments(mut text: &str) -> Vec<String> {
    let mut found = Vec::new();
    loop {
        let end = end(text, |rest| rest.starts_with(','));
        let argument = text[..end].trim();
        if !argument.is_empty() {
            found.push(argument.to_owned());
        }
        match text.get(end + 1..) {
            Some(rest) => text = rest,
            None => return found,
        }
    }
}

/// Where the first token of an expression begins.
fn start(expression: &Spanned<'_>, text: &str) -> Option<usize> {
    let own = expression.span().byte_range().map(|range| range.start);
    match &***expression {
        Expr::BinOp(operation) => start(&operation.lhs, text),
        Expr::Filter(filter) => start(filter.arguments.first()?, text),
        Expr::AssociatedItem(inner, _)
        | Expr::Index(inner, _)
        | Expr::As(inner, _)
        | Expr::Try(inner) => start(inner, text),
        Expr::Call(call) => start(&call.path, text),
        Expr::Struct(value) => start(&value.path, text),
        Expr::RustMacro(path, _) => path.first()?.span().byte_range().map(|range| range.start),
        Expr::Concat(items) => start(items.first()?, text),
        Expr::Range(range) => match &range.lhs {
            Some(from) => start(from, text),
            None => own,
        },
        // The span is that of `is`.
        Expr::IsDefined(name) | Expr::IsNotDefined(name) => text.get(..own?)?.rfind(name),
        _ => own,
    }
}

/// Where a piece of Rust ends: where `stop` says so, or a bracket closes that the
/// piece does not open; strings, characters and brackets in it are skipped.
fn end(text: &str, stop: impl Fn(&str) -> bool) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if depth == 0 && (stop(rest) || matches!(c, ')' | ']' | '}')) {
            return at;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        at += match c {
            '"' => quoted(rest, '"'),
            // A lifetime has no second quote.
            '\'' if rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'') => {
                quoted(rest, '\'')
            }
            _ => c.len_utf8(),
        };
    }
    text.len()
}

/// The length of a literal with its quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{arguments, end};

    #[test]
    fn an_expression_ends_at_its_tag_not_at_what_looks_like_one() {
        let ends = |text: &'static str| &text[..end(text, |rest| rest.starts_with("}}"))];
        assert_eq!(ends("a }} b"), "a ");
        assert_eq!(
            ends(r#"f("}}", '}', '\'', A { b: 1 })}}"#),
            r#"f("}}", '}', '\'', A { b: 1 })"#
        );
        assert_eq!(ends("A{b:1}}}"), "A{b:1}");
        assert_eq!(ends("f::<'a>(b) }}"), "f::<'a>(b) ");
        assert_eq!(ends("\"never closed }}"), "\"never closed }}");
    }

    #[test]
    fn arguments_are_parted_at_the_outer_commas() {
        assert_eq!(
            arguments(r#""a, {}", f(b, c), d"#),
            [r#""a, {}""#, "f(b, c)", "d"]
        );
        assert!(arguments("  ").is_empty());
        assert_eq!(arguments("a,"), ["a"]);
    }
}
