//! `release!(routing = "…", trailing_slash = "…")`.

use proc_macro2::TokenStream;
use syn::{LitStr, Result};

use super::keys::{pairs, parse_all, text};
use crate::errors::Errors;

const KEYS: [&str; 2] = ["routing", "trailing_slash"];

/// The arguments of `release!`, as written.
#[derive(Default)]
pub struct ReleaseAttr {
    /// What decides first in the app's router.
    pub routing: Option<LitStr>,
    /// What the app does with the slash at the end of a path.
    pub trailing_slash: Option<LitStr>,
}

impl ReleaseAttr {
    /// Parses the arguments, and adds what is wrong in them to `errors`.
    ///
    /// # Errors
    ///
    /// If the arguments are not even tokens in pairs of brackets.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, &[], errors, |key, input| {
                match key.to_string().as_str() {
                    "routing" => attr.routing = Some(text(key, input, "method-first")?),
                    _slash => attr.trailing_slash = Some(text(key, input, "trim")?),
                }
                Ok(())
            });
            keys.report_unknown(errors);
            attr
        })
    }
}
