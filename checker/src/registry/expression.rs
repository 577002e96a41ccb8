//! Regular expressions that limit a parameter or a field, and what can be told of the texts that
//! they match: of which characters these are, and how long they are.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

use super::sample::sample;

/// How much memory a compiled expression may take, in bytes. Those of real routes take some
/// kilobytes.
const EXPRESSION_LIMIT: usize = 1 << 20;

/// A regular expression, in the dialect of the crate `regex`.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    /// `None`: it is not valid, or too large.
    regex: Option<Regex>,
    /// Whether it matches a text as a whole, whatever it says itself.
    is_whole: bool,
}

impl Expression {
    /// Compiles an expression that matches a text as a whole.
    ///
    /// # Errors
    ///
    /// If it is not valid, or too large.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        // By itself first: a parenthesis too many must not close the group around it.
        build(text)?;
        Ok(Self {
            text: text.to_owned(),
            regex: Some(build(&format!("^(?:{text})$"))?),
            is_whole: true,
        })
    }

    /// An expression that matches somewhere in a text. What it matches is not known if it is not
    /// valid, or too large.
    #[must_use]
    pub fn somewhere(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            regex: build(text).ok(),
            is_whole: false,
        }
    }

    /// Whether it surely matches the text.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.may_match(text) == Some(true)
    }

    /// Whether it matches the text; `None`: that is not known.
    pub(super) fn may_match(&self, text: &str) -> Option<bool> {
        self.regex.as_ref().map(|regex| regex.is_match(text))
    }

    /// The texts that it matches, if these are all of some characters and of some lengths.
    pub(crate) fn texts(&self) -> Option<Texts> {
        let expression = self.parsed()?;
        let (texts, are_all) = Texts::matched(whole(&expression));
        are_all.then_some(texts)
    }

    /// Texts among which all are that it matches.
    pub(crate) fn all_texts(&self) -> Texts {
        let expression = self.parsed();
        expression.map_or_else(Texts::all, |hir| Texts::matched(whole(&hir)).0)
    }

    /// The expression, if it decides about the whole text.
    fn parsed(&self) -> Option<Hir> {
        let parsed = regex_syntax::parse(&self.text).ok()?;
        let properties = parsed.properties();
        let is_bound = properties.look_set_prefix().contains(Look::Start)
            && properties.look_set_suffix().contains(Look::End);
        (self.is_whole || is_bound).then_some(parsed)
    }

    /// Texts that it may match: each repetition is made so many times more than it must be.
    pub(crate) fn samples(&self, more: u32) -> Vec<String> {
        let Ok(parsed) = regex_syntax::parse(&self.text) else {
            return Vec::new();
        };
        let samples = [false, true].map(|is_last| sample(&parsed, more, is_last));
        samples.into_iter().flatten().collect()
    }
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(EXPRESSION_LIMIT).build()
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Expression {}

impl Hash for Expression {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// All texts of some characters and of some lengths.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    characters: ClassUnicode,
    /// In characters; the greatest one stands for all that are longer.
    lengths: RangeInclusive<usize>,
}

impl Texts {
    /// Every text.
    pub(crate) fn all() -> Self {
        Self {
            characters: ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)]),
            lengths: 0..=usize::MAX,
        }
    }

    /// Those of one character.
    pub(crate) fn of_one_character() -> Self {
        Self {
            lengths: 1..=1,
            ..Self::all()
        }
    }

    /// Those of these characters, of any length.
    pub(super) fn of_characters(characters: &str) -> Self {
        Self {
            characters: class(characters),
            lengths: 1..=usize::MAX,
        }
    }

    /// How many characters they have; the greatest number stands for all that are longer.
    pub(crate) fn lengths(&self) -> &RangeInclusive<usize> {
        &self.lengths
    }

    /// Whether each of their characters is one byte.
    pub(crate) fn is_ascii(&self) -> bool {
        self.characters
            .ranges()
            .iter()
            .all(|range| range.end().is_ascii())
    }

    /// Whether all of the other ones are among them: no segment of a path that a parameter
    /// takes is empty.
    pub(crate) fn has_all_of(&self, other: &Self) -> bool {
        let mut others = other.characters.clone();
        others.difference(&self.characters);
        let [least, greatest] = [other.lengths.start().max(&1), other.lengths.end()];
        others.ranges().is_empty()
            && self.lengths.contains(least)
            && self.lengths.contains(greatest)
    }

    /// Whether one that is not empty is among both.
    pub(super) fn may_share(&self, other: &Self) -> bool {
        let mut shared = self.characters.clone();
        shared.intersect(&other.characters);
        let least = self.lengths.start().max(other.lengths.start()).max(&1);
        let greatest = self.lengths.end().min(other.lengths.end());
        !shared.ranges().is_empty() && least <= greatest
    }

    /// Texts among which all are that the expression matches, and whether it matches each.
    fn matched(expression: &Hir) -> (Self, bool) {
        match expression.kind() {
            HirKind::Empty => (Self::of_length(0), true),
            HirKind::Look(_) => (Self::of_length(0), false),
            HirKind::Literal(literal) => match str::from_utf8(&literal.0) {
                Ok(text) => {
                    let length = text.chars().count();
                    let texts = Self {
                        characters: class(text),
                        lengths: length..=length,
                    };
                    (texts, length == 1)
                }
                Err(_) => (Self::all(), false),
            },
            HirKind::Class(class) => match characters(class) {
                Some(characters) => {
                    let lengths = 1..=1;
                    (
                        Self {
                            characters,
                            lengths,
                        },
                        true,
                    )
                }
                None => (Self::all(), false),
            },
            HirKind::Repetition(repetition) => {
                let (one, are_all) = Self::matched(&repetition.sub);
                let is_character = one.lengths == (1..=1);
                let times = |length: usize, count: Option<u32>| {
                    let count = count.map_or(usize::MAX, |count| count as usize);
                    length.saturating_mul(count)
                };
                let least = times(*one.lengths.start(), Some(repetition.min));
                let greatest = times(*one.lengths.end(), repetition.max);
                let texts = Self {
                    lengths: least..=greatest,
                    ..one
                };
                (texts, are_all && is_character)
            }
            HirKind::Capture(capture) => Self::matched(&capture.sub),
            HirKind::Concat(parts) => {
                let parts = parts.iter().map(|part| Self::matched(part).0);
                (
                    parts.fold(Self::of_length(0), |all, part| all.followed_by(&part)),
                    false,
                )
            }
            HirKind::Alternation(parts) => {
                let mut parts = parts.iter().map(|part| Self::matched(part).0);
                let first = parts.next().unwrap_or_else(|| Self::of_length(0));
                (parts.fold(first, |all, part| all.or(&part)), false)
            }
        }
    }

    /// The empty text, or none: a length without characters.
    fn of_length(length: usize) -> Self {
        Self {
            characters: ClassUnicode::empty(),
            lengths: length..=length,
        }
    }

    fn followed_by(mut self, other: &Self) -> Self {
        self.characters.union(&other.characters);
        let least = self.lengths.start().saturating_add(*other.lengths.start());
        let greatest = self.lengths.end().saturating_add(*other.lengths.end());
        self.lengths = least..=greatest;
        self
    }

    fn or(mut self, other: &Self) -> Self {
        self.characters.union(&other.characters);
        let least = *self.lengths.start().min(other.lengths.start());
        let greatest = *self.lengths.end().max(other.lengths.end());
        self.lengths = least..=greatest;
        self
    }
}

/// The expression without what says that it matches a whole text, which it does anyway.
fn whole(expression: &Hir) -> &Hir {
    let HirKind::Concat(parts) = expression.kind() else {
        return expression;
    };
    let is_end = |part: &Hir| matches!(part.kind(), HirKind::Look(Look::Start | Look::End));
    let mut inner = parts.iter().filter(|part| !is_end(part));
    match (inner.next(), inner.next()) {
        (Some(only), None) => only,
        _ => expression,
    }
}

/// The characters of a text.
fn class(text: &str) -> ClassUnicode {
    let ranges = text.chars().map(|c| ClassUnicodeRange::new(c, c));
    ClassUnicode::new(ranges)
}

/// The characters of a class; `None`: it is of bytes that are no characters.
pub(super) fn characters(class: &Class) -> Option<ClassUnicode> {
    match class {
        Class::Unicode(class) => Some(class.clone()),
        Class::Bytes(class) => class.to_unicode_class(),
    }
}
