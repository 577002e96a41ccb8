//! The command `simulate`: its arguments, and what it does up to the text of its answer.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use semver::Version;

use super::args::Format;
use super::commands::unreadable;
use super::exit::{Exit, Failure};
use super::policy::PolicyArgs;
use super::progress::Progress;
use crate::build;
use crate::config;
use crate::judge;
use crate::render;
use crate::simulate::{self, Canary, Model, Parameters};
use crate::version;

const EXIT_STATUS: &str = "\
Exit status: 0 no submission fails, 1 submissions fail, 2 could not simulate.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Simulate {
    /// The build that serves now.
    old: PathBuf,
    /// The build that is to be released.
    new: PathBuf,
    /// How many nodes the app has.
    #[arg(long, value_name = "N", default_value_t = Parameters::default().nodes, allow_negative_numbers = true)]
    nodes: u32,
    /// How long the roll takes.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = config::length, allow_hyphen_values = true)]
    roll: Duration,
    /// Submissions per second, of all forms together.
    #[arg(long, value_name = "N", default_value_t = Parameters::default().rate, allow_negative_numbers = true)]
    rate: f64,
    /// Submissions per second of one form, out of those of all; may be repeated.
    #[arg(long = "form", value_name = "ID=RATE", value_parser = form_rate)]
    form_rates: Vec<(String, f64)>,
    /// How long half of the pages are open before they are submitted.
    #[arg(long, value_name = "TIME", default_value = "1m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_median: Duration,
    /// How long 95 of 100 pages are.
    #[arg(long, value_name = "TIME", default_value = "20m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_p95: Duration,
    /// Sessions stay at their node while it serves the page's build.
    #[arg(long)]
    sticky: bool,
    /// Replace this share of the nodes first, and wait.
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_hyphen_values = true)]
    canary: Option<f64>,
    /// How long to wait.
    #[arg(
        long,
        value_name = "TIME",
        default_value = "10m",
        value_parser = config::length,
        allow_hyphen_values = true,
        requires = "canary"
    )]
    canary_for: Duration,
    /// Roll back then, counted from the beginning of the release.
    #[arg(long, value_name = "TIME", value_parser = config::length, allow_hyphen_values = true)]
    rollback_at: Option<Duration>,
    /// The seed of the sample.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true
    )]
    seed: u64,
    /// How many submissions to draw for the sample.
    #[arg(long, value_name = "N", default_value_t = Parameters::default().samples, allow_negative_numbers = true)]
    submissions: u64,
    /// The form of the answer: text or json.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    /// The version of OLD, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    old_release: Option<Version>,
    /// The version of NEW, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    new_release: Option<Version>,
    /// Who meets whom, and how much weighs what.
    #[command(flatten)]
    policy: PolicyArgs,
}

pub(super) fn simulate(args: &Simulate, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let [old, new] = build::open_pair(
        (&args.old, args.old_release.as_ref()),
        (&args.new, args.new_release.as_ref()),
    );
    let old = old.map_err(|error| unreadable(&args.old, error))?;
    let new = new.map_err(|error| unreadable(&args.new, error))?;
    let policy = args.policy.policy()?;
    let report = judge::check(&old, &new, &policy);
    let model = Model::new(args.parameters()?, &policy, &report)?;
    let expected = simulate::expected(&report, &model);
    let mut progress = Progress::new(args.submissions);
    let sampled = simulate::run(&report, &model, args.seed, &mut |drawn| progress.at(drawn));
    progress.clear();
    let simulation = render::Simulation {
        report: &report,
        model: &model,
        expected: &expected,
        sampled: &sampled,
        seed: args.seed,
    };
    match args.format {
        Format::Text => render::simulate::text(&simulation, answer),
        Format::Json => render::simulate_json::json(&simulation, answer),
    }
    .map_err(Failure::Output)?;
    Ok(if expected.fails() {
        Exit::Rejected
    } else {
        Exit::Accepted
    })
}

impl Simulate {
    fn parameters(&self) -> Result<Parameters, Failure> {
        let mut form_rates = BTreeMap::new();
        for (id, rate) in &self.form_rates {
            if form_rates.insert(id.clone(), *rate).is_some() {
                return Err(Failure::TwoRates { id: id.clone() });
            }
        }
        Ok(Parameters {
            nodes: self.nodes,
            roll: self.roll,
            rate: self.rate,
            form_rates,
            dwell_median: self.dwell_median,
            dwell_p95: self.dwell_p95,
            sticky: self.sticky,
            canary: self.canary.map(|share| Canary {
                share,
                hold: self.canary_for,
            }),
            rollback_at: self.rollback_at,
            samples: self.submissions,
        })
    }
}

/// Reads a share: `5%`.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').map(str::trim);
    let number = number.and_then(|number| number.parse::<f64>().ok());
    number
        .filter(|number| number.is_finite())
        .map(|number| number / 100.0)
        .ok_or_else(|| {
            format!("`{text}` is no share: write a number and a percent sign, as in `5%`")
        })
}

/// Reads the rate of a form: `importer::pages::upload_page=2.5`.
fn form_rate(text: &str) -> Result<(String, f64), String> {
    let parts = text.rsplit_once('=');
    let parts = parts.and_then(|(id, rate)| Some((id.trim(), rate.trim().parse().ok()?)));
    match parts {
        Some((id, rate)) if !id.is_empty() => Ok((id.to_owned(), rate)),
        _ => Err(format!(
            "`{text}` is no form with its rate: write its id and submissions per second, as in \
             `app::pages::upload_page=2.5`"
        )),
    }
}
