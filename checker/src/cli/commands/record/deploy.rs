//! `coexist record deploy`: a build starts serving. It is checked again against the releases
//! that are live at that moment.

use std::path::PathBuf;

use jiff::Timestamp;

use super::JudgedArgs;
use crate::cli::builds::{self, StatedArgs};
use crate::cli::clock;
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::CandidateFlagArgs;
use crate::cli::ledger::NewAppArgs;
use crate::cli::output::write_line;
use crate::config;
use crate::gate::{self, Answer, Awake, Gate};
use crate::ledger::{self, Name, TRIES};
use crate::model::{Policy, Verdict};
use crate::render::text::Beside;
use crate::render::{self, Sources};

const REFUSED: &str =
    "nothing was recorded. If the build is already serving, add `--even-if-rejected`";

/// Record that the first node of a build has started serving.
///
/// The build is first checked against the releases that are live, as `gate` does. If it is
/// rejected, nothing is recorded, and the exit status is 1.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(super::EXIT_STATUS))]
pub(super) struct Deploy {
    /// Build that starts serving, or the release to roll back to, as NAME@VERSION
    build: PathBuf,
    /// When the first node started serving (RFC 3339, or a date in UTC); determines which
    /// releases are live [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    stated: StatedArgs,
    #[command(flatten)]
    flags: CandidateFlagArgs,
    #[command(flatten)]
    new_app: NewAppArgs,
    #[command(flatten)]
    judged: JudgedArgs,
}

impl Deploy {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let clock = clock::now()?;
        let time = clock::past_time(self.at, clock)?;
        let policy = self.judged.policy_at(time)?;
        let ledger = self.judged.ledger.open()?;
        let candidate = builds::open_built(&self.build, self.stated.stated(), Some(&ledger))?;
        let name = Name(candidate.release.clone());
        let environment = ledger.environment();
        // It is judged again if others deploy meanwhile.
        for tried in 0..TRIES {
            ledger::pause(tried);
            let state = ledger.state(time, clock, policy.page_lifetime)?;
            let flags = self.flags.recorded(&candidate, (&ledger, &state))?;
            if let Some(live) = ledger.running(&state, &candidate)? {
                if let Some(turned) = self.flags.turned(&live.deployment.flags, &policy) {
                    let help = format!("turn its flag with `coexist record flag {turned}`");
                    return Err(Failure::Usage(format!(
                        "{name} is running in {environment}: {help}"
                    )));
                }
                let since = live.deployment.deployed;
                let line = format!("{name} has been running in {environment} since {since}");
                write_line(output, &line)?;
                return Ok(Exit::Accepted);
            }
            let awake = Awake::new((&candidate, &flags), &state.live, &policy);
            let app = (&candidate, &awake, self.new_app.name());
            let judged = gate::judge_live(app, (&ledger, &state), &policy, time)?;
            let gate = &judged.gate;
            if gate.verdict().is_none() && !self.judged.even_if_rejected {
                return Err(Failure::undeployed(gate, environment));
            }
            let verdict = gate.verdict().unwrap_or(Verdict::Reject);
            let is_refused = verdict == Verdict::Reject && !self.judged.even_if_rejected;
            let mut findings = findings(&judged, is_refused, &policy)?;
            if is_refused {
                output.append(&mut findings);
                return Ok(Exit::Rejected);
            }
            let build = (&candidate, flags);
            if let Some(number) = ledger.deploy_with(&state, build, time, verdict)? {
                output.append(&mut findings);
                let verdict = describe_verdict(gate);
                let line = format!("{name} is deployment {number} to {environment}, {verdict}");
                write_line(output, &line)?;
                return Ok(Exit::Accepted);
            }
            // Somebody else was faster: it is judged against that deployment as well.
        }
        Err(ledger.busy().into())
    }
}

/// What the gate says, if there is something to read.
fn findings(judged: &Answer<'_>, is_refused: bool, policy: &Policy) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    if judged.gate.report.findings.is_empty() && judged.doubt().is_none() {
        return Ok(text);
    }
    let (plan, sources) = (judged.gate.plan(policy), Sources::from_current_folder());
    let beside = Beside {
        plan: Some(&plan),
        note: is_refused.then_some(REFUSED),
        ..Beside::default()
    };
    render::gate::text::gate(judged, beside, &sources, &mut text).map_err(Failure::Output)?;
    if !is_refused {
        text.push(b'\n');
    }
    Ok(text)
}

/// How a build was judged that is recorded.
fn describe_verdict(gate: &Gate<'_>) -> String {
    match (gate.verdict(), gate.against.len()) {
        (None, _) => "although it could not be checked".to_owned(),
        (Some(Verdict::Reject), _) => "although it is rejected".to_owned(),
        (Some(Verdict::Accept), 0) => "with nothing to compare it with".to_owned(),
        (Some(Verdict::Accept), 1) => "accepted over the live release".to_owned(),
        (Some(Verdict::Accept), count) => {
            format!("accepted over {count} live releases")
        }
    }
}
