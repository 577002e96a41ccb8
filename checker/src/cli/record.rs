//! `coexist record`: what was deployed and retired when.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anstyle::Style;
use clap::Subcommand;
use jiff::Timestamp;
use semver::Version;

use super::args::Format;
use super::builds;
use super::commands::sources;
use super::exit::{Exit, Failure};
use super::gate::known_apps;
use super::ledger::{LedgerArgs, UrlArgs};
use super::policy::{PagesArgs, PolicyArgs};
use crate::config::{self, day_of};
use crate::gate;
use crate::ledger::{self, Ledger, LedgerError, Live, Name, Pruned, TRIES};
use crate::model::{Policy, Verdict};
use crate::registry::snapshot;
use crate::render::gate::Facts;
use crate::render::{self, ledger::At};
use crate::version;

#[derive(Debug, clap::Args)]
pub(super) struct Record {
    /// What to do.
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a ledger, or another environment in it.
    Init(Init),
    /// Record that the first node of a build begins to serve.
    ///
    /// It is judged once more against what is out at that moment: if it is rejected,
    /// nothing is recorded, and the exit status is 1.
    Deploy(Box<Deploy>),
    /// Record that the last node of a release has stopped.
    Retire(Retire),
    /// List what was deployed.
    List(List),
    /// Show a release, or write its snapshot.
    Show(Show),
    /// Take away what was retired long ago.
    Prune(Prune),
}

#[derive(Debug, clap::Args)]
struct Init {
    #[command(flatten)]
    url: UrlArgs,
    /// The environment: what nodes and pages can meet each other in.
    #[arg(long, value_name = "NAME", default_value = ledger::DEFAULT_ENVIRONMENT)]
    environment: String,
}

#[derive(Debug, clap::Args)]
struct Deploy {
    /// The build; or a release of the ledger, that comes back.
    build: PathBuf,
    /// Since when it serves, as RFC 3339. Left out: now.
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    at: Option<Timestamp>,
    /// The version of the build, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    release: Option<Version>,
    /// Record it even if it is rejected: it is out already.
    #[arg(long)]
    even_if_rejected: bool,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

#[derive(Debug, clap::Args)]
struct Retire {
    /// The release, as NAME@VERSION.
    #[arg(value_name = "RELEASE", required_unless_present = "all_but")]
    name: Option<Name>,
    /// In its place: every release of this build's app that runs, but the build's own.
    #[arg(long, value_name = "BUILD", conflicts_with = "name")]
    all_but: Option<PathBuf>,
    /// When its last node stopped, as RFC 3339. Left out: now.
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The form of the answer: text or json.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// The release, as NAME@VERSION.
    #[arg(value_name = "RELEASE")]
    name: Name,
    /// The form of the answer: text, or json for a snapshot.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

#[derive(Debug, clap::Args)]
struct Prune {
    /// How long ago a release was retired at the least.
    #[arg(long, value_name = "TIME", value_parser = config::length, default_value = "90d")]
    older_than: Duration,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

impl Record {
    /// Whether it changes nothing.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.what, What::List(_) | What::Show(_))
    }
}

pub(super) fn record(args: &Record, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    match &args.what {
        What::Init(init) => self::init(init, answer),
        What::Deploy(deploy) => self::deploy(deploy, answer),
        What::Retire(retire) => self::retire(retire, answer),
        What::List(list) => self::list(list, answer),
        What::Show(show) => self::show(show, answer),
        What::Prune(prune) => self::prune(prune, answer),
    }
}

fn init(args: &Init, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let (store, environment) = (args.url.store()?, &args.environment);
    let is_new = Ledger::init(&*store, environment)?;
    let place = store.place();
    if is_new {
        say(
            answer,
            &format!("{place}: the ledger has the new environment `{environment}`"),
        )
    } else {
        say(
            answer,
            &format!("{place}: the ledger has the environment `{environment}` already"),
        )
    }
}

fn deploy(args: &Deploy, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let clock = now();
    let time = ledger::has_come(args.at.unwrap_or(clock), clock)?;
    let policy = Policy {
        today: Some(day_of(args.policy.now.unwrap_or(time))),
        ..args.policy.policy()?
    };
    let ledger = args.ledger.open()?;
    let candidate = builds::open(&args.build, args.release.as_ref(), Some(&ledger))?;
    let name = Name(candidate.release.clone());
    let environment = ledger.environment();
    // How often it is judged anew, while others deploy.
    for tried in 0..TRIES {
        let state = ledger.state(time, clock, policy.page_lifetime)?;
        if let Some(live) = ledger.running(&state, &candidate)? {
            let since = live.deployment.deployed;
            let line = format!("{name} runs in {environment} already, since {since}");
            return say(answer, &line);
        }
        let gate = gate::judge(&candidate, &state.live, &policy, time);
        let known = gate.verdict();
        if known.is_none() && !args.even_if_rejected {
            return Err(Failure::undeployed(&gate, environment));
        }
        let verdict = known.unwrap_or(Verdict::Reject);
        let apps = known_apps(&ledger, &gate)?;
        let facts = Facts {
            gate: &gate,
            policy: &policy,
            environment,
            apps: &apps,
        };
        let mut text = Vec::new();
        if !gate.report.findings.is_empty() || facts.doubt().is_some() {
            render::gate::text::gate(&facts, &sources(), &mut text).map_err(Failure::Output)?;
            text.push(b'\n');
        }
        if verdict == Verdict::Reject && !args.even_if_rejected {
            answer.append(&mut text);
            let line = "nothing is recorded. If it is out already, say so: `--even-if-rejected`";
            say(answer, line)?;
            return Ok(Exit::Rejected);
        }
        if let Some(number) = ledger.deploy(&state, &candidate, time, verdict)? {
            let judged = match (verdict, gate.against.len()) {
                (Verdict::Reject, _) if known.is_none() => {
                    "though it could not be checked".to_owned()
                }
                (Verdict::Reject, _) => "though it is rejected".to_owned(),
                (Verdict::Accept, 0) => "with nothing to compare it with".to_owned(),
                (Verdict::Accept, 1) => "accepted over the release that is out".to_owned(),
                (Verdict::Accept, count) => {
                    format!("accepted over the {count} releases that are out")
                }
            };
            answer.append(&mut text);
            let line = format!("{name} is deployment {number} to {environment}, {judged}");
            return say(answer, &line);
        }
        // Somebody else was faster: it is judged against that one, too.
        ledger::pause(tried);
    }
    let (place, tries) = (ledger.place(), TRIES);
    Err(LedgerError::Busy { place, tries }.into())
}

fn retire(args: &Retire, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let clock = now();
    let time = ledger::has_come(args.at.unwrap_or(clock), clock)?;
    let lifetime = args.pages.lifetime()?;
    let ledger = args.ledger.open()?;
    let environment = ledger.environment();
    let names = match &args.all_but {
        Some(build) => all_but(&ledger, build, clock, lifetime)?,
        None => args.name.iter().cloned().collect(),
    };
    for name in &names {
        let deployment = match ledger.retire(name, time) {
            Ok((_, deployment)) => deployment,
            // To be told twice changes nothing, unless the second time says otherwise.
            Err(LedgerError::Retired { at, .. }) if args.at.is_none_or(|wanted| wanted == at) => {
                say(
                    answer,
                    &format!("{name} is retired from {environment} already, since {at}"),
                )?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let pages = match deployment.pages_until(lifetime) {
            Some(end) if end > clock => format!("its pages may be open until {end}"),
            _ => "its pages have expired".to_owned(),
        };
        say(
            answer,
            &format!("{name} is retired from {environment}: {pages}"),
        )?;
    }
    if names.is_empty() {
        say(
            answer,
            &format!("nothing else runs in {environment}: nothing is retired"),
        )?;
    }
    Ok(Exit::Accepted)
}

/// What runs of a build's app, but the build itself, which must run: who retires what it
/// takes the place of has recorded it.
fn all_but(
    ledger: &Ledger,
    build: &Path,
    clock: Timestamp,
    lifetime: Duration,
) -> Result<Vec<Name>, Failure> {
    let stays = builds::open(build, None, Some(ledger))?;
    let state = ledger.state(clock, clock, lifetime)?;
    if ledger.running(&state, &stays)?.is_none() {
        return Err(Failure::Usage(format!(
            "{} does not run in {}: record its deployment first. Nothing is retired",
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

fn list(args: &List, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let lifetime = args.pages.lifetime()?;
    let ledger = args.ledger.open()?;
    let recorded = ledger.recorded()?;
    let at = At {
        environment: ledger.environment(),
        now: now(),
        lifetime,
    };
    match args.format {
        Format::Text => render::ledger::text(&recorded, at, answer),
        Format::Json => render::ledger::json(&recorded, at, answer),
    }
    .map_err(Failure::Output)?;
    let damaged = recorded.iter().filter(|each| each.deployment.is_err());
    let files = match damaged.count() {
        0 => return Ok(Exit::Accepted),
        1 => "1 file of the ledger, which is named in the list".to_owned(),
        count => format!("{count} files of the ledger, which are named in the list"),
    };
    let _closed = writeln!(io::stderr().lock(), "coexist: could not read {files}");
    Ok(Exit::CouldNotCheck)
}

fn show(args: &Show, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let lifetime = args.pages.lifetime()?;
    let ledger = args.ledger.open()?;
    let (number, deployment) = ledger.find(&args.name)?;
    let registry = ledger.registry(&deployment)?;
    let at = At {
        environment: ledger.environment(),
        now: now(),
        lifetime,
    };
    match args.format {
        Format::Text => render::ledger::deployment(number, &deployment, at, answer)
            .and_then(|()| writeln!(answer))
            .and_then(|()| render::inspect::registry(&registry, answer)),
        Format::Json => snapshot::write(&registry, answer),
    }
    .map_err(Failure::Output)?;
    Ok(Exit::Accepted)
}

fn prune(args: &Prune, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let lifetime = args.pages.lifetime()?;
    if args.older_than < lifetime {
        return Err(Failure::Usage(
            "`--older-than` is shorter than a page stays open: what is taken away must have expired"
                .to_owned(),
        ));
    }
    let ledger = args.ledger.open()?;
    let before = now()
        .saturating_sub(args.older_than)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let Pruned {
        deployments,
        registries,
    } = ledger.prune(before)?;
    let (deployments, registries) = (
        render::plural(deployments, "deployment"),
        if registries == 1 {
            "1 registry".to_owned()
        } else {
            format!("{registries} registries")
        },
    );
    let environment = ledger.environment();
    say(
        answer,
        &format!("{environment}: {deployments} and {registries} were taken away"),
    )
}

/// One line of an answer, as wide as a terminal.
fn say(answer: &mut Vec<u8>, line: &str) -> Result<Exit, Failure> {
    render::text::wrapped(Style::new(), "", "  ", line, answer).map_err(Failure::Output)?;
    Ok(Exit::Accepted)
}

/// The time by this machine's clock, in whole seconds.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
