//! Which characters a reader does not see, or a terminal obeys, and how a text shows them.
//!
//! Names that hold one are refused when an input is read. Other texts show it escaped, as
//! Rust writes it: `\n`, `\u{1b}`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// What a name must not hold, for messages.
pub(crate) const REFUSED: &str =
    "a control character, a bidirectional control, a line separator or a noncharacter";

/// Whether a name must not hold the character: a control character, one that changes the
/// direction of the text, a line or paragraph separator, or a noncharacter.
pub(crate) fn is_refused(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{2028}' | '\u{2029}'
        | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// The first character of a name that it must not hold.
pub(crate) fn refused_in(name: &str) -> Option<char> {
    if name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    name.chars().find(|c| is_refused(*c))
}

/// Whether a text that is printed shows the character escaped: the refused ones, and those
/// that have no width and no use in a text.
pub(crate) fn is_escaped(c: char) -> bool {
    is_refused(c)
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether the character only changes or joins those beside it, as in emoji and in some
/// scripts. Programs that compare texts may ignore it.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether nobody sees anything of the text.
pub(crate) fn is_blank(text: &str) -> bool {
    let is_filler = |c| {
        matches!(
            c,
            '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{ffa0}'
        )
    };
    let is_unseen = |c: char| c.is_whitespace() || is_escaped(c) || is_joiner(c) || is_filler(c);
    text.chars().all(is_unseen)
}

/// The text in one line, with the characters that are not printed escaped.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) {
            push_escaped(c, &mut escaped);
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Adds the escape of a character.
pub(crate) fn push_escaped(c: char, to: &mut String) {
    match c {
        '\n' => to.push_str("\\n"),
        '\r' => to.push_str("\\r"),
        '\t' => to.push_str("\\t"),
        _ => {
            let _infallible = write!(to, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// A path as messages show it.
pub(crate) fn path(path: &Path) -> String {
    escaped(&path.display().to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_blank, is_refused, refused_in};

    #[test]
    fn what_moves_a_cursor_or_a_line_is_shown_escaped() {
        assert_eq!(
            escaped("a\n\u{1b}[1m\u{9b}\u{202e}"),
            "a\\n\\u{1b}[1m\\u{9b}\\u{202e}"
        );
        assert_eq!(
            escaped("a\u{200b}\u{feff}\u{e0041}"),
            "a\\u{200b}\\u{feff}\\u{e0041}"
        );
        assert_eq!(escaped("für 日本 ⚠\u{fe0f} \\n"), "für 日本 ⚠\u{fe0f} \\n");
    }

    #[test]
    fn names_hold_letters_of_every_script_and_no_control_character() {
        for name in [
            "app::form#GET /",
            "größe",
            "日本",
            "r\u{e9}sum\u{e9}",
            "می\u{200c}خواهم",
        ] {
            assert_eq!(refused_in(name), None, "{name}");
        }
        for c in [
            '\0', '\n', '\u{7f}', '\u{85}', '\u{2028}', '\u{2066}', '\u{fdd0}', '\u{ffff}',
        ] {
            assert!(is_refused(c), "{}", c.escape_unicode());
            assert_eq!(refused_in(&format!("a{c}b")), Some(c));
        }
        assert!(is_refused('\u{1fffe}') && is_refused('\u{10ffff}'));
        assert!(!is_refused('\u{fffd}') && !is_refused('\u{1f600}'));
    }

    #[test]
    fn a_text_that_nobody_sees_is_blank() {
        for text in [
            "",
            " \u{a0}\u{3000}",
            "\u{200b}\u{2060}\u{feff}",
            "\u{2800}\u{3164}\u{fe0f}",
        ] {
            assert!(is_blank(text), "{}", text.escape_unicode());
        }
        assert!(!is_blank("\u{200b}.") && !is_blank("理由"));
    }
}
