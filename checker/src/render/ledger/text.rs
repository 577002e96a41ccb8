//! The deployments of a ledger for people: a table, and one deployment by itself.

use std::io::{self, Write};

use jiff::Timestamp;

use super::At;
use crate::ledger::{Deployment, Name, Phase, Recorded};
use crate::model::Verdict;
use crate::render::escape::guarded;
use crate::render::lines::write_wrapped;
use crate::render::style::{DENY, STRONG};
use crate::support::text::plural;
use crate::support::visible::escaped;

/// A phase as the table shows it: until when pages may be open, if that is known.
fn shown(phase: Phase) -> String {
    match phase {
        Phase::Running => "runs".to_owned(),
        Phase::Open(end) => minute(end),
        Phase::Expired => "expired".to_owned(),
    }
}

/// A time, short enough for a table: `2026-11-24 08:05Z`.
fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%MZ").to_string()
}

/// Writes the table. Files that are damaged come last.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn deployments(recorded: &[Recorded], at: At<'_>, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let (environment, count) = (at.environment, recorded.len());
        if count == 0 {
            return writeln!(to, "{environment}: nothing was deployed yet");
        }
        let rows: Vec<[String; 4]> = recorded.iter().filter_map(|each| row(each, at)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
        let head = ["release", "deployed", "retired", "pages until"].map(str::to_owned);
        let widths = [0, 1, 2].map(|column| width(column).max(head[column].len()));
        let line = |row: &[String; 4]| {
            let [name, deployed, retired, phase] = row;
            let [one, two, three] = widths;
            let line = format!("  {name:<one$}  {deployed:<two$}  {retired:<three$}  {phase}");
            line.trim_end().to_owned()
        };
        if !rows.is_empty() {
            writeln!(to, "{STRONG}{}{STRONG:#}", line(&head))?;
        }
        for row in &rows {
            writeln!(to, "{}", line(row))?;
        }
        for each in recorded {
            if let Err(damage) = &each.deployment {
                let line = format!("{}: {damage}", each.place);
                write_wrapped(DENY, "  ", "    ", &line, to)?;
            }
        }
        let is_in = |wanted: &str| {
            let deployments = recorded
                .iter()
                .filter_map(|each| each.deployment.as_ref().ok());
            deployments
                .filter(|deployment| at.phase(deployment).name() == wanted)
                .count()
        };
        let (runs, open) = (is_in("running"), is_in("open"));
        let deployments = plural(count, "deployment");
        writeln!(
            to,
            "{environment}: {deployments}, {runs} running, {open} with open pages"
        )
    })
}

fn row(recorded: &Recorded, at: At<'_>) -> Option<[String; 4]> {
    let deployment = recorded.deployment.as_ref().ok()?;
    let mut phase = shown(at.phase(deployment));
    if deployment.verdict == Verdict::Reject {
        phase.push_str(" (rejected)");
    }
    if !deployment.flags.is_empty() {
        let flags = deployment.flags.to_string();
        phase.push_str(&format!(", {}", escaped(&flags)));
    }
    Some([
        escaped(&Name(deployment.release.clone()).to_string()).into_owned(),
        minute(deployment.deployed),
        deployment.retired.map(minute).unwrap_or_default(),
        phase,
    ])
}

/// Writes what the ledger says of one release.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn deployment(
    number: u64,
    deployment: &Deployment,
    at: At<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    guarded(to, |to| {
        let name = Name(deployment.release.clone()).to_string();
        let name = escaped(&name);
        writeln!(
            to,
            "{STRONG}{name}{STRONG:#}, deployment {number} to {}",
            at.environment
        )?;
        writeln!(to, "  deployed  {}", deployment.deployed)?;
        if let Some(retired) = deployment.retired {
            writeln!(to, "  retired   {retired}")?;
        }
        writeln!(to, "  pages     {}", shown(at.phase(deployment)))?;
        if !deployment.flags.is_empty() {
            let flags = deployment.flags.to_string();
            writeln!(to, "  flags     {}", escaped(&flags))?;
        }
        writeln!(to, "  verdict   {}", deployment.verdict.name())?;
        writeln!(to, "  registry  {}", deployment.registry)
    })
}
