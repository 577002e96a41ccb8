//! `#[form(posts_to = …, since = "…", until = "…", sends = T, encoding = "…", name = "…")]`.

use proc_macro2::TokenStream;
use syn::{LitStr, Result, Type};

use super::{Keys, Range, Target, handler, pairs, parse_all, targets, text};
use crate::mistakes::Mistakes;

const KEYS: [&str; 6] = ["posts_to", "since", "until", "sends", "encoding", "name"];

/// The arguments of `#[form]`, as written.
#[derive(Default)]
pub(crate) struct FormAttr {
    pub(crate) posts_to: Option<Vec<Target>>,
    pub(crate) range: Range,
    pub(crate) sends: Option<Type>,
    pub(crate) encoding: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) keys: Keys,
}

impl FormAttr {
    /// Parses the arguments; what they get wrong is added to `mistakes`.
    pub(crate) fn parse(args: TokenStream, mistakes: &mut Mistakes) -> Result<Self> {
        parse_all(args, |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, mistakes, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    "encoding" => attr.encoding = Some(text(key, input, "urlencoded")?),
                    "name" => attr.name = Some(text(key, input, "save")?),
                    "sends" => attr.sends = Some(handler::ty(key, input)?),
                    _posts_to => attr.posts_to = Some(targets::parse(key, input)?),
                }
                Ok(())
            });
            keys.report_unknown(mistakes);
            attr.keys = keys;
            attr
        })
    }
}
