//! The matrices: pages of each release at nodes of each, what comes of it, and the
//! findings behind that.

use maud::{Markup, html};

use super::diagram::{px, scrolling};
use super::{Page, anchor};
use crate::model::{Direction, Level, Policy, Report};
use crate::plan::{Overlap, Plan, overlaps};
use crate::render::groups::Paragraph;
use crate::render::plural;

/// How many findings a cell names; it leads to the others.
const MOST: usize = 12;

/// Pages of a build at nodes of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Their own.
    Own,
    /// They never meet.
    Never,
    Accepted,
    /// With so many warnings.
    Warned(usize),
    /// By so many findings.
    Rejected(usize),
}

impl State {
    /// What stands before the words, for the eye.
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

    /// The class of its colours.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Own | Self::Never => "same",
            Self::Accepted => "good",
            Self::Warned(_) => "warn",
            Self::Rejected(_) => "bad",
        }
    }

    fn of(overlap: Overlap) -> Self {
        match overlap {
            Overlap::Own => Self::Own,
            Overlap::Never => Self::Never,
            Overlap::Met { denied: 0 } => Self::Accepted,
            Overlap::Met { denied } => Self::Rejected(denied),
        }
    }
}

/// A cell of the matrix of one step.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    state: State,
    /// The paragraphs with its findings, by their position.
    paragraphs: Vec<usize>,
}

impl Cell {
    pub(super) fn state(&self) -> State {
        self.state
    }
}

/// Pages of the old and the new build at nodes of both; 0 is the old one.
pub(super) struct OneStep {
    pub(super) cells: [[Cell; 2]; 2],
}

impl OneStep {
    pub(super) fn new(
        report: &Report<'_>,
        policy: &Policy,
        paragraphs: &[Paragraph<'_, '_>],
    ) -> Self {
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
            let meet = direction.is_none_or(|direction| policy.overlaps(direction));
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

pub(super) fn section(page: &Page<'_>) -> Markup {
    let cells = &page.one_step.cells;
    let one_step = table("In one step", &page.labels, |from, at| {
        let cell = &cells[from][at];
        html! {
            (state(cell.state()))
            @if !cell.paragraphs.is_empty() {
                ul {
                    @for position in cell.paragraphs.iter().take(MOST) {
                        @let finding = page.paragraphs[*position].first();
                        @let (method, path) = finding.endpoint;
                        li {
                            a href={ "#" (anchor(*position)) } {
                                (finding.rule.name) ": " code { (method) " " (path) }
                            }
                        }
                    }
                    @if let Some(more @ 1..) = cell.paragraphs.len().checked_sub(MOST) {
                        li { a href={ "#" (anchor(cell.paragraphs[MOST])) } { (more) " more" } }
                    }
                }
            }
        }
    });
    html! {
        p { "Pages of each release, row by row, at nodes of each, column by column." }
        (one_step)
        @if let Plan::Steps(steps) = page.plan && steps.len() > 1 {
            @let overlaps = overlaps(page.report.old(), steps, page.policy);
            @let title = format!("In {}, as planned", plural(steps.len(), "release"));
            (table(&title, &page.releases(), |from, at| state(State::of(overlaps[from][at]))))
        }
    }
}

fn table(title: &str, labels: &[String], cell: impl Fn(usize, usize) -> Markup) -> Markup {
    // Five letters and a half a column are the least that can be read.
    let width = px(5.5 * f64::from(u16::try_from(labels.len() + 1).unwrap_or(u16::MAX)));
    scrolling(
        title,
        &html! {
            table.matrix style={ "min-width:" (width) "rem" } {
                caption { (title) }
                thead {
                    tr {
                        td {}
                        @for label in labels { th scope="col" { "node of " (label) } }
                    }
                }
                tbody {
                    @for (from, label) in labels.iter().enumerate() {
                        tr {
                            th scope="row" { "page of " (label) }
                            @for at in 0..labels.len() { td { (cell(from, at)) } }
                        }
                    }
                }
            }
        },
    )
}

fn state(state: State) -> Markup {
    html! {
        span class=(state.class()) { span aria-hidden="true" { (state.icon()) " " } (state.words()) }
    }
}
