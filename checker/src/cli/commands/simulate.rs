//! `coexist simulate`: how many submissions would fail.

use std::path::PathBuf;

use crate::cli::builds::{PairArgs, TowardsArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::Awake;
use crate::cli::format::{Format, FormatArgs};
use crate::cli::model::ModelArgs;
use crate::cli::policy::PolicyArgs;
use crate::cli::progress::Progress;
use crate::judge;
use crate::render::{self, simulation::Simulation};
use crate::simulate::{self, Agreement, Model, Parameters};

const EXIT_STATUS: &str = "\
Exit status: 0 no submission fails, 1 submissions fail, 2 could not simulate.";

/// Estimate how many submissions fail if NEW is released over OLD in one release.
///
/// The estimate covers the rollout and the time until the last page has expired. It is
/// computed with a formula and cross-checked with a random sample.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(EXIT_STATUS))]
pub(in crate::cli) struct Simulate {
    /// Build that is serving now
    old: PathBuf,
    /// Build to release
    new: PathBuf,
    /// Seed of the random sample
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true
    )]
    seed: u64,
    /// Number of submissions in the random sample
    #[arg(long, value_name = "N", default_value_t = Parameters::default().samples, allow_negative_numbers = true)]
    submissions: u64,
    #[command(flatten)]
    format: FormatArgs<Format>,
    #[command(flatten)]
    towards: TowardsArgs,
    #[command(flatten)]
    pair: PairArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl Simulate {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let mut policy = self.policy.policy()?;
        let builds = self.pair.open(&self.old, &self.new, &mut policy)?;
        let way = self.towards.way(&builds, &self.pair)?;
        let Awake { old, new, .. } = builds;
        let report = judge::check(&old, &new, &policy)?;
        let model = Model::new(self.model.parameters(self.submissions)?, &policy, &report)?;
        let expected = simulate::expected(&report, &model);
        let mut progress = Progress::new("drawing submissions", self.submissions);
        let sampled = simulate::run(&report, &model, self.seed, &mut |drawn| {
            progress.update(drawn);
        });
        progress.clear();
        let simulation = Simulation {
            report: &report,
            model: &model,
            expected: &expected,
            sampled: &sampled,
            seed: self.seed,
            agreement: Agreement::new(&expected, &sampled),
            way: way.as_ref(),
        };
        match self.format.format {
            Format::Text => render::simulation::text::simulation(&simulation, output),
            Format::Json => render::simulation::json::simulation(&simulation, output),
        }
        .map_err(Failure::Output)?;
        Ok(if expected.fails() {
            Exit::Rejected
        } else {
            Exit::Accepted
        })
    }
}
