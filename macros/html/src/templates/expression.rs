//! Expressions as they are written, which the parsers do not keep.

use super::loaded::File;
use super::text::quoted;
use super::tree::Expr;

/// The expression as it is written: up to the tag's end, a comma, a `~` or a bracket
/// that closes what is around it.
pub(crate) fn written(expression: &Expr, file: &File) -> String {
    if let Some(end) = expression.end {
        let text = file.text().get(expression.at..end);
        return text.unwrap_or_default().to_owned();
    }
    let text = file.text().get(expression.at..).unwrap_or_default();
    let stop = |rest: &str| {
        let tag = file.ends.iter().any(|end| rest.starts_with(end.as_str()));
        tag || rest.starts_with([',', '~'])
    };
    // A `-` or `+` before the tag's end is for the whitespace behind it.
    let end = end(text, stop);
    text[..end].trim_end_matches(['-', '+']).trim().to_owned()
}

/// What is filtered, as it is written: up to the filter.
pub(crate) fn written_before(source: &Expr, end: usize, file: &File) -> String {
    let text = file.text();
    let text = text.get(source.at.min(end)..end).unwrap_or_default();
    text.trim().trim_end_matches('|').trim_end().to_owned()
}

/// The parts of a text that commas separate, trimmed.
pub(crate) fn arguments(mut text: &str) -> Vec<String> {
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
            '"' => literal(rest, b'"'),
            // A lifetime has no second quote.
            '\'' if rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'') => {
                literal(rest, b'\'')
            }
            _ => c.len_utf8(),
        };
    }
    text.len()
}

/// The length of a literal with its quotes; one that is not closed is all that is left.
pub(super) fn literal(text: &str, quote: u8) -> usize {
    quoted(text.as_bytes(), quote).unwrap_or(text.len())
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
