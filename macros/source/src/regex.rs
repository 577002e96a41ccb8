//! Regular expressions of path parameters, in the dialect of the crate `regex`. They are looked
//! at only as far as it takes to say what a router does with them.

use std::fmt;

/// Why a text is not a regular expression for a parameter.
#[derive(Debug, PartialEq, Eq)]
pub enum RegexError {
    /// It is empty.
    Empty,
    /// This is opened or closed without its counterpart.
    Unbalanced(char),
    /// It ends within an escape.
    Escape,
    /// There is nothing that this could repeat.
    Repeats(char),
    /// The crate `regex` has no such groups.
    LookAround,
    /// The crate `regex` has no back-references.
    BackReference,
    /// It contains a slash, and a parameter is one segment.
    Slash,
}

/// Checks a regular expression for what is commonly mistyped.
///
/// # Errors
///
/// Says what is wrong with it.
pub fn check(regex: &str) -> Result<(), RegexError> {
    let mut open = Vec::new();
    let mut chars = regex.chars().peekable();
    // Nothing to repeat comes before.
    let mut is_start = true;
    while let Some(c) = chars.next() {
        let is_in_class = open.last() == Some(&'[');
        let was_start = std::mem::replace(&mut is_start, false);
        match c {
            '\\' => match chars.next() {
                None => return Err(RegexError::Escape),
                Some(digit) if digit.is_ascii_digit() && digit != '0' => {
                    return Err(RegexError::BackReference);
                }
                Some(_) => {}
            },
            '/' => return Err(RegexError::Slash),
            ']' if is_in_class => {
                open.pop();
            }
            '[' => {
                open.push('[');
                // Directly after `[` or `[^`, a `]` is a character of the class.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
            }
            _ if is_in_class => {}
            '(' => {
                open.push('(');
                is_start = true;
                if chars.next_if_eq(&'?').is_some() {
                    let is_behind = chars.next_if_eq(&'<').is_some();
                    if chars.peek().is_some_and(|c| matches!(c, '=' | '!')) {
                        return Err(RegexError::LookAround);
                    }
                    is_start = !is_behind;
                    if !is_behind {
                        while chars.next_if(|c| !matches!(c, ':' | ')')).is_some() {}
                        chars.next_if_eq(&':');
                    }
                }
            }
            ')' => match open.pop() {
                Some('(') => {}
                _ => return Err(RegexError::Unbalanced(')')),
            },
            '|' => is_start = true,
            '*' | '+' | '?' if was_start => return Err(RegexError::Repeats(c)),
            _ => {}
        }
    }
    match open.pop() {
        Some(c) => Err(RegexError::Unbalanced(c)),
        None if regex.is_empty() => Err(RegexError::Empty),
        None => Ok(()),
    }
}

/// Whether a match may contain a slash, so that it would be more than a segment; also where that
/// is not easily told.
#[must_use]
pub fn may_match_slash(regex: &str) -> bool {
    let (mut is_escaped, mut is_in_class) = (false, false);
    let mut last = '[';
    let mut chars = regex.chars().peekable();
    while let Some(c) = chars.next() {
        let before = std::mem::replace(&mut last, c);
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        let next = chars.peek().copied();
        let is_wide = if was_escaped {
            // `\D` and its like, and characters by their numbers.
            matches!(c, 'D' | 'W' | 'S' | 'P' | 'B' | 'x' | 'u' | 'U' | '/')
        } else {
            // A range that begins or ends with a mark may contain the slash.
            let is_range = before != '[' && next != Some(']');
            let has_mark = !before.is_alphanumeric() || next.is_some_and(|c| !c.is_alphanumeric());
            match c {
                '/' => true,
                '.' => !is_in_class,
                '[' => next == Some('^'),
                '-' => is_in_class && is_range && has_mark,
                _ => false,
            }
        };
        if is_wide {
            return true;
        }
        match c {
            '[' if !was_escaped => is_in_class = true,
            ']' if !was_escaped => is_in_class = false,
            _ => {}
        }
    }
    false
}

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the regular expression is empty: it would match nothing"),
            Self::Unbalanced('[') => f.write_str("the class `[` is not closed"),
            Self::Unbalanced('(') => f.write_str("the group `(` is not closed"),
            Self::Unbalanced(c) => write!(f, "`{c}` closes nothing"),
            Self::Escape => f.write_str("the regular expression ends with a backslash"),
            Self::Repeats(c) => write!(f, "`{c}` repeats nothing"),
            Self::LookAround => f.write_str("look-around is not supported"),
            Self::BackReference => f.write_str("back-references are not supported"),
            Self::Slash => f.write_str("a parameter is one segment, and contains no slash"),
        }
    }
}

impl std::error::Error for RegexError {}

#[cfg(test)]
mod tests {
    use super::{RegexError, check, may_match_slash};

    #[test]
    fn what_is_commonly_mistyped_is_refused() {
        for regex in [
            r"\d+",
            "[a-z-]+",
            "[]a]",
            "[^]]",
            r"(?:a|b){2}",
            "(?i)en|fr",
            r"\(\[",
            "(?P<x>a)+",
            "(?<x>a)",
            "[(*]",
        ] {
            assert_eq!(check(regex), Ok(()), "{regex}");
        }
        for (regex, error) in [
            ("", RegexError::Empty),
            ("[a-z", RegexError::Unbalanced('[')),
            ("(a", RegexError::Unbalanced('(')),
            ("a)", RegexError::Unbalanced(')')),
            ("a\\", RegexError::Escape),
            ("+", RegexError::Repeats('+')),
            ("a|*", RegexError::Repeats('*')),
            ("(?=a)", RegexError::LookAround),
            ("(?<!a)b", RegexError::LookAround),
            (r"(a)\1", RegexError::BackReference),
            ("a/b", RegexError::Slash),
        ] {
            assert_eq!(check(regex), Err(error), "{regex}");
        }
    }

    #[test]
    fn what_may_be_more_than_a_segment_is_known() {
        for regex in [
            r"\d+",
            "[a-z0-9_-]+",
            r"\d{4}-\d\d",
            r"a\.b",
            "en|fr",
            "(?i)en",
        ] {
            assert!(!may_match_slash(regex), "{regex}");
        }
        for regex in [
            ".*", "[^x]+", r"\S+", "a/b", r"[+-\]]", "[+-9]", r"\x2f", r"\\.",
        ] {
            assert!(may_match_slash(regex), "{regex}");
        }
    }
}
