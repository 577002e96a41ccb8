//! What a ledger holds: as a table for people, and as JSON.

use std::io::{self, Write};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::plural;
use super::style::{DENY, STRONG};
use super::text::{printable, wrapped};
use crate::ledger::{Deployment, Name, Recorded};
use crate::model::Verdict;
use crate::registry::Release;

/// The number of the format.
pub const FORMAT: u32 = 1;

/// What is asked of a ledger: which environment, at which time, and how long a page
/// stays open.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The name of the environment.
    pub environment: &'a str,
    /// The time for which is asked.
    pub now: Timestamp,
    /// How long a page stays open.
    pub lifetime: Duration,
}

/// How far a deployment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Runs,
    Open(Timestamp),
    Expired,
}

impl At<'_> {
    fn phase(&self, deployment: &Deployment) -> Phase {
        match deployment.pages_until(self.lifetime) {
            None => Phase::Runs,
            Some(end) if end > self.now => Phase::Open(end),
            Some(_) => Phase::Expired,
        }
    }
}

impl Phase {
    fn words(self) -> String {
        match self {
            Self::Runs => "runs".to_owned(),
            Self::Open(end) => minute(end),
            Self::Expired => "expired".to_owned(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Runs => "running",
            Self::Open(_) => "open",
            Self::Expired => "expired",
        }
    }
}

/// A time, short enough for a table: `2026-11-24 08:05Z`.
fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%MZ").to_string()
}

/// Writes the table. Files that are damaged come last.
pub fn text(recorded: &[Recorded], at: At<'_>, to: &mut dyn Write) -> io::Result<()> {
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
            wrapped(DENY, "  ", "    ", &line, to)?;
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
}

fn row(recorded: &Recorded, at: At<'_>) -> Option<[String; 4]> {
    let deployment = recorded.deployment.as_ref().ok()?;
    let mut phase = at.phase(deployment).words();
    if deployment.verdict == Verdict::Reject {
        phase.push_str(" (rejected)");
    }
    Some([
        printable(&Name(deployment.release.clone()).to_string()),
        minute(deployment.deployed),
        deployment.retired.map(minute).unwrap_or_default(),
        phase,
    ])
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    environment: &'a str,
    deployments: Vec<WrittenDeployment<'a>>,
    damaged: Vec<WrittenDamage<'a>>,
}

#[derive(Serialize)]
struct WrittenDeployment<'a> {
    number: u64,
    release: &'a Release,
    registry: &'a str,
    deployed: Timestamp,
    retired: Option<Timestamp>,
    pages_until: Option<Timestamp>,
    state: &'static str,
    verdict: &'static str,
}

#[derive(Serialize)]
struct WrittenDamage<'a> {
    place: &'a str,
    message: String,
}

/// Writes the same as JSON, indented, with a newline at its end.
pub fn json(recorded: &[Recorded], at: At<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut written = Written {
        format: FORMAT,
        environment: at.environment,
        deployments: Vec::new(),
        damaged: Vec::new(),
    };
    for each in recorded {
        match &each.deployment {
            Ok(deployment) => written.deployments.push(WrittenDeployment {
                number: each.number,
                release: &deployment.release,
                registry: &deployment.registry,
                deployed: deployment.deployed,
                retired: deployment.retired,
                pages_until: deployment.pages_until(at.lifetime),
                state: at.phase(deployment).name(),
                verdict: deployment.verdict.name(),
            }),
            Err(damage) => written.damaged.push(WrittenDamage {
                place: &each.place,
                message: damage.to_string(),
            }),
        }
    }
    serde_json::to_writer_pretty(&mut *to, &written)?;
    writeln!(to)
}

/// Writes what the ledger says of one release.
pub fn deployment(
    number: u64,
    deployment: &Deployment,
    at: At<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let name = printable(&Name(deployment.release.clone()).to_string());
    writeln!(
        to,
        "{STRONG}{name}{STRONG:#}, deployment {number} to {}",
        at.environment
    )?;
    writeln!(to, "  deployed  {}", deployment.deployed)?;
    if let Some(retired) = deployment.retired {
        writeln!(to, "  retired   {retired}")?;
    }
    writeln!(to, "  pages     {}", at.phase(deployment).words())?;
    writeln!(to, "  verdict   {}", deployment.verdict.name())?;
    writeln!(to, "  registry  {}", deployment.registry)
}
