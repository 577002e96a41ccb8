//! The regular expression in `pattern`, as one of the crate `regex` that matches the same texts.
//! It is one of JavaScript with the flag `v`, for the whole text. Of what is written otherwise in
//! the two languages, only what occurs is translated; the rest is not known.
//!
//! <https://tc39.es/ecma262/#sec-patterns>

use std::iter::Peekable;
use std::str::Chars;

/// What `\s` matches.
const SPACES: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

/// What only means itself behind a backslash.
const SYNTAX: &str = "^$\\.*+?()[]{}|/";

/// The same within brackets.
const PUNCTUATION: &str = "&-!#%,:;<=>@`~";

/// What must not stand twice in a row within brackets.
const DOUBLE: &str = "&!#$%*+,.:;<=>?@^`~";

/// The expression; `None`: it is not known, or a browser ignores it.
pub(super) fn translated(pattern: &str) -> Option<String> {
    let mut translation = Translation {
        chars: pattern.chars().peekable(),
        out: String::new(),
        depth: 0,
    };
    translation.all()?;
    Some(format!("^(?:{})$", translation.out))
}

struct Translation<'p> {
    chars: Peekable<Chars<'p>>,
    out: String,
    /// How many groups are open.
    depth: usize,
}

/// What stands within brackets, or behind a backslash.
enum Part {
    One(char),
    /// Some characters, as they are written within brackets.
    Some(String),
    /// The brackets end.
    End,
}

impl Translation<'_> {
    fn all(&mut self) -> Option<()> {
        // Whether something can be repeated.
        let mut is_part = false;
        while let Some(c) = self.chars.next() {
            is_part = match c {
                '\\' => {
                    match self.escape(SYNTAX)? {
                        Part::One(c) => self.one(c),
                        Part::Some(class) => self.out.push_str(&format!("[{class}]")),
                        Part::End => return None,
                    }
                    true
                }
                '[' => {
                    self.class()?;
                    true
                }
                '(' => {
                    self.group()?;
                    false
                }
                ')' => {
                    self.depth = self.depth.checked_sub(1)?;
                    self.out.push(')');
                    true
                }
                '*' | '+' | '?' | '{' => {
                    if !is_part {
                        return None;
                    }
                    self.repetition(c)?;
                    false
                }
                '|' | '^' | '$' => {
                    self.out.push(c);
                    false
                }
                '.' => {
                    self.out.push_str(r"[^\n\r\u{2028}\u{2029}]");
                    true
                }
                ']' | '}' => return None,
                c => {
                    self.one(c);
                    true
                }
            };
        }
        (self.depth == 0).then_some(())
    }

    /// Writes a character that means itself.
    fn one(&mut self, c: char) {
        self.out.push_str(&itself(c));
    }

    /// What a group begins with: those with names are like those without, and what looks ahead or
    /// behind is not known.
    fn group(&mut self) -> Option<()> {
        self.depth += 1;
        self.out.push_str("(?:");
        if self.chars.next_if_eq(&'?').is_none() {
            return Some(());
        }
        match self.chars.next()? {
            ':' => Some(()),
            '<' => {
                let mut is_first = true;
                loop {
                    let c = self.chars.next()?;
                    match c {
                        '>' if !is_first => return Some(()),
                        c if c.is_ascii_alphabetic() || (c.is_ascii_digit() && !is_first) => {}
                        _ => return None,
                    }
                    is_first = false;
                }
            }
            _ => None,
        }
    }

    fn repetition(&mut self, c: char) -> Option<()> {
        self.out.push(c);
        if c == '{' {
            let inside: String = std::iter::from_fn(|| self.chars.next_if(|c| *c != '}')).collect();
            self.chars.next_if_eq(&'}')?;
            let is_number = |text: &str| {
                (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
            };
            let is_valid = match inside.split_once(',') {
                None => is_number(&inside),
                Some((least, "")) => is_number(least),
                Some((least, most)) => {
                    is_number(least)
                        && is_number(most)
                        && least.parse::<u32>().ok()? <= most.parse().ok()?
                }
            };
            if !is_valid {
                return None;
            }
            self.out.push_str(&inside);
            self.out.push('}');
        }
        if self.chars.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        Some(())
    }

    /// What stands behind a backslash; `others` are the marks that it makes mean themselves.
    fn escape(&mut self, others: &str) -> Option<Part> {
        let named = |class: &str| Some(Part::Some(class.to_owned()));
        let c = self.chars.next()?;
        match c {
            'd' => named("0-9"),
            'D' => named("[^0-9]"),
            'w' => named("0-9A-Z_a-z"),
            'W' => named("[^0-9A-Z_a-z]"),
            's' => named(SPACES),
            'S' => Some(Part::Some(format!("[^{SPACES}]"))),
            't' => Some(Part::One('\t')),
            'n' => Some(Part::One('\n')),
            'r' => Some(Part::One('\r')),
            'v' => Some(Part::One('\u{B}')),
            'f' => Some(Part::One('\u{C}')),
            'x' => self.number(2),
            'u' if self.chars.next_if_eq(&'{').is_some() => {
                let digits: String =
                    std::iter::from_fn(|| self.chars.next_if(|c| *c != '}')).collect();
                self.chars.next_if_eq(&'}')?;
                character(&digits)
            }
            'u' => self.number(4),
            c if others.contains(c) || SYNTAX.contains(c) => Some(Part::One(c)),
            _ => None,
        }
    }

    fn number(&mut self, digits: usize) -> Option<Part> {
        let digits: String = self.chars.by_ref().take(digits).collect();
        character(&digits)
    }

    /// What stands within brackets, behind the first one.
    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if self.chars.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        if self.chars.peek() == Some(&']') {
            return None;
        }
        loop {
            let part = self.class_part()?;
            if matches!(part, Part::End) {
                self.out.push(']');
                return Some(());
            }
            if self.chars.next_if_eq(&'-').is_none() {
                match part {
                    Part::One(c) => self.one(c),
                    Part::Some(class) => self.out.push_str(&class),
                    Part::End => {}
                }
                continue;
            }
            let (Part::One(from), Part::One(to)) = (part, self.class_part()?) else {
                return None;
            };
            if from > to {
                return None;
            }
            let (from, to) = (itself(from), itself(to));
            self.out.push_str(&format!("{from}-{to}"));
        }
    }

    /// The next part within brackets.
    fn class_part(&mut self) -> Option<Part> {
        let c = self.chars.next()?;
        match c {
            ']' => Some(Part::End),
            '\\' => self.escape(PUNCTUATION),
            '(' | ')' | '[' | '{' | '}' | '/' | '-' | '|' => None,
            c if DOUBLE.contains(c) && self.chars.peek() == Some(&c) => None,
            c => Some(Part::One(c)),
        }
    }
}

/// The character of a number in hexadecimal.
fn character(digits: &str) -> Option<Part> {
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    char::from_u32(number).map(Part::One)
}

/// A character that means itself, also within brackets.
fn itself(c: char) -> String {
    if c.is_alphanumeric() || matches!(c, ' ' | '_') {
        c.to_string()
    } else {
        format!("\\x{{{:X}}}", u32::from(c))
    }
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn what_both_languages_have_is_translated() {
        for (pattern, expected) in [
            ("[a-z]+", "^(?:[a-z]+)$"),
            (r"\d{3,5}", "^(?:[0-9]{3,5})$"),
            (r"a|b-c", r"^(?:a|b\x{2D}c)$"),
            (r"(?<year>\d{4})/?", r"^(?:(?:[0-9]{4})\x{2F}?)$"),
            (r"[^\w\-.]*?", r"^(?:[^0-9A-Z_a-z\x{2D}\x{2E}]*?)$"),
            (r"\u0041\x42\u{1F600}", r"^(?:AB\x{1F600})$"),
            (".", r"^(?:[^\n\r\u{2028}\u{2029}])$"),
        ] {
            assert_eq!(translated(pattern).as_deref(), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_valid_with_the_flag_or_is_not_translated_is_not_known() {
        for pattern in [
            r"\-",
            "[a-]",
            "[a-z0-9._%+-]+",
            "[a&&b]",
            "[a--b]",
            "[[a]b]",
            "[(]",
            "a{",
            "a{2",
            "}",
            "]",
            "(a",
            "a)",
            "*",
            "a**",
            "a+*",
            "(?=a)",
            r"(?<!a)b",
            r"(a)\1",
            r"\bx",
            r"\p{L}",
            "[]",
            "[z-a]",
            r"[\d-x]",
            "a{3,2}",
            "(?i:a)",
            r"\uD800",
        ] {
            assert_eq!(translated(pattern), None, "{pattern}");
        }
    }
}
