//! What limits the values of a field beyond its type: the attributes of `validator` and `garde`.
//! Errors in them are ignored, because the derives report them.

mod garde;
mod number;
mod validator;
mod wire;

use syn::Attribute;
pub use wire::json;

/// One limit; a value that is accepted is within all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The length of a text.
    Length {
        /// What is counted.
        unit: Unit,
        /// The least.
        min: Option<u64>,
        /// The greatest.
        max: Option<u64>,
    },
    /// Between these numbers, which are written as JSON has them.
    Range {
        /// The least.
        min: Option<String>,
        /// The greatest.
        max: Option<String>,
        /// It must be greater than this.
        above: Option<String>,
        /// It must be less than this.
        below: Option<String>,
    },
    /// This expression of the crate `regex` matches somewhere in the text.
    Pattern(String),
    /// It is an email address.
    Email,
    /// It is an absolute URL.
    Url,
    /// One of which only the running program knows what it accepts.
    Unknown,
}

/// What the length of a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters: Rust's `char`.
    Characters,
    /// What a reader of the text takes for one character.
    Graphemes,
    /// Code units of UTF-16.
    Utf16,
    /// The same, but a line break counts as one, although two characters are sent: what a
    /// `<textarea>` counts.
    Textarea,
}

/// What the attributes of a field say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Constraints {
    /// The limits of its value, or of each value of a list.
    pub(super) of_value: Vec<Constraint>,
    /// Whether an `Option` must have a value.
    pub(super) is_required: bool,
}

impl Constraints {
    /// Reads all `#[validate(…)]` and `#[garde(…)]` among the attributes of a field, which is a
    /// list or has one value.
    pub(super) fn parse(attrs: &[Attribute], is_list: bool) -> Self {
        let mut parsed = Self::default();
        for attr in attrs {
            if attr.path().is_ident("validate") {
                validator::parse(attr, is_list, &mut parsed);
            } else if attr.path().is_ident("garde") {
                garde::parse(attr, is_list, &mut parsed);
            }
        }
        parsed
    }

    /// Adds a limit; each is said once.
    fn add(&mut self, constraint: Constraint) {
        if !self.of_value.contains(&constraint) {
            self.of_value.push(constraint);
        }
    }
}

impl Unit {
    /// As a record names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Characters => "characters",
            Self::Graphemes => "graphemes",
            Self::Utf16 => "utf16",
            Self::Textarea => "textarea",
        }
    }
}

/// An expression that matches this text.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests;
