//! Decodes Rust's literals: the text of a string, of a character, of a `format!` and
//! its arguments. Also escapes that text for HTML.

use std::collections::HashMap;

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

/// The longest value of a `format!` that is read, in bytes: an argument may be used
/// many times.
const LONGEST: usize = 16 << 10;

/// What `format!` makes of its text and its arguments, each as it is written
/// (`id`, `name = user.name`). `None` where an argument is missing, or the value is too
/// long.
pub(crate) fn formatted(format: &str, arguments: &[String]) -> Option<Vec<Part>> {
    let mut arguments = Arguments::new(arguments);
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut copied = 0;
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
        let value = arguments.get(name)?;
        copied += value.len();
        if copied > LONGEST {
            return None;
        }
        let literal = string(value).or_else(|| Some(value.parse::<u128>().ok()?.to_string()));
        // A format of its own may change even a literal.
        parts.push(match literal {
            Some(text) if !hole.contains(':') => Part::Text(text),
            _ => Part::Hole(value.to_owned()),
        });
        rest = behind;
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

/// The arguments of a `format!`.
struct Arguments<'a> {
    all: &'a [String],
    /// Those with a name, the first of a name.
    named: HashMap<&'a str, &'a str>,
    /// The next one that a hole without a name means.
    next: usize,
}

impl<'a> Arguments<'a> {
    fn new(all: &'a [String]) -> Self {
        let mut named = HashMap::new();
        for argument in all {
            if let Some((name, value)) = argument.split_once('=')
                && !value.is_empty()
                && !value.starts_with('=')
            {
                named.entry(name.trim()).or_insert(value.trim());
            }
        }
        let next = 0;
        Self { all, named, next }
    }

    /// The argument that a hole means: the next one, one by its number, one by its name,
    /// or the variable of that name.
    fn get<'n>(&mut self, name: &'n str) -> Option<&'n str>
    where
        'a: 'n,
    {
        if name.is_empty() {
            self.next += 1;
            return self.all.get(self.next - 1).map(String::as_str);
        }
        if let Ok(number) = name.parse::<usize>() {
            return self.all.get(number).map(String::as_str);
        }
        Some(self.named.get(name).copied().unwrap_or(name))
    }
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
