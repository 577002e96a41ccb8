//! The command `simulate`: its arguments, and what it does up to the text of its answer.

use std::path::PathBuf;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::model::ModelArgs;
use super::policy::PolicyArgs;
use super::progress::Progress;
use super::releases::ReleaseArgs;
use crate::judge;
use crate::render;
use crate::simulate::{self, Model, Parameters};

const EXIT_STATUS: &str = "\
Exit status: 0 no submission fails, 1 submissions fail, 2 could not simulate.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Simulate {
    /// The build that serves now.
    old: PathBuf,
    /// The build that is to be released.
    new: PathBuf,
    /// What is to be simulated.
    #[command(flatten)]
    model: ModelArgs,
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
    #[command(flatten)]
    releases: ReleaseArgs,
    /// Who meets whom, and how much weighs what.
    #[command(flatten)]
    policy: PolicyArgs,
}

pub(super) fn simulate(args: &Simulate, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let (old, new) = args.releases.open(&args.old, &args.new)?;
    let policy = args.policy.policy()?;
    let report = judge::check(&old, &new, &policy);
    let model = Model::new(args.model.parameters(args.submissions)?, &policy, &report)?;
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
