//! What the syntaxes of all engines have in common: strings in tags, and white space that a tag
//! strips from the text beside it.

#[cfg(feature = "templates")]
use std::ops::Range;

/// The length of a string with its quotes; `None`: it is not closed.
pub(super) fn quoted(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            byte if *byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// A range of a text, without the white space at the sides that are stripped.
#[cfg(feature = "templates")]
pub(super) fn stripped(
    text: &str,
    mut range: Range<usize>,
    at_start: bool,
    at_end: bool,
) -> Range<usize> {
    if at_start {
        let inside = &text[range.clone()];
        range.start += inside.len() - inside.trim_start().len();
    }
    if at_end {
        range.end = range.start + text[range.clone()].trim_end().len();
    }
    range
}
