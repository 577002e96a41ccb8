//! The history of an app: which of its releases broke which pages.
//!
//! A release is kept as a [`Row`], which holds what is shown of it and none of its items: there may
//! be hundreds.

pub mod html;
pub mod json;
pub mod markdown;
pub mod text;

use serde_json::Value;

use super::formats;
use super::groups::paragraphs;
use crate::history::{Judged, Listener, Looked, Revision, Told};
use crate::model::{Direction, Level, Report};
use crate::support::text::plural;
use crate::support::visible::escaped;

/// A release.
#[derive(Clone, Debug)]
pub struct Row {
    /// The release before; `None`: there is none.
    pub from: Option<String>,
    /// The release.
    pub to: String,
    /// The short hash of its commit.
    pub commit: String,
    /// The day on which it was made.
    pub date: String,
    /// What is said of it.
    pub told: Told,
    /// Why it could not be read.
    pub why: Option<String>,
    /// What was seen in it and not read.
    pub unread: usize,
    /// What breaks, and for whom: `old pages at new nodes: 2 forms`.
    pub broken: Vec<String>,
    /// The headlines of what breaks.
    pub headlines: Vec<String>,
    /// The findings, as `check` writes them.
    pub findings: Vec<Value>,
}

/// The history of an app.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The name of the app.
    pub app: String,
    /// The first release that could be read, which is judged over none.
    pub first: Option<String>,
    /// The releases, the oldest first.
    pub rows: Vec<Row>,
    /// Tags that were left out.
    pub left_out: Vec<String>,
}

impl History {
    /// How many releases have this verdict.
    #[must_use]
    pub fn count(&self, told: Told) -> usize {
        self.rows.iter().filter(|row| row.told == told).count()
    }

    /// Notes what was looked at.
    pub fn looked(&mut self, looked: Looked) {
        self.left_out = looked.left_out;
    }

    /// The line that says what came of it.
    fn summary(&self) -> String {
        let (rejected, unread) = (self.count(Told::Reject), self.count(Told::CouldNotCheck));
        let judged = self.rows.len() - unread;
        let mut line = match (judged, rejected) {
            (0, _) => "could not check: no release could be judged".to_owned(),
            (_, 0) => format!("none of {} broke a page", plural(judged, "release")),
            _ => format!("{rejected} of {} broke pages", plural(judged, "release")),
        };
        if judged > 0 && unread > 0 {
            line.push_str(&format!(", {unread} could not be checked"));
        }
        line
    }
}

/// What every format says of where this comes from.
const READING: &str = "This is a reading of the sources of each release, not of built programs: \
                       `coexist scan` shows what it sees of one.";

/// Collects the rows, and shows the progress.
pub struct Collector<'p> {
    /// What has been collected.
    pub history: History,
    /// Shows that so many are done, of so many.
    pub progress: &'p mut (dyn FnMut(usize, usize) + Send),
}

impl Listener for Collector<'_> {
    fn judged(&mut self, judged: &Judged<'_>) {
        self.history.app.clone_from(&judged.report.new.release.name);
        let report = &judged.report;
        self.history.rows.push(Row {
            from: Some(judged.old.name.clone()),
            to: judged.new.name.clone(),
            commit: short(judged.new),
            date: judged.new.date.clone(),
            told: judged.verdict,
            why: (judged.verdict == Told::CouldNotCheck)
                .then(|| "what seems to be gone may be among what could not be read".to_owned()),
            unread: judged.gaps,
            broken: broken(report),
            headlines: headlines(report),
            findings: formats::json::values(report),
        });
    }

    fn unread(&mut self, old: Option<&Revision>, new: &Revision, why: &str) {
        let why = why.lines().next().unwrap_or_default().to_owned();
        self.history.rows.push(Row {
            from: old.map(|old| old.name.clone()),
            to: new.name.clone(),
            commit: short(new),
            date: new.date.clone(),
            told: Told::CouldNotCheck,
            why: Some(escaped(&why).into_owned()),
            unread: 0,
            broken: Vec::new(),
            headlines: Vec::new(),
            findings: Vec::new(),
        });
    }

    fn first(&mut self, first: &Revision) {
        self.history.first = Some(first.name.clone());
    }

    fn progress(&mut self, done: usize, of: usize) {
        (self.progress)(done, of);
    }
}

fn short(revision: &Revision) -> String {
    revision.commit.chars().take(10).collect()
}

/// How many submissions break, for whom.
fn broken(report: &Report<'_>) -> Vec<String> {
    let count = |direction: Option<Direction>| {
        let findings = report.findings.iter();
        let denied = findings
            .filter(|finding| finding.level == Level::Deny && finding.direction == direction);
        denied.count()
    };
    let parts = [
        (
            "from pages of the release before",
            Some(Direction::OldToNew),
        ),
        (
            "from its own pages, at nodes of the release before",
            Some(Direction::NewToOld),
        ),
        ("within it", None),
    ];
    let parts = parts.into_iter().filter_map(|(whose, direction)| {
        let count = count(direction);
        (count > 0).then(|| format!("{} {whose}", plural(count, "submission")))
    });
    parts.collect()
}

/// What rejects a release, a line for each paragraph.
fn headlines(report: &Report<'_>) -> Vec<String> {
    let all = paragraphs(&report.findings).into_iter();
    let denied = all.filter(|paragraph| paragraph.first().level == Level::Deny);
    let mut denied: Vec<_> = denied.collect();
    // Pages that people have open come first.
    denied.sort_by_key(|paragraph| match paragraph.first().direction {
        Some(Direction::OldToNew) => 0,
        Some(Direction::NewToOld) => 1,
        None => 2,
    });
    let lines = denied.iter().map(|paragraph| {
        let first = paragraph.first();
        let (method, path) = first.endpoint;
        let more = if paragraph.is_of_one_endpoint() {
            String::new()
        } else {
            ", …".to_owned()
        };
        let line = format!(
            "{}: {} ({method} {path}{more})",
            first.rule.name, paragraph.explanation.headline
        );
        escaped(&line).into_owned()
    });
    lines.collect()
}
