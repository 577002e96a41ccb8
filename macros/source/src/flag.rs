//! Names of feature flags.

use std::fmt;

use syn::LitStr;

use crate::errors::Errors;

/// Why a text cannot be the name of a feature flag.
#[derive(Debug, PartialEq, Eq)]
pub enum FlagError {
    /// It is empty.
    Empty,
    /// It contains a character that a name on the command line cannot contain.
    Character(char),
}

/// Checks the name of a feature flag. `--new-flag NAME=on` of the checker names it as well, so
/// it contains no whitespace and no `=`.
///
/// # Errors
///
/// Says what is wrong with it.
pub fn check(name: &str) -> Result<(), FlagError> {
    let is_foreign = |c: &char| c.is_whitespace() || c.is_control() || *c == '=';
    match name.chars().find(is_foreign) {
        Some(c) => Err(FlagError::Character(c)),
        None if name.is_empty() => Err(FlagError::Empty),
        None => Ok(()),
    }
}

/// The name of the feature flag that a text contains, if there is one and it is valid.
pub fn parse(text: Option<&LitStr>, errors: &mut Errors) -> Option<String> {
    let text = text?;
    let name = text.value();
    errors.ok_at(text.span(), check(&name))?;
    Some(name)
}

impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(
                "the name of a flag cannot be empty: write the name that the app uses, such as \
                 `flag = \"new-checkout\"`",
            ),
            Self::Character(' ') => f.write_str("the name of a flag cannot contain a space"),
            Self::Character(c) => {
                write!(
                    f,
                    "the name of a flag cannot contain `{}`",
                    c.escape_debug()
                )
            }
        }
    }
}

impl std::error::Error for FlagError {}

#[cfg(test)]
mod tests {
    use super::{FlagError, check};

    #[test]
    fn a_flag_can_be_named_on_the_command_line() {
        for (name, expected) in [
            ("new-checkout", Ok(())),
            ("checkout.v2", Ok(())),
            ("", Err(FlagError::Empty)),
            ("new checkout", Err(FlagError::Character(' '))),
            ("new=on", Err(FlagError::Character('='))),
        ] {
            assert_eq!(check(name), expected, "{name}");
        }
    }
}
