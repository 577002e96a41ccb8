//! The gate for people: against what, what fails, what is decided, when it passes.

use std::io::{self, Write};

use anstyle::Style;

use super::Facts;
use super::apps::{met, unjudged};
use super::table::{ROWS, table};
use crate::gate::Gate;
use crate::model::{Finding, Verdict};
use crate::plan;
use crate::render::style::{DENY, GOOD, STRONG, WARN};
use crate::render::text::{findings, printable, wrapped};
use crate::render::{Sources, summary};

/// Writes what the gate says, with excerpts of the sources that are at hand, and a plan
/// if one is to be made.
pub fn gate(facts: &Facts<'_, '_>, sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    let gate = facts.gate;
    let report = &gate.report;
    against(facts, to)?;
    findings(report, sources, &|found| facts.advice(found), to)?;
    if let Some(doubt) = facts.doubt() {
        wrapped(WARN, "", "  ", &doubt, to)?;
    }
    for line in facts.unchecked() {
        wrapped(WARN, "", "  ", &line, to)?;
    }
    if let Some(unjudged) = unjudged(gate) {
        wrapped(Style::new(), "", "  ", &unjudged, to)?;
    }
    let style = match report.verdict() {
        Verdict::Accept => GOOD,
        Verdict::Reject => DENY,
    };
    wrapped(style, "", "  ", &summary::of_gate(gate), to)?;
    if let Some(passes) = facts.passes() {
        wrapped(STRONG, "", "  ", &passes, to)?;
        writeln!(to, "`coexist gate --wait` waits until then.")?;
    }
    for line in facts.forgotten().into_iter().chain(facts.name_taken()) {
        wrapped(Style::new(), "", "  ", &line, to)?;
    }
    for (position, line) in facts.back().iter().enumerate() {
        let indent = if position == 0 { "" } else { "  " };
        wrapped(Style::new(), indent, "  ", line, to)?;
    }
    if is_to_be_planned(gate) {
        writeln!(to)?;
        let plan = plan::plan(report.old(), report.new, facts.policy);
        crate::render::plan::text::plan(&plan, report.old(), report.new, to)?;
    }
    Ok(())
}

/// Writes what the candidate is judged against.
fn against(facts: &Facts<'_, '_>, to: &mut dyn Write) -> io::Result<()> {
    if let Some(nothing) = facts.nothing_out() {
        wrapped(Style::new(), "", "  ", &nothing, to)?;
        if facts.gate.neighbours.is_empty() {
            return writeln!(to);
        }
    }
    let release = &facts.gate.report.new.release;
    let title = format!(
        "{} {} against what is out in {}",
        release.name, release.version, facts.environment
    );
    wrapped(STRONG, "", "  ", &title, to)?;
    let rows = table(facts.gate);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!("  {cell:<width$}"));
        }
        line.push_str(&format!("  {}", row[4]));
        writeln!(to, "{}", printable(line.trim_end()))?;
    }
    match met(facts.gate).count().saturating_sub(ROWS) {
        0 => {}
        more => writeln!(to, "  and {more} more")?,
    }
    writeln!(to)
}

/// Whether a plan is of use: the newest release that runs is what stands in the way. To
/// wait helps against pages.
fn is_to_be_planned(gate: &Gate<'_>) -> bool {
    let Some(newest) = gate.against.first().filter(|newest| newest.is_running()) else {
        return false;
    };
    let is_of_it = |finding: &Finding<'_>| {
        finding.rejects_pair() && [finding.page.build, finding.node.build].contains(&newest.id)
    };
    gate.report.findings.iter().any(is_of_it)
}
