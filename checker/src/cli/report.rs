//! The command `report`: one file with all that there is to say about a release.

use std::io::Write as _;
use std::path::PathBuf;

use super::commands::replace;
use super::exit::{Exit, Failure};
use super::model::ModelArgs;
use super::policy::PolicyArgs;
use super::releases::ReleaseArgs;
use crate::judge;
use crate::plan::{self, Plan};
use crate::render::{self, html::Facts};
use crate::simulate::{self, MIN_SAMPLES, Model, Parameters};

#[derive(Debug, clap::Args)]
pub(super) struct Report {
    /// The build that serves now.
    old: PathBuf,
    /// The build that is to be released.
    new: PathBuf,
    /// Write to this file; it is replaced as a whole, or not at all.
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    /// What is to be simulated.
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    releases: ReleaseArgs,
    /// Who meets whom, and how much weighs what.
    #[command(flatten)]
    policy: PolicyArgs,
}

pub(super) fn report(args: &Report, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let (old, new) = args.releases.open(&args.old, &args.new)?;
    let policy = args.policy.policy()?;
    let report = judge::check(&old, &new, &policy);
    // The closed form alone: nothing is drawn.
    let parameters = args.model.parameters(MIN_SAMPLES)?;
    let forward = Parameters {
        rollback_at: None,
        ..parameters.clone()
    };
    let roll = Model::new(forward, &policy, &report)?.roll().settled();
    let plan = plan::plan(&old, &new, &policy);
    let sequenced = match &plan {
        Plan::Steps(steps) => simulate::sequenced(&old, steps, &parameters, &policy)?,
        Plan::Blocked(_) => Vec::new(),
    };
    let model = Model::new(parameters, &policy, &report)?;
    let expected = simulate::expected(&report, &model);
    let mut html = Vec::new();
    let facts = Facts {
        report: &report,
        policy: &policy,
        plan: &plan,
        model: &model,
        roll,
        expected: &expected,
        sequenced: &sequenced,
    };
    render::html::report(&facts, &mut html).map_err(Failure::Output)?;
    replace(&args.html, &html).map_err(|error| Failure::File {
        path: args.html.clone(),
        error,
    })?;
    let line = render::verdict(&report);
    writeln!(answer, "{line}").map_err(Failure::Output)?;
    Ok(report.verdict().into())
}
