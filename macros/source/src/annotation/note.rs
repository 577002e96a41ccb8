//! What a comment of a template says of the element that follows:
//! `coexist: since = "1.4.0", until = "2.0.0", flag = "new-navigation"`, or `coexist: posts_to = _`.

use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use super::keys::{Keys, Range, pairs, parse_all, text};
use crate::errors::Errors;
use crate::version::NEXT;

const KEYS: [&str; 4] = ["since", "until", "flag", "posts_to"];

/// The keys in a comment, as written.
#[derive(Default)]
pub struct NoteAttr {
    /// The releases of the element.
    pub range: Range,
    /// The feature flag that must be on for it to be there.
    pub flag: Option<LitStr>,
    /// Whether the element is left undeclared.
    pub is_left_out: bool,
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
                    "flag" => attr.flag = Some(text(key, input, "new-checkout")?),
                    _posts_to => attr.is_left_out = nowhere(key, input)?,
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

/// The only value of `posts_to`: a template does not know the items of the pages that include it.
fn nowhere(key: &Ident, input: ParseStream<'_>) -> syn::Result<bool> {
    let nowhere = input.parse::<Option<Token![_]>>()?;
    nowhere.map(|_| true).ok_or_else(|| {
        syn::Error::new(
            key.span(),
            "in a comment, only `posts_to = _` is possible: it leaves the element undeclared. Name a \
             handler in the annotation, or in the address: `{{ path::to::handler::URL }}`",
        )
    })
}
