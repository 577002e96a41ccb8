//! What a comment of a template says of the element that follows:
//! `coexist: since = "1.4.0", until = "2.0.0", flag = "new-navigation"`.

use syn::LitStr;

use super::keys::{Keys, Range, pairs, parse_all, text};
use crate::errors::Errors;
use crate::version::NEXT;

const KEYS: [&str; 3] = ["since", "until", "flag"];

/// The keys in a comment, as written.
#[derive(Default)]
pub struct NoteAttr {
    /// The releases of the element.
    pub range: Range,
    /// The feature flag that must be on for it to be there.
    pub flag: Option<LitStr>,
    /// The keys that are written.
    pub keys: Keys,
}

impl NoteAttr {
    /// Parses what stands behind `coexist:`, and adds what is wrong in it to `errors`. Their places
    /// are not known.
    pub fn parse(note: &str, errors: &mut Errors) -> Self {
        let tokens = errors.ok(note.parse().map_err(syn::Error::from));
        let parsed = parse_all(tokens.unwrap_or_default(), |input| {
            let mut attr = Self::default();
            let keys = pairs(input, &KEYS, &[], errors, |key, input| {
                match key.to_string().as_str() {
                    "since" => attr.range.since = Some(text(key, input, "1.0.0")?),
                    "until" => attr.range.until = Some(text(key, input, "2.0.0")?),
                    _flag => attr.flag = Some(text(key, input, "new-checkout")?),
                }
                Ok(())
            });
            keys.report_unknown(errors);
            attr.keys = keys;
            attr
        });
        let attr = errors.ok(parsed).unwrap_or_default();
        let next = attr
            .range
            .since
            .as_ref()
            .filter(|since| since.value() == NEXT);
        if let Some(since) = next {
            errors.push(
                since.span(),
                "a comment cannot say \"next\", since `coexist stamp` does not change templates: \
                 write the version",
            );
        }
        attr
    }
}
