//! Path patterns: `/imports/{id}`, `/files/{name}.csv`, `/static/{*rest}`.
//!
//! A brace that is part of the path is written twice, as axum does.

use std::borrow::Cow;
use std::sync::Arc;

use coexist_source::path::MAX_SEGMENTS;
use smallvec::SmallVec;

use super::limit::Limit;
use super::parameter::Parameter;

/// How much of a path that is too long an error shows, in characters.
const SHOWN: usize = 40;

/// A path, segment by segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern<'a> {
    /// What is between the slashes. `/` is one empty literal, `/a/` ends in one.
    pub segments: SmallVec<[Segment<'a>; 4]>,
}

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

/// Why a text is not a path pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It does not begin at the root.
    #[error("the path `{0}` does not begin with a slash")]
    NoSlash(String),
    /// It holds a character that ends a path, or cannot be in one.
    #[error("the path `{0}` holds {1:?}, which is not part of a path")]
    Character(String, char),
    /// Its braces do not make a parameter.
    #[error("the path `{0}` has a broken parameter in `{1}`: expected `{{name}}`")]
    Parameter(String, String),
    /// It has more segments than a route of a real app.
    #[error(
        "the path beginning with `{beginning}` has {segments} segments: at most \
         {MAX_SEGMENTS} can be compared"
    )]
    TooManySegments {
        /// Its first characters.
        beginning: String,
        /// How many segments it has.
        segments: usize,
    },
    /// Something comes after the rest.
    #[error("the path `{0}` goes on behind `{{*…}}`, which takes the rest")]
    AfterRest(String),
}

impl<'a> Pattern<'a> {
    /// Parses a pattern.
    pub fn parse(path: &'a str) -> Result<Self, PatternError> {
        let Some(rest) = path.strip_prefix('/') else {
            return Err(PatternError::NoSlash(path.to_owned()));
        };
        // Most paths are plain: the slow look is for those that may not be.
        let is_plain = |b: u8| b.is_ascii_graphic() && b != b'?' && b != b'#';
        if !path.bytes().all(is_plain) {
            let is_foreign =
                |c: &char| matches!(c, '?' | '#') || c.is_whitespace() || c.is_control();
            if let Some(c) = path.chars().find(is_foreign) {
                return Err(PatternError::Character(path.to_owned(), c));
            }
        }
        let count = 1 + rest.bytes().filter(|byte| *byte == b'/').count();
        if count > MAX_SEGMENTS {
            return Err(PatternError::TooManySegments {
                beginning: path.chars().take(SHOWN).collect(),
                segments: count,
            });
        }
        let mut segments = SmallVec::new();
        for text in rest.split('/') {
            if segments.last() == Some(&Segment::Rest) {
                return Err(PatternError::AfterRest(path.to_owned()));
            }
            let broken = || PatternError::Parameter(path.to_owned(), text.to_owned());
            segments.push(segment(text).ok_or_else(broken)?);
        }
        Ok(Self { segments })
    }

    /// The same, with texts of its own.
    pub(crate) fn into_owned<'b>(self) -> Pattern<'b> {
        let segments = self.segments.into_iter();
        Pattern {
            segments: segments.map(Segment::into_owned).collect(),
        }
    }

    /// Parses the path of a handler whose parameters have these limits.
    pub(crate) fn with_limits(
        path: &'a str,
        parameters: &[Parameter],
    ) -> Result<Self, PatternError> {
        let mut pattern = Self::parse(path)?;
        if parameters.is_empty() {
            return Ok(pattern);
        }
        let texts = path.split('/').skip(1);
        for (segment, text) in pattern.segments.iter_mut().zip(texts) {
            if let Segment::Parameter { limit, .. } = segment {
                let name = parameter_name(text);
                let is_named = |parameter: &&Parameter| Some(&*parameter.name) == name;
                *limit = parameters
                    .iter()
                    .find(is_named)
                    .and_then(|parameter| parameter.limit.clone());
            }
        }
        Ok(pattern)
    }

    /// Whether it takes every path that the other one does: of the other's holes, only
    /// its parameters take any text.
    #[must_use]
    pub fn takes(&self, other: &Pattern<'_>) -> bool {
        let mut others = other.segments.iter();
        for segment in &self.segments {
            match (segment, others.next()) {
                (Segment::Rest, Some(first)) => return !first.is_empty(),
                (_, None) => return false,
                (segment, Some(other)) if !segment.takes(other) => return false,
                _ => {}
            }
        }
        others.next().is_none()
    }

    /// The pattern without the names of its parameters, `/a/{}/{*}`: two that take
    /// the same paths have one.
    #[must_use]
    pub fn unnamed(&self) -> String {
        let escaped = |text: &str| text.replace('{', "{{").replace('}', "}}");
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            match segment {
                Segment::Literal(literal) => path.push_str(&escaped(literal)),
                Segment::Parameter { prefix, suffix, .. } => {
                    path.extend([&*escaped(prefix), "{}", &escaped(suffix)]);
                }
                Segment::Rest => path.push_str("{*}"),
            }
        }
        path
    }

    /// A path that it takes: with this text in the place of each parameter.
    #[must_use]
    pub fn filled(&self, text: &str) -> String {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            match segment {
                Segment::Literal(literal) => path.push_str(literal),
                Segment::Parameter { prefix, suffix, .. } => {
                    path.extend([&**prefix, text, &**suffix]);
                }
                Segment::Rest => path.push_str(text),
            }
        }
        path
    }
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

    fn is_empty(&self) -> bool {
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

fn segment(text: &str) -> Option<Segment<'_>> {
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

#[cfg(test)]
mod tests {
    use super::{MAX_SEGMENTS, Pattern, Segment};

    fn parameter(prefix: &'static str, suffix: &'static str) -> Segment<'static> {
        Segment::Parameter {
            prefix: prefix.into(),
            suffix: suffix.into(),
            limit: None,
        }
    }

    #[test]
    fn segments_are_what_is_between_slashes() {
        let cases: [(&str, Vec<Segment<'_>>); 7] = [
            ("/", vec![Segment::Literal("".into())]),
            (
                "/a/",
                vec![Segment::Literal("a".into()), Segment::Literal("".into())],
            ),
            (
                "/a/{id}",
                vec![Segment::Literal("a".into()), parameter("", "")],
            ),
            ("/v{major}.x", vec![parameter("v", ".x")]),
            (
                "/s/{*rest}",
                vec![Segment::Literal("s".into()), Segment::Rest],
            ),
            ("/{{id}}", vec![Segment::Literal("{id}".into())]),
            ("/{{{id}", vec![parameter("{", "")]),
        ];
        for (path, segments) in cases {
            assert_eq!(
                Pattern::parse(path).unwrap().segments.to_vec(),
                segments,
                "{path}"
            );
        }
    }

    #[test]
    fn a_pattern_takes_what_its_parameters_may_hold() {
        let takes = |pattern, other| {
            let (pattern, other) = (Pattern::parse(pattern), Pattern::parse(other));
            pattern.unwrap().takes(&other.unwrap())
        };
        for (pattern, taken) in [
            ("/a/{id}", "/a/7"),
            ("/a/{id}", "/a/{other}"),
            ("/a/v{n}", "/a/v{n}.x"),
            ("/a/v{n}x", "/a/v0x"),
            ("/a/{*rest}", "/a/b/c"),
            ("/a/{*rest}", "/a/{*rest}"),
            ("/{*rest}", "/a/b/"),
        ] {
            assert!(takes(pattern, taken), "{pattern} {taken}");
        }
        for (pattern, other) in [
            ("/a/{id}", "/a/"),
            ("/a/{id}", "/a/b/c"),
            ("/a/7", "/a/{id}"),
            ("/a/{*rest}", "/a"),
            ("/a/{*rest}", "/a/"),
            ("/a/{id}", "/a/{*rest}"),
            ("/a/v{n}x", "/a/vx"),
            ("/a/v{n}x", "/a/v{n}y"),
            ("/a/v{n}x", "/a/w{n}x"),
        ] {
            assert!(!takes(pattern, other), "{pattern} {other}");
        }
        assert!(Segment::Rest.takes(&Segment::Literal("a".into())));
        assert!(!Segment::Rest.takes(&Segment::Literal("".into())));
    }

    #[test]
    fn a_filled_pattern_is_a_path() {
        let filled = |pattern| Pattern::parse(pattern).unwrap().filled("x");
        assert_eq!(filled("/"), "/");
        assert_eq!(filled("/a/v{n}.0/{{b}}/"), "/a/vx.0/{b}/");
        assert_eq!(filled("/s/{*rest}"), "/s/x");
    }

    #[test]
    fn names_of_parameters_make_no_other_pattern() {
        let unnamed = |pattern| Pattern::parse(pattern).unwrap().unnamed();
        for (pattern, expected) in [
            ("/", "/"),
            ("/a/v{n}.0/{{b}}/", "/a/v{}.0/{{b}}/"),
            ("/s/{*rest}", "/s/{*}"),
        ] {
            assert_eq!(unnamed(pattern), expected);
        }
    }

    #[test]
    fn a_path_has_a_limited_number_of_segments() {
        let path = "/a".repeat(MAX_SEGMENTS);
        assert_eq!(Pattern::parse(&path).unwrap().segments.len(), MAX_SEGMENTS);
        let path = "/a".repeat(11_400);
        let error = Pattern::parse(&path).unwrap_err().to_string();
        assert_eq!(
            error,
            "the path beginning with `/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a` has 11400 segments: \
             at most 256 can be compared"
        );
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for path in [
            "",
            "a",
            "/{",
            "/}",
            "/{}",
            "/{*}",
            "/{a}{b}",
            "/x{*rest}",
            "/{*rest}/a",
            "/a b",
            "/a?b",
            "/a#b",
            "/{a{b}",
            "/a}{id}",
            "/{id}}",
        ] {
            assert!(Pattern::parse(path).is_err(), "{path}");
        }
    }
}
