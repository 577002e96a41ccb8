//! `since = "…", until = "…", under = P, flag = "…"` of `files!`.

use proc_macro2::TokenStream;
use syn::{LitStr, Path, Result};

use super::handler::prefix;
use super::keys::{Keys, Range, pairs, parse_all, text};
use crate::errors::Errors;

const KEYS: [&str; 4] = ["since", "until", "under", "flag"];

/// The keys of `files!`, as written.
#[derive(Default)]
pub struct FilesAttr {
    /// Its releases.
    pub range: Range,
    /// The prefix of its path.
    pub under: Option<Path>,
    /// The feature flag that must be on for it to serve.
    pub flag: Option<LitStr>,
    /// The keys that are written.
    pub keys: Keys,
}

impl FilesAttr {
    /// Parses the keys, and adds what is wrong in them to `errors`.
    ///
    /// # Errors
    ///
    /// If the arguments are not even tokens in pairs of brackets.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, &[], errors, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "under" => attr.under = Some(prefix(key, input)?),
                    _flag => attr.flag = Some(text(key, input, "new-checkout")?),
                }
                Ok(())
            });
            keys.report_unknown(errors);
            attr.keys = keys;
            attr
        })
    }
}
