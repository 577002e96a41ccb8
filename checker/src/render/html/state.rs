//! What comes of pages of one build at nodes of another, as the report shows it.

use crate::model::{Direction, Level, Report};
use crate::plan::Overlap;
use crate::render::groups::Paragraph;
use crate::support::text::plural;

/// What comes of pages of one build at nodes of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The pages and the nodes are of the same build.
    Own,
    /// They never meet.
    Never,
    Accepted,
    /// Accepted, with so many warnings.
    Warned(usize),
    /// Rejected by so many findings.
    Rejected(usize),
}

impl State {
    /// The sign before the words.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Own => "=",
            Self::Never => "–",
            Self::Accepted => "✓",
            Self::Warned(_) => "!",
            Self::Rejected(_) => "✗",
        }
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::Own => "its own build".to_owned(),
            Self::Never => "never meet".to_owned(),
            Self::Accepted => "accepted".to_owned(),
            Self::Warned(count) => format!("accepted, {}", plural(count, "warning")),
            Self::Rejected(count) => format!("rejected, {}", plural(count, "finding")),
        }
    }

    /// The CSS class of its colors.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Own | Self::Never => "same",
            Self::Accepted => "good",
            Self::Warned(_) => "warn",
            Self::Rejected(_) => "bad",
        }
    }
}

impl From<Overlap> for State {
    fn from(overlap: Overlap) -> Self {
        match overlap {
            Overlap::Own => Self::Own,
            Overlap::Never => Self::Never,
            Overlap::Met { denied: 0 } => Self::Accepted,
            Overlap::Met { denied } => Self::Rejected(denied),
        }
    }
}

/// A cell of the matrix of one release.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    state: State,
    /// The positions of the paragraphs with its findings.
    pub(super) paragraphs: Vec<usize>,
}

impl Cell {
    pub(super) fn state(&self) -> State {
        self.state
    }
}

/// Pages of the old and the new build at nodes of both; 0 is the old one.
pub(super) struct OneRelease {
    pub(super) cells: [[Cell; 2]; 2],
}

impl OneRelease {
    pub(super) fn new(report: &Report<'_>, paragraphs: &[Paragraph<'_, '_>]) -> Self {
        let meets = |direction: Direction| {
            let mut meetings = report.out.meetings.iter();
            meetings.any(|met| met.direction == direction)
        };
        let cell = |page: usize, node: usize| {
            let direction = match (page, node) {
                (0, 1) => Some(Direction::OldToNew),
                (1, 0) => Some(Direction::NewToOld),
                _ => None,
            };
            let is_here = |found: Option<Direction>| match direction {
                Some(_) => found == direction,
                // What is wrong within one build is said of the new one.
                None => page == 1 && found.is_none(),
            };
            let count = |level| {
                let findings = report.findings.iter();
                let here = findings.filter(|found| is_here(found.direction));
                here.filter(|found| found.level == level).count()
            };
            let paragraphs = paragraphs.iter().enumerate();
            let paragraphs =
                paragraphs.filter(|(_, paragraph)| is_here(paragraph.first().direction));
            let meet = direction.is_none_or(meets);
            Cell {
                state: match (count(Level::Deny), count(Level::Warn)) {
                    _ if !meet => State::Never,
                    (0, _) if direction.is_none() => State::Own,
                    (0, 0) => State::Accepted,
                    (0, warned) => State::Warned(warned),
                    (denied, _) => State::Rejected(denied),
                },
                paragraphs: paragraphs.map(|(position, _)| position).collect(),
            }
        };
        Self {
            cells: [0, 1].map(|page| [0, 1].map(|node| cell(page, node))),
        }
    }
}
