//! What is wrong with a file: all of it at once, each with its line.

use std::fmt;
use std::ops::Range;

use crate::support::visible::escaped;

/// An invalid policy file, with all of its errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.mistakes))]
pub struct ConfigError {
    /// What is wrong with it, from the top down: at least one.
    pub mistakes: Vec<Mistake>,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What the file is called.
    pub file: String,
    /// The line, from 1; `None`: it is the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to write instead.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what } = self;
        match line {
            Some(line) => write!(f, "{file}:{line}: {what}"),
            None => write!(f, "{file}: {what}"),
        }
    }
}

fn lines(mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
    lines.join("\n")
}

impl ConfigError {
    /// The error for a file that cannot be read.
    pub(super) fn unreadable(file: &str, why: &str) -> Self {
        let mistake = Mistake {
            file: file.to_owned(),
            line: None,
            what: escaped(why).into_owned(),
        };
        Self {
            mistakes: vec![mistake],
        }
    }
}

/// The errors of one file, while it is read.
pub(super) struct Mistakes<'t> {
    file: &'t str,
    /// Where each line of the text ends.
    line_ends: Vec<usize>,
    found: Vec<Mistake>,
    /// How many there are beside those.
    more: usize,
}

/// How many errors of a file are explained; the others are counted.
const EXPLAINED: usize = 100;

impl<'t> Mistakes<'t> {
    pub(super) fn new(text: &'t str, file: &'t str) -> Self {
        Self {
            file,
            line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            found: Vec::new(),
            more: 0,
        }
    }

    /// Adds an error. From the hundredth on, errors are only counted.
    pub(super) fn say(&mut self, at: &Range<usize>, what: impl Into<String>) {
        if self.counts_only() {
            self.more += 1;
            return;
        }
        self.found.push(Mistake {
            file: self.file.to_owned(),
            line: Some(self.line(at)),
            what: escaped(&what.into()).into_owned(),
        });
    }

    /// Whether further errors are only counted. Then the caller makes no suggestion, which
    /// takes long.
    pub(super) fn counts_only(&self) -> bool {
        self.found.len() >= EXPLAINED
    }

    /// The value of `Ok`; an `Err` is added to the errors, and gives `None`.
    pub(super) fn ok<T>(
        &mut self,
        at: &Range<usize>,
        value: Result<T, impl fmt::Display>,
    ) -> Option<T> {
        value.map_err(|what| self.say(at, what.to_string())).ok()
    }

    /// The line that a piece of the text begins in, from 1.
    pub(super) fn line(&self, at: &Range<usize>) -> usize {
        1 + self.line_ends.partition_point(|end| *end < at.start)
    }

    /// The file and the line, for people.
    pub(super) fn place(&self, at: &Range<usize>) -> String {
        format!("{}:{}", self.file, self.line(at))
    }

    /// What was read, if nothing was wrong.
    pub(super) fn unless_any<T>(mut self, read: T) -> Result<T, ConfigError> {
        if self.found.is_empty() {
            return Ok(read);
        }
        self.found.sort_by_key(|mistake| mistake.line);
        if self.more > 0 {
            self.found.push(Mistake {
                file: self.file.to_owned(),
                line: None,
                what: format!("{} more mistakes are not shown", self.more),
            });
        }
        Err(ConfigError {
            mistakes: self.found,
        })
    }
}
