//! Who meets whom: the four pairs of a page and a node, and how each ends.

use std::collections::HashSet;
use std::io::{self, Write};

use crate::endpoint::unnamed;
use crate::judge::{Direction, Finding, Level, Report, refused_at_home};
use crate::registry::Registry;
use crate::render::labels;
use crate::render::style::{DENY, STRONG, WARN};

/// A method, and a path without the names of its parameters.
type Endpoint = (String, String);

/// What is to be known of all pairs: of the old build first, then of the new one.
pub(super) struct Meetings {
    labels: [String; 2],
    /// What forms send to.
    sent: [HashSet<Endpoint>; 2],
    /// What the build itself refuses of its forms.
    refused: [HashSet<Endpoint>; 2],
    /// What pages send to nodes of the other build in vain.
    failing: [HashSet<Endpoint>; 2],
}

impl Meetings {
    pub(super) fn new(report: &Report<'_>) -> Self {
        let sent = |registry: &Registry| {
            let targets = registry.forms.iter().flat_map(|form| &form.posts_to);
            targets
                .map(|target| endpoint(&target.method, &target.path))
                .collect()
        };
        let failing = |direction| {
            let findings = report.findings.iter().filter(|finding| {
                finding.direction == Some(direction) && finding.level == Level::Deny
            });
            findings.map(of).collect()
        };
        let refused = |registry: &Registry| {
            let refused = refused_at_home(registry).into_iter();
            refused
                .map(|target| endpoint(&target.method, &target.path))
                .collect()
        };
        // Accepted, it has nothing to show.
        let (sent, refused) = if report.findings.is_empty() {
            Default::default()
        } else {
            (
                [sent(report.old()), sent(report.new)],
                [refused(report.old()), refused(report.new)],
            )
        };
        Self {
            labels: labels(report),
            sent,
            refused,
            failing: [failing(Direction::OldToNew), failing(Direction::NewToOld)],
        }
    }

    /// Writes the four pairs, if the finding is of two builds.
    pub(super) fn write(
        &self,
        finding: &Finding<'_>,
        answer: &str,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let (page, node) = match finding.direction {
            Some(Direction::OldToNew) => (0, 1),
            Some(Direction::NewToOld) => (1, 0),
            None => return Ok(()),
        };
        writeln!(to, "\n  {STRONG}who meets whom{STRONG:#}")?;
        let style = if finding.level == Level::Deny {
            DENY
        } else {
            WARN
        };
        let width = self.labels.iter().map(String::len).max().unwrap_or(0);
        for (from, at) in [(page, page), (page, node), (node, node), (node, page)] {
            let [from_name, at_name] = [&self.labels[from], &self.labels[at]];
            let pair = format!("page of {from_name:<width$} to node of {at_name:<width$}");
            if (from, at) == (page, node) {
                writeln!(to, "    {style}{pair}   {answer} (this finding){style:#}")?;
            } else if from == page {
                writeln!(to, "    {pair}   served")?;
            } else {
                writeln!(to, "    {pair}   {}", self.other_forms(finding, from, at))?;
            }
        }
        Ok(())
    }

    /// What becomes of the other release's forms that send to the same endpoint.
    fn other_forms(&self, finding: &Finding<'_>, from: usize, at: usize) -> &'static str {
        let endpoint = of(finding);
        if !self.sent[from].contains(&endpoint) {
            return "no such form";
        }
        let fails = if from == at {
            // Where a form of the finding's page finds nobody, nor does this one.
            let handler = finding.node.handler;
            handler.is_none_or(|handler| handler.method != finding.endpoint.0)
                || self.refused[from].contains(&endpoint)
        } else {
            self.failing[from].contains(&endpoint)
        };
        if fails { "fails, too" } else { "served" }
    }
}

fn of(finding: &Finding<'_>) -> Endpoint {
    endpoint(finding.endpoint.0, finding.endpoint.1)
}

fn endpoint(method: &str, path: &str) -> Endpoint {
    (method.to_owned(), unnamed(path))
}
