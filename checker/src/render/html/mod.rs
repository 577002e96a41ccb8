//! A report as one HTML file, for who decides on the release: no network, and no script.
//!
//! What comes out of the builds is text in it, never markup. Each diagram has its numbers
//! in a table behind it.

mod curve;
mod diagram;
mod findings;
mod matrix;
mod parameters;
mod plan;
mod scale;
mod timing;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::groups::{Paragraph, paragraphs};
use super::number::amount;
use super::{labels, plural, summary};
use crate::model::{Level, Policy, Report, Verdict};
use crate::plan::Plan;
use crate::simulate::{Curve, Model, ReleaseCurve};
use matrix::OneStep;

const STYLE: &str = include_str!("page.css");

/// All that a report is made of.
pub struct Facts<'a> {
    /// What the checker found.
    pub report: &'a Report<'a>,
    /// By which policy.
    pub policy: &'a Policy,
    /// The way there.
    pub plan: &'a Plan,
    /// What was simulated.
    pub model: &'a Model,
    /// How long one roll takes that is not rolled back, in seconds.
    pub roll: f64,
    /// The failures in one step.
    pub expected: &'a Curve<'a>,
    /// Those of each release of the plan.
    pub sequenced: &'a [ReleaseCurve],
}

/// The facts, and what several sections say of them.
struct Page<'a> {
    report: &'a Report<'a>,
    policy: &'a Policy,
    plan: &'a Plan,
    model: &'a Model,
    roll: f64,
    expected: &'a Curve<'a>,
    sequenced: &'a [ReleaseCurve],
    /// What the two builds are called.
    labels: [String; 2],
    paragraphs: Vec<Paragraph<'a, 'a>>,
    /// How many findings reject the release, and are of the new build alone.
    within: usize,
    one_step: OneStep,
}

/// Writes the report.
pub fn report(facts: &Facts<'_>, to: &mut dyn Write) -> io::Result<()> {
    let paragraphs = paragraphs(&facts.report.findings);
    let findings = facts.report.findings.iter();
    let within = findings.filter(|found| found.level == Level::Deny && found.direction.is_none());
    let page = Page {
        within: within.count(),
        report: facts.report,
        policy: facts.policy,
        plan: facts.plan,
        model: facts.model,
        roll: facts.roll,
        expected: facts.expected,
        sequenced: facts.sequenced,
        labels: labels(facts.report),
        one_step: OneStep::new(facts.report, facts.policy, &paragraphs),
        paragraphs,
    };
    // Names come out of the builds: HTML has no control characters but white space.
    let is_none = |c: char| c.is_control() && c != '\n';
    let html = page.html().into_string().replace(is_none, "\u{FFFD}");
    to.write_all(html.as_bytes())?;
    to.write_all(b"\n")
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
            ("timing", "Who meets whom, and when", timing::section(self)),
            ("matrix", "Page by node", matrix::section(self)),
            ("findings", "Findings", findings::section(self)),
            ("plan", "The way there", plan::section(self)),
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
                        p.lead { (self.failures()) }
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

    /// The releases of the plan, with the one that is out.
    fn releases(&self) -> Vec<String> {
        let Plan::Steps(steps) = self.plan else {
            return self.labels.to_vec();
        };
        let [old, new] = &self.labels;
        let between = (1..steps.len()).map(|number| format!("release {number}"));
        let names = between.chain([new.clone()]);
        std::iter::once(old.clone()).chain(names).collect()
    }

    /// How many submissions fail, in one step and as planned.
    fn failures(&self) -> String {
        let total = &self.expected.total;
        let mut text = format!(
            "In one step, {} of {} submissions fail until the last page has expired",
            amount(total.failed),
            amount(total.submissions)
        );
        if total.may_fail > 0.0 {
            text.push_str(&format!(", and {} more may", amount(total.may_fail)));
        }
        if self.sequenced.len() > 1 {
            let curves = self.sequenced.iter();
            let failed = curves.fold(0.0, |sum, curve| sum + curve.total.failed);
            text.push_str(&format!(
                "; in {}, {}",
                plural(self.sequenced.len(), "release"),
                amount(failed)
            ));
        }
        if self.within > 0 {
            let faults = plural(self.within, "fault");
            text.push_str(&format!(
                "; not counted: {faults} within {}",
                self.labels[1]
            ));
        }
        text.push('.');
        text
    }
}

/// The id of a paragraph of findings.
fn anchor(position: usize) -> String {
    format!("finding-{}", position + 1)
}

/// A text of ours, with its `code`.
fn prose(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its other half is one of a name.
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (position, part) in parts.into_iter().enumerate() {
            @if position % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}
