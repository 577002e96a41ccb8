//! Decodes Rust's literals: the text of a string, of a character, of a `format!` and
//! its arguments. Also escapes that text for HTML.

use crate::value::Part;

/// The text in HTML, in an element as in an attribute's value.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
    html
}

/// The text of what stands between the quotes of a string or a character; `None`
/// where an escape is none of Rust's.
pub(crate) fn unescaped(content: &str) -> Option<String> {
    let mut text = String::with_capacity(content.len());
    let mut rest = content.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        text.push(match rest.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            same @ ('\\' | '\'' | '"') => same,
            'x' => {
                let digits: String = rest.by_ref().take(2).collect();
                char::from(u8::from_str_radix(&digits, 16).ok()?)
            }
            'u' => {
                let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
                let digits = digits.strip_prefix('{')?.replace('_', "");
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            // The line goes on at the next line's first word.
            '\n' | '\r' => {
                rest = rest.as_str().trim_ascii_start().chars();
                continue;
            }
            _ => return None,
        });
    }
    Some(text)
}

/// The text of a string literal as it is written: `"a\n"`, `r#"a"#`.
pub(crate) fn string(written: &str) -> Option<String> {
    if let Some(content) = written.strip_prefix('"') {
        return unescaped(content.strip_suffix('"')?);
    }
    let fence = written.strip_prefix('r')?;
    let content = fence.trim_start_matches('#');
    let fence = &fence[..fence.len() - content.len()];
    let content = content.strip_prefix('"')?.strip_suffix(fence)?;
    content.strip_suffix('"').map(str::to_owned)
}

/// What `format!` makes of its text and its arguments, each as it is written
/// (`id`, `name = user.name`). `None` where an argument is missing.
pub(crate) fn formatted(format: &str, arguments: &[String]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut next = 0;
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        text.push_str(before);
        if brace.starts_with("{{") || brace.starts_with("}}") {
            text.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let (hole, behind) = brace.strip_prefix('{')?.split_once('}')?;
        let name = hole.split(':').next().unwrap_or(hole).trim();
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        let value = argument(name, &mut next, arguments)?;
        let literal = string(&value).or_else(|| Some(value.parse::<u128>().ok()?.to_string()));
        // A format of its own may change even a literal.
        parts.push(match literal {
            Some(text) if !hole.contains(':') => Part::Text(text),
            _ => Part::Hole(value),
        });
        rest = behind;
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

/// The argument that a hole of `format!` means: the next one, one by its number,
/// one by its name, or the variable of that name.
fn argument(name: &str, next: &mut usize, arguments: &[String]) -> Option<String> {
    let named = |argument: &String| {
        let (known, value) = argument.split_once('=')?;
        let value = value.strip_prefix('=').map_or(value, |_| "");
        (known.trim() == name && !value.is_empty()).then(|| value.trim().to_owned())
    };
    if name.is_empty() {
        *next += 1;
        return arguments.get(*next - 1).cloned();
    }
    if let Ok(number) = name.parse::<usize>() {
        return arguments.get(number).cloned();
    }
    Some(
        arguments
            .iter()
            .find_map(named)
            .unwrap_or_else(|| name.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::{Part, formatted, string};

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn hole(expression: &str) -> Part {
        Part::Hole(expression.to_owned())
    }

    #[test]
    fn strings_are_read_as_rust_reads_them() {
        assert_eq!(string(r#""a\"b\n\x41\u{e9}""#).as_deref(), Some("a\"b\nAé"));
        assert_eq!(string("\"a \\\n   b\"").as_deref(), Some("a b"));
        assert_eq!(string(r##"r#"a\"b"#"##).as_deref(), Some(r#"a\"b"#));
        assert_eq!(string("b\"a\""), None);
        assert_eq!(string(r#""\q""#), None);
    }

    #[test]
    fn format_takes_arguments_by_order_by_number_by_name_and_from_around() {
        let arguments = ["a", "b.c", "d = e()", "1", "\"x\""].map(str::to_owned);
        let parts = formatted("/{}/{:>4}/{0}/{d:?}/{f}/{{g}}/{3}{4}{4:?}", &arguments).unwrap();
        let expected = [
            text("/"),
            hole("a"),
            text("/"),
            hole("b.c"),
            text("/"),
            hole("a"),
            text("/"),
            hole("e()"),
            text("/"),
            hole("f"),
            text("/{g}/"),
            text("1"),
            text("x"),
            hole("\"x\""),
        ];
        assert_eq!(parts, expected);
        assert_eq!(formatted("{}{}", &arguments[..1]), None);
        assert_eq!(formatted("{", &[]), None);
    }
}
