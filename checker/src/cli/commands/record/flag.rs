//! `coexist record flag`: a feature flag is turned in all that runs.

use std::io;

use jiff::Timestamp;

use super::JudgedArgs;
use crate::cli::clock;
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::output::write_line;
use crate::config;
use crate::gate::{self, Answer, Flip, Gate, Turned};
use crate::judge;
use crate::ledger::{self, Ledger, Name, State, TRIES};
use crate::model::{FlagState, Policy, Turn, Verdict};
use crate::render::text::Beside;
use crate::render::{self, Sources};

/// Record that a feature flag was turned on or off, at once on all nodes.
///
/// Each running release with something behind the flag is first checked with the new state:
/// pages that are open must still be served. If one of them is rejected, nothing is recorded,
/// and the exit status is 1. Otherwise each is recorded as deployed again with other flags.
/// The output also says what turning the flag back would break.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(super::EXIT_STATUS))]
pub(super) struct Flag {
    /// Flag and its new state, such as `new-checkout=on`
    #[arg(value_name = "NAME=on|off")]
    state: FlagState,
    /// App in which the flag is turned [default: every running app that has it]
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// When the flag was turned (RFC 3339, or a date in UTC) [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    judged: JudgedArgs,
}

impl Flag {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let clock = clock::now()?;
        let time = clock::past_time(self.at, clock)?;
        let policy = self
            .judged
            .policy_at(time)?
            .for_flip(Turn::to(self.state.clone()));
        let ledger = self.judged.ledger.open()?;
        let environment = ledger.environment();
        let (mut recorded, mut tried) = (0, 0);
        // Each is recorded on top of what was read, and the others are judged again.
        while tried < TRIES {
            ledger::pause(tried);
            let state = ledger.state(time, clock, policy.page_lifetime)?;
            let flip = Flip::new(&state, &self.state, self.app.as_deref(), &policy)
                .map_err(|message| Failure::Usage(format!("{environment}: {message}")))?;
            if flip.is_done() {
                if recorded == 0 {
                    let line = format!("{} already holds in {environment}", self.state);
                    write_line(output, &line)?;
                }
                return Ok(Exit::Accepted);
            }
            for left in &flip.left {
                ledger.end(left.number, time)?;
                let name = Name(left.deployment.release.clone());
                let line = format!(
                    "{name} with {} was recorded before, by an interrupted run",
                    self.state
                );
                write_line(output, &line)?;
            }
            let Some(first) = flip.turned.first() else {
                recorded += 1;
                continue;
            };
            if time < first.live.deployment.deployed {
                return Err(too_early(first, time));
            }
            let (verdict, mut findings) = self.judge(&flip, &ledger, &policy, time)?;
            if verdict == Verdict::Reject && !self.judged.even_if_rejected {
                output.append(&mut findings);
                let line =
                    "nothing was recorded. If the flag is already turned, add `--even-if-rejected`";
                write_line(output, line)?;
                return Ok(Exit::Rejected);
            }
            let Some(number) = turn(&ledger, &state, first, time, verdict)? else {
                tried += 1;
                continue;
            };
            if recorded == 0 {
                output.append(&mut findings);
            }
            recorded += 1;
            let name = Name(first.live.deployment.release.clone());
            let although = match verdict {
                Verdict::Accept => "accepted",
                Verdict::Reject => "although it is rejected",
            };
            let line = format!(
                "{name} with {} is deployment {number} to {environment}, {although}",
                self.state
            );
            write_line(output, &line)?;
        }
        Err(ledger.busy().into())
    }

    /// Judges all that is turned, and says what is found.
    fn judge(
        &self,
        flip: &Flip<'_>,
        ledger: &Ledger,
        policy: &Policy,
        time: Timestamp,
    ) -> Result<(Verdict, Vec<u8>), Failure> {
        let environment = ledger.environment();
        let back = Turn::to(self.state.clone()).back();
        let back_policy = policy.clone().for_flip(back);
        let (mut verdicts, mut text) = (Vec::new(), Vec::new());
        for turned in &flip.turned {
            let gate = gate::judge(&turned.awake, policy, time)?;
            if gate.verdict().is_none() && !self.judged.even_if_rejected {
                return Err(Failure::undeployed(&gate, environment));
            }
            verdicts.push(gate.verdict().unwrap_or(Verdict::Reject));
            let before = policy.flags.overridden_by(&turned.live.deployment.flags);
            let before = before.awake((*turned.live.registry).clone());
            let back = judge::check(turned.awake.candidate(), &before, &back_policy)?;
            write(gate, environment, &mut text)
                .and_then(|()| render::text::turning_back(&back, &mut text))
                .map_err(Failure::Output)?;
        }
        Ok((gate::verdict(verdicts.into_iter()), text))
    }
}

/// Writes what is found.
fn write(gate: Gate<'_>, environment: &str, text: &mut Vec<u8>) -> io::Result<()> {
    if gate.report.findings.is_empty() {
        return Ok(());
    }
    let answer = Answer {
        gate,
        environment,
        apps: Vec::new(),
        earlier: None,
    };
    let sources = Sources::from_current_folder();
    render::gate::text::gate(&answer, Beside::default(), &sources, text)?;
    io::Write::write_all(text, b"\n")
}

/// Records that a release goes on with other flags, and ends what it takes the place of.
fn turn(
    ledger: &Ledger,
    state: &State,
    turned: &Turned<'_>,
    time: Timestamp,
    verdict: Verdict,
) -> Result<Option<u64>, Failure> {
    let build = (&*turned.live.registry, turned.flags.clone());
    let number = ledger.deploy_with(state, build, time, verdict)?;
    if number.is_some() {
        ledger.end(turned.live.number, time)?;
    }
    Ok(number)
}

fn too_early(turned: &Turned<'_>, time: Timestamp) -> Failure {
    let deployment = &turned.live.deployment;
    let name = Name(deployment.release.clone());
    Failure::Usage(format!(
        "{name} was deployed at {}: its flag cannot be turned at {time}",
        deployment.deployed
    ))
}
