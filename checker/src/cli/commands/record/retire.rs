//! `coexist record retire`: the last node of a release has stopped.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::artifact::Stated;
use crate::cli::builds;
use crate::cli::clock;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ledger::LedgerArgs;
use crate::cli::output::write_line;
use crate::cli::policy::PagesArgs;
use crate::config;
use crate::ledger::{Ledger, LedgerError, Live, Name};
use crate::registry::Registry;

/// Record that the last node of a release has stopped.
#[derive(Debug, clap::Args)]
pub(super) struct Retire {
    /// Release to retire, as NAME@VERSION; required unless `--all-but` is given
    #[arg(value_name = "RELEASE", required_unless_present = "all_but")]
    name: Option<Name>,
    /// Retire every running release of this build's app, except the build itself
    #[arg(long, value_name = "BUILD", conflicts_with = "name")]
    all_but: Option<PathBuf>,
    /// Leave out the program at this path in the image that `--all-but` names (repeatable)
    #[arg(long, value_name = "PATH", requires = "all_but")]
    without_program: Vec<PathBuf>,
    /// When its last node stopped (RFC 3339, or a date in UTC) [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

impl Retire {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let clock = clock::now()?;
        let time = clock::past_time(self.at, clock)?;
        let lifetime = self.pages.lifetime()?;
        let ledger = self.ledger.open()?;
        let names = match &self.all_but {
            Some(build) => {
                let stays = builds::open_built(build, self.stays(), Some(&ledger))?;
                all_but(&ledger, stays, clock, lifetime)?
            }
            None => self.name.iter().cloned().collect(),
        };
        let environment = ledger.environment();
        for name in &names {
            let deployment = match ledger.retire(name, time) {
                Ok((_, deployment)) => deployment,
                // To retire a release again changes nothing, unless at another time.
                Err(LedgerError::Retired { at, .. })
                    if self.at.is_none_or(|wanted| wanted == at) =>
                {
                    let line = format!("{name} was already retired from {environment} at {at}");
                    write_line(output, &line)?;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let pages = match deployment.pages_until(lifetime) {
                Some(end) if end > clock => format!("its pages may be open until {end}"),
                _ => "its pages have expired".to_owned(),
            };
            write_line(
                output,
                &format!("{name} is retired from {environment}: {pages}"),
            )?;
        }
        if names.is_empty() {
            let line = format!("nothing else is running in {environment}: nothing was retired");
            write_line(output, &line)?;
        }
        Ok(Exit::Accepted)
    }

    /// What is stated of the build that `--all-but` names.
    fn stays(&self) -> Stated<'_> {
        Stated {
            version: None,
            without: &self.without_program,
        }
    }
}

/// The running releases of a build's app, except the build itself, which must run: what
/// takes the place of a release is recorded first.
fn all_but(
    ledger: &Ledger,
    stays: Registry,
    clock: Timestamp,
    lifetime: Duration,
) -> Result<Vec<Name>, Failure> {
    let state = ledger.state(clock, clock, lifetime)?;
    if ledger.running(&state, &stays)?.is_none() {
        return Err(Failure::Usage(format!(
            "{} is not running in {}: record its deployment first. Nothing was retired",
            Name(stays.release),
            ledger.environment()
        )));
    }
    let running = state.live.into_iter().filter(Live::is_running);
    let releases = running.map(|live| live.deployment.release);
    let others =
        releases.filter(|release| release.name == stays.release.name && *release != stays.release);
    Ok(others.map(Name).collect())
}
