//! Path patterns: `/imports/{id}`, `/files/{name}.csv`, `/static/{*rest}`.
//!
//! A brace that is part of the path is written twice, as axum does.

mod segment;

use coexist_source::path::MAX_SEGMENTS;
use smallvec::SmallVec;

use super::parameter::Parameter;
pub use segment::Segment;
use segment::segment;
pub(crate) use segment::{
    inner_text, may_take_as_parameter, parameter_name, parameter_names, takes_as_parameter,
};

/// How much of a path that is too long an error shows, in characters.
const SHOWN: usize = 40;

/// A path, segment by segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern<'a> {
    /// What is between the slashes. `/` is one empty literal, `/a/` ends in one.
    pub segments: SmallVec<[Segment<'a>; 4]>,
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

#[cfg(test)]
mod tests;
