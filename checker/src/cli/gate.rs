//! `coexist gate`: a candidate, judged against everything that is still out.

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use semver::Version;

use super::args::ReportFormat;
use super::builds;
use super::commands::sources;
use super::exit::{Exit, Failure};
use super::ledger::LedgerArgs;
use super::policy::PolicyArgs;
use super::record::now;
use super::wait::Waiting;
use crate::config::day_of;
use crate::gate;
use crate::ledger::{Ledger, LedgerError, State};
use crate::model::Policy;
use crate::render::{self, gate::Facts};
use crate::version;

#[derive(Debug, clap::Args)]
pub(super) struct Gate {
    /// The build that is to be released; or a release of the ledger, NAME@VERSION, that
    /// is to come back.
    build: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgs,
    /// If it is rejected for nothing but pages that will expire, wait until they have. The
    /// ledger is asked again all the while: what is deployed meanwhile counts.
    #[arg(long, conflicts_with = "now")]
    wait: bool,
    /// The version of the build, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    release: Option<Version>,
    /// The form of the answer: text, json, github, sarif, junit or markdown.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    format: ReportFormat,
    /// Who meets whom, and how much weighs what.
    #[command(flatten)]
    policy: PolicyArgs,
}

pub(super) fn gate(args: &Gate, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let ledger = builds::is_release(&args.build).then(|| args.ledger.open());
    let ledger = ledger.transpose()?;
    let candidate = builds::open(&args.build, args.release.as_ref(), ledger.as_ref())?;
    let policy = args.policy.policy()?;
    let mut waiting: Option<Waiting> = None;
    loop {
        let now = args.policy.now.unwrap_or_else(now);
        let (ledger, state) = match (ask(args, &policy, now), &mut waiting) {
            (Ok(answer), _) => answer,
            (Err(failure), None) => return Err(failure),
            (Err(failure), Some(waiting)) => {
                waiting.failed(failure)?;
                continue;
            }
        };
        let policy = Policy {
            today: Some(day_of(now)),
            ..policy.clone()
        };
        let gate = gate::judge(&candidate, &state.live, &policy, now);
        if let (true, Some(at)) = (args.wait, gate.passes_at) {
            waiting.get_or_insert_with(Waiting::new).until(at);
            continue;
        }
        drop(waiting);
        let apps = known_apps(&ledger, &gate)?;
        let facts = Facts {
            gate: &gate,
            policy: &policy,
            environment: ledger.environment(),
            apps: &apps,
        };
        let Some(verdict) = gate.verdict() else {
            return Err(Failure::undeployed(&gate, ledger.environment()));
        };
        print(args.format, &facts, answer).map_err(Failure::Output)?;
        return Ok(verdict.into());
    }
}

/// The names of all apps that were ever deployed, if nothing of the candidate's own is
/// out: else they do not matter, and are not read.
pub(super) fn known_apps(
    ledger: &Ledger,
    gate: &gate::Gate<'_>,
) -> Result<Vec<String>, LedgerError> {
    if gate.against.is_empty() {
        ledger.apps()
    } else {
        Ok(Vec::new())
    }
}

/// Opens the ledger anew each time: one that is gone must not be taken for an empty one.
fn ask(args: &Gate, policy: &Policy, now: Timestamp) -> Result<(Ledger, State), Failure> {
    let ledger = args.ledger.open()?;
    let state = ledger.state(now, Timestamp::now(), policy.page_lifetime)?;
    Ok((ledger, state))
}

fn print(format: ReportFormat, facts: &Facts<'_, '_>, answer: &mut Vec<u8>) -> io::Result<()> {
    match format {
        ReportFormat::Text => render::gate::text::gate(facts, &sources(), answer),
        ReportFormat::Json => render::formats::json::gate(facts, answer),
        ReportFormat::Github => render::formats::github::gate(facts, answer),
        ReportFormat::Sarif => render::formats::sarif::gate(facts, answer),
        ReportFormat::Junit => render::formats::junit::gate(facts, answer),
        ReportFormat::Markdown => render::formats::markdown::gate(facts, answer),
    }
}
