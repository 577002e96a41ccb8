//! Displays text from templates without the characters that a terminal, or what reads
//! a log, obeys.

#[cfg(feature = "askama")]
use std::fmt;

/// Whether a character controls what displays it: control characters, line and paragraph
/// separators, and those that change the direction of text.
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

/// Displays a text with such characters escaped, as Rust writes them: `\u{1b}`.
#[cfg(feature = "askama")]
pub(crate) struct Printable<'t>(pub(crate) &'t str);

#[cfg(feature = "askama")]
impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for c in self.0.chars() {
            if is_obeyed(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}
