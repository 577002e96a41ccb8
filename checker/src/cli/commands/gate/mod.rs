//! `coexist gate`: whether a build can be released now, judged against every live release
//! of a ledger.

mod wait;

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::cli::builds::{self, StatedArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::CandidateFlagArgs;
use crate::cli::format::{FormatArgs, ReportFormat, VerboseArgs};
use crate::cli::ledger::{LedgerArgs, NewAppArgs};
use crate::cli::policy::PolicyArgs;
use crate::config::day_of;
use crate::gate::{self, Answer, Awake};
use crate::ledger::{Ledger, State};
use crate::model::Policy;
use crate::render::text::Beside;
use crate::render::{self, Sources};
use crate::support::clock;
use wait::Waiting;

const NOW: &str = "\
Time to check at (RFC 3339, or a date in UTC); determines which waivers and pages have expired \
[default: the current time]";

/// Check whether BUILD can be released now, against every release that is still live.
///
/// A release is live while it runs on a node, or while its pages may be open. BUILD is
/// checked against each of them: its pages against their nodes, and their pages against its
/// nodes, wherever the two can meet. If it is rejected only because of pages that will
/// expire, the output says when it will be accepted. If it is accepted and the policy allows
/// a rollback, the output says which releases can still be rolled back to.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(exit::VERDICT), mut_arg("now", |arg| arg.help(NOW)))]
pub(in crate::cli) struct Gate {
    /// Build to release, or the release to roll back to, as NAME@VERSION
    build: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    new_app: NewAppArgs,
    /// If BUILD is rejected only because of pages that will expire, wait until they have
    /// expired. The ledger is re-read periodically, so deployments recorded meanwhile are
    /// included
    #[arg(long, conflicts_with = "now")]
    wait: bool,
    #[command(flatten)]
    stated: StatedArgs,
    #[command(flatten)]
    flags: CandidateFlagArgs,
    #[command(flatten)]
    format: FormatArgs<ReportFormat>,
    #[command(flatten)]
    verbose: VerboseArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl Gate {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let ledger = builds::is_release(&self.build).then(|| self.ledger.open());
        let ledger = ledger.transpose()?;
        let candidate = builds::open_built(&self.build, self.stated.stated(), ledger.as_ref())?;
        let policy = self.policy.policy()?;
        let mut waiting: Option<Waiting> = None;
        loop {
            let now = self.policy.now.time()?;
            let (ledger, state) = match (self.read_ledger(&policy, now), &mut waiting) {
                (Ok(read), _) => read,
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
            let flags = self.flags.recorded(&candidate, (&ledger, &state))?;
            let awake = Awake::new((&candidate, &flags), &state.live, &policy);
            let app = (&candidate, &awake, self.new_app.name());
            let judged = gate::judge_live(app, (&ledger, &state), &policy, now)?;
            if let (true, Some(at)) = (self.wait, judged.gate.passes_at) {
                waiting.get_or_insert_with(Waiting::new).until(at)?;
                continue;
            }
            drop(waiting);
            let Some(verdict) = judged.gate.verdict() else {
                return Err(Failure::undeployed(&judged.gate, judged.environment));
            };
            self.write(&judged, &policy, output)
                .map_err(Failure::Output)?;
            return Ok(verdict.into());
        }
    }

    /// Opens the ledger anew each time: one that is gone must not be taken for an empty one.
    fn read_ledger(&self, policy: &Policy, now: Timestamp) -> Result<(Ledger, State), Failure> {
        let ledger = self.ledger.open()?;
        let state = ledger.state(now, clock::now()?, policy.page_lifetime)?;
        Ok((ledger, state))
    }

    fn write(&self, judged: &Answer<'_>, policy: &Policy, output: &mut Vec<u8>) -> io::Result<()> {
        match self.format.format {
            ReportFormat::Text => {
                let plan = judged.gate.plan(policy);
                let sources = Sources::from_current_folder();
                let beside = Beside {
                    amount: self.verbose.amount(),
                    plan: Some(&plan),
                    ..Beside::default()
                };
                render::gate::text::gate(judged, beside, &sources, output)
            }
            ReportFormat::Json => render::formats::json::gate(judged, output),
            ReportFormat::Github => render::formats::github::gate(judged, output),
            ReportFormat::Sarif => render::formats::sarif::gate(judged, output),
            ReportFormat::Junit => render::formats::junit::gate(judged, output),
            ReportFormat::Markdown => render::formats::markdown::gate(judged, output),
        }
    }
}
