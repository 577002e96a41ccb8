//! Regular expressions that limit a parameter, and what can be told of the texts that they
//! match: of which characters these are, and how long they are.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// How much memory a compiled expression may take, in bytes. Those of real routes take some
/// kilobytes.
const EXPRESSION_LIMIT: usize = 1 << 20;

/// A regular expression, in the dialect of the crate `regex`.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    regex: Regex,
}

impl Expression {
    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// If it is not valid, or too large.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        // By itself first: a parenthesis too many must not close the group around it.
        let build = |text: &str| {
            let mut builder = RegexBuilder::new(text);
            builder.size_limit(EXPRESSION_LIMIT).build()
        };
        build(text)?;
        let regex = build(&format!("^(?:{text})$"))?;
        Ok(Self {
            text: text.to_owned(),
            regex,
        })
    }

    /// Whether it matches the text as a whole.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// The texts that it matches, if these are all of some characters and of some lengths.
    pub(super) fn texts(&self) -> Option<Texts> {
        let expression = regex_syntax::parse(&self.text).ok()?;
        let (texts, are_all) = Texts::matched(whole(&expression));
        are_all.then_some(texts)
    }

    /// Texts among which all are that it matches.
    pub(super) fn all_texts(&self) -> Texts {
        let expression = regex_syntax::parse(&self.text);
        expression.map_or_else(|_| Texts::all(), |hir| Texts::matched(whole(&hir)).0)
    }
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
pub(super) struct Texts {
    characters: ClassUnicode,
    /// In characters; the greatest one stands for all that are longer.
    lengths: RangeInclusive<usize>,
}

impl Texts {
    /// Every text.
    pub(super) fn all() -> Self {
        Self {
            characters: ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)]),
            lengths: 0..=usize::MAX,
        }
    }

    /// Those of one character.
    pub(super) fn of_one_character() -> Self {
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

    /// Whether all of the other ones are among them: no segment of a path that a parameter
    /// takes is empty.
    pub(super) fn has_all_of(&self, other: &Self) -> bool {
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
fn characters(class: &Class) -> Option<ClassUnicode> {
    match class {
        Class::Unicode(class) => Some(class.clone()),
        Class::Bytes(class) => class.to_unicode_class(),
    }
}
