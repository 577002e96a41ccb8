//! A report for people: 80 columns, and whole without colour, and read aloud.
//!
//! Each paragraph follows one grammar: what breaks for the user of the app; at
//! which two places; who meets whom; what to do instead, as numbered releases.

mod excerpt;
mod locations;
mod meetings;

use std::io::{self, Write};

use anstyle::Style;
use textwrap::WordSplitter;

use super::groups::{Advice, Paragraph, advised};
use super::style::{DENY, GOOD, PASTE, STRONG, WARN};
use super::{Sources, level_name, summary, waived};
use crate::model::{Finding, Level, Report, Step, Verdict};
use crate::plan::Plan;
use meetings::Meetings;

/// The columns that a line takes at most, if its words let it.
const WIDTH: usize = 80;

/// Writes the report, with excerpts of the sources that are there.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn report(report: &Report<'_>, sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    findings(report, sources, &|_| None, to)?;
    if let Some(doubt) = summary::doubt(report) {
        wrapped(WARN, "", "  ", &doubt, to)?;
    }
    let style = match report.verdict() {
        Verdict::Accept => GOOD,
        Verdict::Reject => DENY,
    };
    wrapped(style, "", "  ", &summary::line(report), to)
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

/// Writes what is found, and what is waived.
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
    let Paragraph { words, .. } = paragraph;
    headline(paragraph, to)?;
    locations::each(paragraph, sources, to)?;
    meetings.write(paragraph, words.answer, to)?;
    writeln!(to, "\n  {STRONG}what to do{STRONG:#}")?;
    for (position, step) in words.steps.iter().enumerate() {
        self::step(position + 1, step, to)?;
    }
    Ok(())
}

/// Nothing breaks: what, where, and that is all.
fn note(paragraph: &Paragraph<'_, '_>, to: &mut dyn Write) -> io::Result<()> {
    headline(paragraph, to)?;
    locations::briefly(paragraph, to)?;
    for (position, step) in paragraph.words.steps.iter().enumerate() {
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
    let headline = &paragraph.words.headline;
    let line = format!("{}[{}]: {headline}", level_name(*level), rule.name);
    wrapped(style, "", "  ", &line, to)
}

fn step(number: usize, step: &Step, to: &mut dyn Write) -> io::Result<()> {
    let line = format!("{number}. {}: {}.", step.release, step.change);
    wrapped(Style::new(), "    ", "       ", &line, to)?;
    if let (Some(_), Some(place)) = (&step.paste, &step.paste_into) {
        let line = format!("Write into {place}:");
        wrapped(Style::new(), "       ", "       ", &line, to)?;
    }
    if let Some(paste) = &step.paste {
        writeln!(to, "         {PASTE}{paste}{PASTE:#}")?;
    }
    Ok(())
}

/// The text, without what would move the cursor or begin another line: names come out
/// of the builds.
pub(super) fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{FFFD}")
}

/// Writes a text of one style, wrapped, with this before its first line, and that
/// before the others.
pub(crate) fn wrapped(
    style: Style,
    first: &str,
    other: &str,
    text: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(other)
        .break_words(false)
        // `handler-removed` and `1.0.0-rc.1` are one word each.
        .word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(&printable(text), options) {
        writeln!(to, "{style}{line}{style:#}")?;
    }
    Ok(())
}
