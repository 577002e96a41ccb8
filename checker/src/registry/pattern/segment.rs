//! What is between two slashes of a path, and which texts it takes.

use std::borrow::Cow;
use std::sync::Arc;

use crate::registry::limit::Limit;

/// What is between two slashes. Names of parameters do not matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment<'a> {
    /// This text.
    Literal(Cow<'a, str>),
    /// One parameter, alone or between two texts: any text that is not empty.
    Parameter {
        /// What stands before it.
        prefix: Cow<'a, str>,
        /// What stands behind it.
        suffix: Cow<'a, str>,
        /// What its text is limited to; `None`: to nothing.
        limit: Option<Arc<Limit>>,
    },
    /// The rest of the path, of one segment or more.
    Rest,
}

impl Segment<'_> {
    /// Whether it takes every text that the other one, which is of one segment, does.
    pub(crate) fn takes(&self, other: &Segment<'_>) -> bool {
        match (self, other) {
            (Self::Literal(text), Segment::Literal(other)) => text == other,
            (
                Self::Parameter {
                    prefix,
                    suffix,
                    limit,
                },
                other,
            ) => takes_as_parameter((prefix, suffix), limit.as_deref(), other),
            (Self::Rest, other) => !other.is_empty(),
            (Self::Literal(_), _) => false,
        }
    }

    /// The same, with texts of its own.
    pub(crate) fn into_owned<'a>(self) -> Segment<'a> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Literal(text) => Segment::Literal(owned(text)),
            Self::Parameter {
                prefix,
                suffix,
                limit,
            } => Segment::Parameter {
                prefix: owned(prefix),
                suffix: owned(suffix),
                limit,
            },
            Self::Rest => Segment::Rest,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Segment::Literal(text) if text.is_empty())
    }
}

/// Whether a parameter between these two texts takes every text of a segment.
pub(crate) fn takes_as_parameter(
    (prefix, suffix): (&str, &str),
    limit: Option<&Limit>,
    other: &Segment<'_>,
) -> bool {
    match other {
        Segment::Literal(text) => {
            let inner = inner_text(text, prefix, suffix);
            inner.is_some_and(|inner| limit.is_none_or(|limit| limit.takes(inner)))
        }
        Segment::Parameter {
            prefix: other_prefix,
            suffix: other_suffix,
            limit: other_limit,
        } => match (limit, other_limit) {
            (None, _) => other_prefix.starts_with(prefix) && other_suffix.ends_with(suffix),
            (Some(limit), Some(other_limit)) => {
                prefix == other_prefix && suffix == other_suffix && limit.takes_all_of(other_limit)
            }
            (Some(_), None) => false,
        },
        Segment::Rest => false,
    }
}

/// Whether a parameter between these two texts takes some text of a segment.
pub(crate) fn may_take_as_parameter(
    (prefix, suffix): (&str, &str),
    limit: Option<&Limit>,
    other: &Segment<'_>,
) -> bool {
    match other {
        Segment::Literal(_) => takes_as_parameter((prefix, suffix), limit, other),
        Segment::Parameter {
            prefix: other_prefix,
            suffix: other_suffix,
            limit: other_limit,
        } => {
            let prefixes = other_prefix.starts_with(prefix) || prefix.starts_with(&**other_prefix);
            let suffixes = other_suffix.ends_with(suffix) || suffix.ends_with(&**other_suffix);
            let is_same_text = prefix == other_prefix && suffix == other_suffix;
            let limits = match (limit, other_limit) {
                (Some(limit), Some(other_limit)) if is_same_text => limit.may_share(other_limit),
                _ => true,
            };
            prefixes && suffixes && limits
        }
        Segment::Rest => false,
    }
}

/// What is between the two texts, if something is.
pub(crate) fn inner_text<'t>(text: &'t str, prefix: &str, suffix: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(prefix)?.strip_suffix(suffix)?;
    (!inner.is_empty()).then_some(inner)
}

/// The names of the parameters of a path, in order, without the mark of one that takes the
/// rest.
pub(crate) fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(parameter_name)
}

/// The name of the parameter in a segment.
pub(crate) fn parameter_name(segment: &str) -> Option<&str> {
    let open = single_brace(segment, b'{')?;
    let (name, _) = segment[open + 1..].split_once('}')?;
    Some(name.strip_prefix('*').unwrap_or(name))
}

/// Parses what is between two slashes; `None`: its braces do not make a parameter.
pub(super) fn segment(text: &str) -> Option<Segment<'_>> {
    if !text.bytes().any(|b| matches!(b, b'{' | b'}')) {
        return Some(Segment::Literal(Cow::Borrowed(text)));
    }
    let Some(open) = single_brace(text, b'{') else {
        // Only braces that are meant; one that closes nothing is not.
        return match single_brace(text, b'}') {
            None => Some(Segment::Literal(unescape(text))),
            Some(_) => None,
        };
    };
    let (prefix, after) = (&text[..open], &text[open + 1..]);
    let (name, suffix) = after.split_once('}')?;
    let is_alone = prefix.is_empty() && suffix.is_empty();
    let is_rest = name.starts_with('*');
    let is_broken = name.is_empty()
        || name == "*"
        || name.contains('{')
        || [prefix, suffix]
            .iter()
            .any(|part| single_brace(part, b'{').is_some() || single_brace(part, b'}').is_some())
        || (is_rest && !is_alone);
    match (is_broken, is_rest) {
        (true, _) => None,
        (false, true) => Some(Segment::Rest),
        (false, false) => Some(Segment::Parameter {
            prefix: unescape(prefix),
            suffix: unescape(suffix),
            limit: None,
        }),
    }
}

/// Where the first brace is that is not one of a pair.
fn single_brace(text: &str, brace: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != brace {
            at += 1;
        } else if bytes.get(at + 1) == Some(&brace) {
            at += 2;
        } else {
            return Some(at);
        }
    }
    None
}

fn unescape(text: &str) -> Cow<'_, str> {
    if text.contains(['{', '}']) {
        Cow::Owned(text.replace("{{", "{").replace("}}", "}"))
    } else {
        Cow::Borrowed(text)
    }
}
