//! The gate for people: what the candidate is judged against, what fails, the verdict, and
//! when it passes.

use std::io::{self, Write};

use anstyle::Style;

use super::apps::unjudged;
use super::table::{ROWS, table};
use crate::gate::Answer;
use crate::model::Finding;
use crate::render::escape::guarded;
use crate::render::lines::{framed, write_wrapped};
use crate::render::style::{STRONG, WARN};
use crate::render::text::{Beside, after, findings, style};
use crate::render::{Sources, policy, summary};
use crate::support::visible::escaped;

/// Writes what the gate says, with excerpts of the sources that are there, and what goes
/// with it.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn gate(
    answer: &Answer<'_>,
    beside: Beside<'_, '_>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let gate = &answer.gate;
    let report = &gate.report;
    guarded(to, |to| {
        framed(style(report.verdict()), &summary::of_gate(gate), to, |to| {
            if let Some(back) = answer.going_back() {
                write_wrapped(WARN, "", "  ", &back, to)?;
                writeln!(to)?;
            }
            against(answer, to)?;
            let advice = |found: &[&Finding<'_>]| answer.advice(found);
            findings(report, beside.amount, sources, &advice, to)?;
            around(answer, to)?;
            after(report, beside, to)
        })
    })
}

/// Writes what else the gate has found out.
fn around(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    let gate = &answer.gate;
    for line in answer.doubt().into_iter().chain(answer.unchecked()) {
        write_wrapped(WARN, "", "  ", &line, to)?;
    }
    if let Some(unjudged) = unjudged(gate) {
        write_wrapped(Style::new(), "", "  ", &unjudged, to)?;
    }
    policy::text(gate.report.policy_file, to)?;
    if let Some(passes) = answer.passes() {
        write_wrapped(STRONG, "", "  ", &passes, to)?;
        if !gate.is_flip {
            writeln!(to, "`coexist gate --wait` waits until then.")?;
        }
    }
    for line in answer.forgotten().into_iter().chain(answer.name_taken()) {
        write_wrapped(Style::new(), "", "  ", &line, to)?;
    }
    for (position, line) in answer.back().iter().enumerate() {
        let indent = if position == 0 { "" } else { "  " };
        write_wrapped(Style::new(), indent, "  ", line, to)?;
    }
    Ok(())
}

/// Writes the table of what the candidate is judged against.
fn against(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    if let Some(nothing) = answer.nothing_out() {
        write_wrapped(Style::new(), "", "  ", &nothing, to)?;
        if answer.gate.neighbours.is_empty() {
            return writeln!(to);
        }
    }
    let release = &answer.gate.report.new.release;
    let title = format!(
        "{} {} against the live releases in {}",
        release.name, release.version, answer.environment
    );
    write_wrapped(STRONG, "", "  ", &title, to)?;
    let rows = table(&answer.gate);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!("  {cell:<width$}"));
        }
        line.push_str(&format!("  {}", row[4]));
        writeln!(to, "{}", escaped(line.trim_end()))?;
    }
    match answer.gate.met().count().saturating_sub(ROWS) {
        0 => {}
        more => writeln!(to, "  and {more} more")?,
    }
    writeln!(to)
}
