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
use super::lines::{framed, write_wrapped};
use super::names::level_name;
use super::style::{DENY, GOOD, PASTE, STRONG, WARN};
use super::turned::{self, TurningBack};
use super::{Amount, Sources, elsewhere, policy, summary, waived};
use crate::model::{Explanation, Finding, Level, Paste, Report, Step, TooManySteps, Verdict};
use crate::plan::Plan;
use crate::support::visible::escaped;
use meetings::Meetings;

/// What goes with a report, before the verdict at its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a, 'r> {
    /// How much is printed.
    pub amount: Amount,
    /// The plan that leads from the old build to the new one, if there is one, or why it is
    /// not made.
    pub plan: Option<&'a Result<Option<Plan>, TooManySteps>>,
    /// What it would break to turn the flags back.
    pub back: Option<&'a Report<'r>>,
    /// What else there is to say.
    pub note: Option<&'a str>,
}

/// Writes all that the report has, with excerpts of the sources that are there.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report(report: &Report<'_>, sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    let beside = Beside {
        amount: Amount::Full,
        ..Beside::default()
    };
    report_with(report, beside, sources, to)
}

/// Writes the report, and what goes with it.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report_with(
    report: &Report<'_>,
    beside: Beside<'_, '_>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let write = |to: &mut dyn Write| {
        let back = summary::going_back(report);
        if let Some(back) = &back {
            write_wrapped(WARN, "", "  ", back, to)?;
            writeln!(to)?;
        }
        findings(report, beside.amount, sources, &turned::advice, to)?;
        if let Some(doubt) = summary::doubt(report) {
            write_wrapped(WARN, "", "  ", &doubt, to)?;
        }
        if let Some(reading) = summary::reading(report.old(), report.new) {
            write_wrapped(WARN, "", "  ", &reading, to)?;
        }
        if let Some(elsewhere) = elsewhere::line(report) {
            write_wrapped(Style::new(), "", "  ", &elsewhere, to)?;
        }
        policy::text(report.policy_file, to)?;
        after(report, beside, to)
    };
    guarded(to, |to| {
        framed(style(report.verdict()), &summary::line(report), to, write)
    })
}

/// Writes what goes with a report.
pub(super) fn after(
    report: &Report<'_>,
    beside: Beside<'_, '_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    if let Some(plan) = beside.plan {
        super::plan::text::attached(plan, report, beside.amount, to)?;
    }
    if let Some(back) = beside.back {
        turning_back(back, to)?;
    }
    match beside.note {
        Some(note) => writeln!(to, "{}", note.trim_end()),
        None => Ok(()),
    }
}

/// The style of a verdict.
pub(super) fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Accept => GOOD,
        Verdict::Reject => DENY,
    }
}

/// Writes what it would break to turn the flags back, which `back` judges.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn turning_back(back: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let Some(back) = TurningBack::new(back) else {
        return Ok(());
    };
    let style = if back.broken.is_empty() {
        Style::new()
    } else {
        WARN
    };
    write_wrapped(style, "", "  ", &back.line, to)?;
    for line in &back.broken {
        write_wrapped(Style::new(), "  ", "    ", line, to)?;
    }
    Ok(())
}

/// Writes the findings, and what is waived. `advice` replaces what a rule says to do.
pub(super) fn findings(
    report: &Report<'_>,
    amount: Amount,
    sources: &Sources,
    advice: &Advice<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let meetings = Meetings::new(report);
    for paragraph in advised(&report.findings, amount, advice) {
        self::paragraph(&paragraph, amount, &meetings, sources, to)?;
        writeln!(to)?;
    }
    waived::list(&report.waived, to)
}

fn paragraph(
    paragraph: &Paragraph<'_, '_>,
    amount: Amount,
    meetings: &Meetings,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let Explanation { answer, steps, .. } = &paragraph.explanation;
    let is_note = paragraph.first().level == Level::Note;
    headline(paragraph, to)?;
    // Of a note, where nothing has to be decided, there is less to show.
    let none = Sources::none();
    let sources = if is_note { &none } else { sources };
    match amount {
        Amount::Brief => locations::write_brief(paragraph, sources, to)?,
        Amount::Full => locations::write(paragraph, sources, to)?,
    }
    let answer = answer.filter(|_| !is_note);
    if let Some(answer) = answer.filter(|_| meetings.is_shown(paragraph, amount)) {
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
