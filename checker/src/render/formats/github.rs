//! A report as workflow commands of GitHub Actions: each finding is shown at its line,
//! in the log and in the pull request.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use crate::gate::Answer;
use crate::model::{Finding, Level, Report};
use crate::render::escape::{github, write_line};
use crate::render::groups::Advice;
use crate::render::places::main_place;
use crate::render::turned;
use crate::render::waived::reason;
use crate::render::{message, policy, summary};
use crate::rules;
use crate::support::visible::escaped;

/// Writes a command for each finding, and the policy file and the summary as plain lines.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    findings(report, &turned::advice, to)?;
    if let Some(reading) = summary::reading(report.old(), report.new) {
        write_line(&reading, to)?;
    }
    if let Some(doubt) = summary::doubt(report) {
        github::command("warning", None, "coexist", &doubt, to)?;
    }
    policy_file(report, to)?;
    write_line(&summary::line(report), to)
}

/// Writes the result of a gate, with when it passes, and to which releases a rollback is possible.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    findings(&answer.gate.report, &|found| answer.advice(found), to)?;
    if let Some(doubt) = answer.doubt() {
        github::command("warning", None, "coexist", &doubt, to)?;
    }
    policy_file(&answer.gate.report, to)?;
    write_line(&summary::of_gate(&answer.gate), to)?;
    let mut around = answer.around().into_iter();
    around.try_for_each(|line| write_line(&line, to))
}

fn policy_file(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    match report.policy_file {
        Some(file) => write_line(&policy::line(file), to),
        None => Ok(()),
    }
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
        let (headline, reason) = (escaped(&headline), reason(waiver));
        let message = format!("waived: {headline}\n{}: {reason}", waiver.at);
        command("notice", report, finding, &message, to)?;
    }
    Ok(())
}

fn command(
    name: &'static str,
    report: &Report<'_>,
    finding: &Finding<'_>,
    message: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    let title = format!("coexist: {}", finding.rule.name);
    github::command(name, main_place(report, finding), &title, message, to)
}
