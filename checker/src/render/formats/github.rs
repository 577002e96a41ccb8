//! A report as workflow commands of GitHub Actions: each finding is shown at its line,
//! in the log and in the pull request.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use crate::gate::Answer;
use crate::model::{Finding, Level, Report};
use crate::render::groups::{Advice, no_advice};
use crate::render::places::main_place;
use crate::render::{message, summary};
use crate::rules;

/// Writes a command for each finding, and the summary as a plain line.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    findings(report, &no_advice, to)?;
    if let Some(doubt) = summary::doubt(report) {
        writeln!(to, "::warning title=coexist::{}", data(&doubt))?;
    }
    writeln!(to, "{}", summary::line(report))
}

/// Writes the same of a gate, with when it passes, and which releases can come back.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    findings(&answer.gate.report, &|found| answer.advice(found), to)?;
    if let Some(doubt) = answer.doubt() {
        writeln!(to, "::warning title=coexist::{}", data(&doubt))?;
    }
    writeln!(to, "{}", summary::of_gate(&answer.gate))?;
    let mut around = answer.around().into_iter();
    around.try_for_each(|line| writeln!(to, "{line}"))
}

fn findings(report: &Report<'_>, advice: &Advice<'_>, to: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let name = match finding.level {
            Level::Deny => "error",
            Level::Warn => "warning",
            Level::Note => "notice",
        };
        command(name, report, finding, &message::lines(finding, advice), to)?;
    }
    for (finding, waiver) in &report.waived {
        let headline = rules::explain_one(finding).headline;
        let message = format!("waived: {headline}\n{}: {}", waiver.at, waiver.reason);
        command("notice", report, finding, &message, to)?;
    }
    Ok(())
}

fn command(
    name: &str,
    report: &Report<'_>,
    finding: &Finding<'_>,
    message: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    write!(to, "::{name} ")?;
    if let Some(source) = main_place(report, finding) {
        write!(to, "file={},line={},", property(&source.file), source.line)?;
    }
    let title = format!("coexist: {}", finding.rule.name);
    writeln!(to, "title={}::{}", property(&title), data(message))
}

/// What stands behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
