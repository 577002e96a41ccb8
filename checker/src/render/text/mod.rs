//! A report for people: 80 columns wide, and complete without color and when read aloud.
//!
//! Each paragraph follows one grammar: what breaks for the user of the app; at which two
//! places; who meets whom; and what to do instead, as numbered releases.
//!
//! It judges nothing, and the words about a finding are those of its rule.

mod excerpt;
mod locations;
mod meetings;

use std::io::{self, Write};

use anstyle::Style;

use super::groups::{Advice, Paragraph, advised};
use super::lines::write_wrapped;
use super::names::level_name;
use super::style::{DENY, GOOD, PASTE, STRONG, WARN};
use super::{Sources, summary, waived};
use crate::model::{Explanation, Finding, Level, Report, Step, Verdict};
use crate::plan::Plan;
use crate::support::visible::escaped;
use meetings::Meetings;

/// Writes the report, with excerpts of the sources that are there.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report(report: &Report<'_>, sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    findings(report, sources, &|_| None, to)?;
    if let Some(doubt) = summary::doubt(report) {
        write_wrapped(WARN, "", "  ", &doubt, to)?;
    }
    let style = match report.verdict() {
        Verdict::Accept => GOOD,
        Verdict::Reject => DENY,
    };
    write_wrapped(style, "", "  ", &summary::line(report), to)
}

/// Writes the report and, if there is one, the plan that leads from the old build to the
/// new one.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report_and_plan(
    report: &Report<'_>,
    plan: Option<&Plan>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    self::report(report, sources, to)?;
    let Some(plan) = plan else {
        return Ok(());
    };
    writeln!(to)?;
    super::plan::text::plan(plan, report.old(), report.new, to)
}

/// Writes the findings, and what is waived. `advice` replaces what a rule says to do.
pub(super) fn findings(
    report: &Report<'_>,
    sources: &Sources,
    advice: &Advice<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let meetings = Meetings::new(report);
    for paragraph in advised(&report.findings, advice) {
        if paragraph.first().level == Level::Note {
            note(&paragraph, to)?;
        } else {
            self::paragraph(&paragraph, &meetings, sources, to)?;
        }
        writeln!(to)?;
    }
    waived::list(&report.waived, to)
}

fn paragraph(
    paragraph: &Paragraph<'_, '_>,
    meetings: &Meetings,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let Explanation { answer, steps, .. } = &paragraph.explanation;
    headline(paragraph, to)?;
    locations::write(paragraph, sources, to)?;
    if let Some(answer) = answer {
        meetings.write(paragraph, answer, to)?;
    }
    writeln!(to, "\n  {STRONG}what to do{STRONG:#}")?;
    for (position, step) in steps.iter().enumerate() {
        self::step(position + 1, step, to)?;
    }
    Ok(())
}

/// Writes a note, where nothing breaks: only what it is, where, and what to do.
fn note(paragraph: &Paragraph<'_, '_>, to: &mut dyn Write) -> io::Result<()> {
    headline(paragraph, to)?;
    locations::write_short(paragraph, to)?;
    for (position, step) in paragraph.explanation.steps.iter().enumerate() {
        self::step(position + 1, step, to)?;
    }
    Ok(())
}

fn headline(paragraph: &Paragraph<'_, '_>, to: &mut dyn Write) -> io::Result<()> {
    let Finding { level, rule, .. } = paragraph.first();
    let style = match level {
        Level::Deny => DENY,
        Level::Warn => WARN,
        Level::Note => STRONG,
    };
    let headline = &paragraph.explanation.headline;
    let line = format!("{}[{}]: {headline}", level_name(*level), rule.name);
    write_wrapped(style, "", "  ", &line, to)
}

fn step(number: usize, step: &Step, to: &mut dyn Write) -> io::Result<()> {
    let line = format!("{number}. {}: {}.", step.release, step.change);
    write_wrapped(Style::new(), "    ", "       ", &line, to)?;
    if let (Some(_), Some(place)) = (&step.paste, &step.paste_into) {
        let line = format!("Write into {place}:");
        write_wrapped(Style::new(), "       ", "       ", &line, to)?;
    }
    if let Some(paste) = &step.paste {
        let paste = escaped(paste);
        writeln!(to, "         {PASTE}{paste}{PASTE:#}")?;
    }
    Ok(())
}
