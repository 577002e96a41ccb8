//! A tag as messages show it: one line, shortened.

use crate::printable::is_obeyed;

/// How long a tag is in a message, in characters.
const TAG_LENGTH: usize = 80;

/// A line of limited length: whitespace is collapsed, what a terminal could obey is
/// replaced.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    length: usize,
    is_after_space: bool,
}

impl Line {
    /// Whether nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.length > TAG_LENGTH
    }

    /// Appends text, as far as there is room.
    pub(super) fn push_str(&mut self, text: &str) {
        for c in text.chars() {
            if self.is_full() {
                return;
            }
            self.push(c);
        }
    }

    /// Appends a character.
    pub(super) fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.is_after_space = true;
            return;
        }
        if std::mem::take(&mut self.is_after_space) && self.length > 0 {
            self.text.push(' ');
            self.length += 1;
        }
        self.text.push(if is_obeyed(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        });
        self.length += 1;
    }

    /// The line; what is too long ends with `…`.
    pub(super) fn finish(self) -> String {
        if self.is_full() {
            self.text
                .chars()
                .take(TAG_LENGTH - 1)
                .chain(['…'])
                .collect()
        } else {
            self.text
        }
    }
}
