//! The texts of literals.

use crate::rust_literal::unescaped;

/// The text of a string or a character.
pub(super) fn string(content: &str) -> Option<String> {
    unescaped(content)
}

/// The text of a whole number with these digits.
pub(super) fn number(digits: &str) -> Option<String> {
    let digits = digits.replace('_', "");
    digits.parse::<u128>().ok().map(|value| value.to_string())
}
