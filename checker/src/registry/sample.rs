//! Texts that a regular expression may match, to try what else accepts them. What is around a
//! word, and what repetitions inside each other do, is not looked at: who takes a sample asks the
//! expression.

use regex_syntax::hir::{Hir, HirKind};

use super::expression::characters;
use crate::support::steps;

/// How many parts a sample may have.
const MOST_PARTS: usize = 1 << 16;

/// A text in which each repetition is made so many times more than it must be, with the first of
/// several choices or the last; `None`: it would be too long.
pub(super) fn sample(expression: &Hir, more: u32, is_last: bool) -> Option<String> {
    let mut sample = Sample {
        text: String::new(),
        parts: 0,
        more,
        is_last,
    };
    sample.add(expression)?;
    Some(sample.text)
}

struct Sample {
    text: String,
    parts: usize,
    more: u32,
    is_last: bool,
}

impl Sample {
    fn add(&mut self, expression: &Hir) -> Option<()> {
        steps::count(1);
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        match expression.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => {
                let characters = characters(class)?;
                let ranges = characters.ranges();
                self.text.push(if self.is_last {
                    ranges.last()?.start()
                } else {
                    ranges.first()?.end()
                });
            }
            HirKind::Repetition(repetition) => {
                let times = repetition.min.saturating_add(self.more);
                let times = repetition.max.map_or(times, |max| max.min(times));
                for _ in 0..times {
                    self.add(&repetition.sub)?;
                }
            }
            HirKind::Capture(capture) => self.add(&capture.sub)?,
            HirKind::Concat(parts) => {
                for part in parts {
                    self.add(part)?;
                }
            }
            HirKind::Alternation(parts) => {
                let part = if self.is_last {
                    parts.last()
                } else {
                    parts.first()
                };
                self.add(part?)?;
            }
        }
        Some(())
    }
}
