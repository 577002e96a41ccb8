//! A report for people: 80 columns wide, and complete without color and when read aloud.
//!
//! Each paragraph follows one grammar: what breaks for the user of the app; at which two
//! places; which pages and nodes it concerns; and what to do, as numbered releases.
//!
//! It judges nothing, and the words about a finding are those of its rule.

mod excerpt;
mod locations;
mod meetings;

use std::io::{self, Write};

use anstyle::Style;

use super::escape::guarded;
use super::groups::{Advice, Paragraph, advised};
use super::lines::write_wrapped;
use super::names::level_name;
use super::style::{DENY, GOOD, PASTE, STRONG, WARN};
use super::{Sources, policy, summary, waived};
use crate::model::{Explanation, Finding, Level, Paste, Report, Step, TooManySteps, Verdict};
use crate::plan::Plan;
use crate::rules::explain_one;
use crate::support::visible::escaped;
use meetings::Meetings;

/// Writes the report, with excerpts of the sources that are there.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report(report: &Report<'_>, sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        findings(report, sources, &|_| None, to)?;
        if let Some(doubt) = summary::doubt(report) {
            write_wrapped(WARN, "", "  ", &doubt, to)?;
        }
        policy::text(report.policy_file, to)?;
        let style = match report.verdict() {
            Verdict::Accept => GOOD,
            Verdict::Reject => DENY,
        };
        write_wrapped(style, "", "  ", &summary::line(report), to)
    })
}

/// Writes the report and, if there is one, the plan that leads from the old build to the
/// new one, or why it is not made.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report_and_plan(
    report: &Report<'_>,
    plan: &Result<Option<Plan>, TooManySteps>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    self::report(report, sources, to)?;
    super::plan::text::attached(plan, report, to)
}

/// Writes what it would break to turn the flags back, which `back` judges.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn turning_back(back: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let breaking = back.findings.iter();
    let breaking: Vec<_> = breaking.filter(|finding| finding.rejects_pair()).collect();
    if breaking.is_empty() {
        let line = "to turn the flags back would break nothing";
        return write_wrapped(Style::new(), "", "  ", line, to);
    }
    let line = "to turn the flags back would break pages that are open then:";
    write_wrapped(WARN, "", "  ", line, to)?;
    for finding in breaking {
        let headline = explain_one(finding).headline;
        let line = format!("{}: {headline}", finding.rule.name);
        write_wrapped(Style::new(), "  ", "    ", &line, to)?;
    }
    Ok(())
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
        self::paragraph(&paragraph, &meetings, sources, to)?;
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
    let is_note = paragraph.first().level == Level::Note;
    headline(paragraph, to)?;
    // Of a note, where nothing has to be decided, there is less to show.
    let none = Sources::none();
    locations::write(paragraph, if is_note { &none } else { sources }, to)?;
    if let Some(answer) = answer.filter(|_| !is_note) {
        meetings.write(paragraph, answer, to)?;
    }
    writeln!(to, "\n  {STRONG}what to do{STRONG:#}")?;
    for (position, step) in steps.iter().enumerate() {
        let number = (steps.len() > 1).then_some(position + 1);
        self::step(number, step, to)?;
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

/// Writes a step; one that is alone has no number.
fn step(number: Option<usize>, step: &Step, to: &mut dyn Write) -> io::Result<()> {
    let (first, other) = match number {
        Some(number) => (format!("    {number}. "), "       "),
        None => ("    ".to_owned(), "    "),
    };
    let line = format!("{}: {}.", step.when, step.change);
    write_wrapped(Style::new(), &first, other, &line, to)?;
    if let Some(Paste { intro, code }) = &step.paste {
        write_wrapped(Style::new(), other, other, &format!("{intro}:"), to)?;
        let code = escaped(code);
        writeln!(to, "{other}  {PASTE}{code}{PASTE:#}")?;
    }
    Ok(())
}
