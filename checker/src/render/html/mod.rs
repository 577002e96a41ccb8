//! A report as one HTML file, for those who decide on the release. It needs neither a
//! network nor scripts.
//!
//! What comes from the builds is text in it, never markup. Behind each diagram is a table
//! with its numbers. A section of the page is a file: `timing`, `matrix`, `findings`,
//! `plan`, `curve` and `parameters`.

mod curve;
mod diagram;
mod findings;
mod matrix;
mod page;
mod parameters;
mod plan;
mod scale;
mod state;
mod timing;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::groups::paragraphs;
use super::names::labels;
use super::summary;
use crate::model::{Policy, Report, Verdict};
use crate::plan::{OnTheWay, Overlap, Plan, Service};
use crate::simulate::{Curve, Model, ReleaseCurve, Span};
use crate::support::visible::escaped;
use page::Page;
use state::OneRelease;

pub(super) use diagram::PALETTE;
pub(super) use page::prose;

pub(super) const STYLE: &str = include_str!("page.css");

/// What a report shows.
pub struct Contents<'a> {
    /// What the checker found.
    pub report: &'a Report<'a>,
    /// The policy of the report.
    pub policy: &'a Policy,
    /// The plan that leads from the old to the new build.
    pub plan: &'a Plan,
    /// What was simulated.
    pub model: &'a Model,
    /// The duration of one rollout that is not rolled back, in seconds.
    pub roll: f64,
    /// The failures if NEW goes out in one release.
    pub expected: &'a Curve<'a>,
    /// Those of each release of the plan.
    pub sequenced: &'a [ReleaseCurve],
    /// What the checker says of pages of each release of the plan at nodes of each: first
    /// by the page's release, then by the node's.
    pub overlaps: &'a [Vec<Overlap>],
    /// When each release of the plan serves, the old one first.
    pub schedule: &'a [Service],
    /// When pages of each build meet nodes of each in one release: first by the page's build,
    /// then by the node's.
    pub meetings: &'a [[Vec<Span>; 2]; 2],
    /// What the new build lacks on the way to another one, if that is known.
    pub way: Option<&'a OnTheWay>,
}

/// Writes the report.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report(contents: &Contents<'_>, to: &mut dyn Write) -> io::Result<()> {
    let paragraphs = paragraphs(&contents.report.findings);
    let page = Page {
        within: contents.report.denied_within(),
        report: contents.report,
        policy: contents.policy,
        plan: contents.plan,
        model: contents.model,
        roll: contents.roll,
        expected: contents.expected,
        sequenced: contents.sequenced,
        overlaps: contents.overlaps,
        schedule: contents.schedule,
        meetings: contents.meetings,
        way: contents.way,
        labels: labels(contents.report),
        one_release: OneRelease::new(contents.report, &paragraphs),
        paragraphs,
    };
    let html = page.html().into_string();
    // The markup holds nothing that is escaped, only line breaks.
    let lines: Vec<_> = html.split('\n').map(escaped).collect();
    writeln!(to, "{}", lines.join("\n"))
}

impl Page<'_> {
    fn html(&self) -> Markup {
        let [old, new] = &self.labels;
        let app = &self.report.new.release.name;
        let (class, icon, verdict) = match self.report.verdict() {
            Verdict::Accept => ("good", "✓", "accepted"),
            Verdict::Reject => ("bad", "✗", "rejected"),
        };
        let sections = [
            (
                "timing",
                "Which pages reach which nodes, and when",
                timing::section(self),
            ),
            ("matrix", "Page by node", matrix::section(self)),
            ("findings", "Findings", findings::section(self)),
            ("plan", "Plan", plan::section(self)),
            ("failures", "Simulated failures", curve::section(self)),
            ("asked", "What was asked", parameters::section(self)),
        ];
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (app) ": " (new) " over " (old) ", " (verdict) }
                    style { (PreEscaped(diagram::PALETTE)) (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        a.skip href="#main" { "To the report" }
                        h1 { (app) ": " (new) " over " (old) }
                        p class={ "verdict " (class) } {
                            span aria-hidden="true" { (icon) " " } (summary::line(self.report))
                        }
                        @if let Some(doubt) = summary::doubt(self.report) { p.warn { (prose(&doubt)) } }
                        @if let Some(reading) = summary::reading(self.report.old(), self.report.new) { p.warn { (prose(&reading)) } }
                        p.lead { (self.failures()) }
                        @if let Some(lacking) = self.lacking() {
                            p.warn { (lacking) " (" a href="#lacking" { "which" } ")." }
                        }
                    }
                    nav aria-label="Sections" {
                        ul { @for (id, title, _) in &sections { li { a href={ "#" (id) } { (title) } } } }
                    }
                    main id="main" tabindex="-1" {
                        @for (id, title, section) in &sections {
                            section id=(id) aria-labelledby={ (id) "-heading" } {
                                h2 id={ (id) "-heading" } { (title) }
                                (section)
                            }
                        }
                    }
                    footer { "Made by coexist " (env!("CARGO_PKG_VERSION")) "." }
                }
            }
        }
    }
}
