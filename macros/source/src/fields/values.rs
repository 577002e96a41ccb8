//! What values of the standard library's types are in a request: the one table, from which the
//! derive takes its literals and the crate `coexist` its implementations.

/// Each type as it is commonly written, and its fragment of a record's JSON.
pub const VALUES: &[(&str, &str)] = &[
    ("String", TEXT),
    ("str", TEXT),
    ("char", r#""type":"character""#),
    ("bool", r#""type":"boolean""#),
    ("f32", r#""type":"number""#),
    ("f64", r#""type":"number""#),
    ("u8", r#""type":"integer","min":0,"max":255"#),
    ("u16", r#""type":"integer","min":0,"max":65535"#),
    ("u32", r#""type":"integer","min":0,"max":4294967295"#),
    (
        "u64",
        r#""type":"integer","min":0,"max":18446744073709551615"#,
    ),
    ("u128", r#""type":"integer","min":0"#),
    ("i8", r#""type":"integer","min":-128,"max":127"#),
    ("i16", r#""type":"integer","min":-32768,"max":32767"#),
    (
        "i32",
        r#""type":"integer","min":-2147483648,"max":2147483647"#,
    ),
    (
        "i64",
        r#""type":"integer","min":-9223372036854775808,"max":9223372036854775807"#,
    ),
    ("i128", r#""type":"integer""#),
];

/// The fragment of any text.
pub const TEXT: &str = r#""type":"text""#;

/// The texts that Rocket accepts for a `bool`, in any case.
pub const ROCKET_BOOL: [&str; 7] = ["true", "false", "on", "off", "yes", "no", ""];

/// The same of `axum_typed_multipart`.
pub const TYPED_MULTIPART_BOOL: [&str; 12] = [
    "y", "yes", "t", "true", "on", "1", "n", "no", "f", "false", "off", "0",
];

/// What the compiler's checks compare of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Nothing.
    Any,
    /// Whether it is `true` or `false`.
    Boolean,
    /// Whether it is a number.
    Number,
}

impl Compared {
    /// What is compared of a value with this fragment.
    #[must_use]
    pub fn of(wire: &str) -> Self {
        if wire.starts_with(r#""type":"boolean""#) {
            Self::Boolean
        } else if wire.starts_with(r#""type":"integer""#) || wire.starts_with(r#""type":"number""#)
        {
            Self::Number
        } else {
            Self::Any
        }
    }
}

/// The fragment of a type that is one plain word of the table.
#[must_use]
pub fn literal(word: &str) -> Option<&'static str> {
    VALUES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, wire)| *wire)
}
