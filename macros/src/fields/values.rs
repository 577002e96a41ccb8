//! The one table of what the standard library's types are in a request. The
//! derive takes its literals from it, the runtime crate its implementations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Result, Type};

/// A type as it is commonly written, and its fragment of JSON. Rocket has a value for
/// one of them if a form leaves it out: `false`.
const VALUES: &[(&str, &str)] = &[
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

/// Any text.
pub(super) const TEXT: &str = r#""type":"text""#;

/// What Rocket takes for a `bool`, in any case.
pub(super) const SWITCH: [&str; 7] = ["true", "false", "on", "off", "yes", "no", ""];

/// The fragment of a type that is one plain word of the table.
pub(super) fn literal(word: &str) -> Option<&'static str> {
    VALUES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, wire)| *wire)
}

/// An implementation for each row.
pub(crate) fn values(_input: TokenStream) -> Result<TokenStream> {
    let implementations = VALUES.iter().map(|(name, wire)| {
        let ty: Type = syn::parse_str(name)?;
        let must_arrive = *name != "bool";
        Ok(quote! {
            impl Fields for #ty {
                const WIRE: &'static str = #wire;
                const VALUE: Value = Value::Any;
                const MUST_ARRIVE: bool = #must_arrive;
            }
        })
    });
    implementations.collect()
}
