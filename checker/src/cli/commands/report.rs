//! `coexist report`: one file with all that there is to say about a release.

use std::path::PathBuf;

use crate::cli::builds::{PairArgs, TowardsArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::Awake;
use crate::cli::model::ModelArgs;
use crate::cli::output::write_file;
use crate::cli::policy::PolicyArgs;
use crate::judge;
use crate::plan::{self, Plan};
use crate::render::{self, html::Contents};
use crate::simulate::{self, MIN_SAMPLES, Model, Parameters};

/// Write a single-file HTML report for whoever approves the release.
///
/// The report shows the verdict, the findings, which pages reach which nodes and when, the
/// plan, and how many submissions would fail. The file works offline and contains no scripts.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(exit::VERDICT))]
pub(in crate::cli) struct Report {
    /// Build that is serving now
    old: PathBuf,
    /// Build to release
    new: PathBuf,
    /// Write the report to this file, atomically
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    #[command(flatten)]
    towards: TowardsArgs,
    #[command(flatten)]
    pair: PairArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl Report {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let mut policy = self.policy.policy()?;
        let builds = self.pair.open(&self.old, &self.new, &mut policy)?;
        let way = self.towards.way(&builds, &self.pair)?;
        let Awake { old, new, .. } = builds;
        let report = judge::check(&old, &new, &policy)?;
        // The closed form alone: nothing is drawn.
        let parameters = self.model.parameters(MIN_SAMPLES)?;
        let forward = Parameters {
            rollback_at: None,
            ..parameters.clone()
        };
        let roll = Model::new(forward, &policy, &report)?.roll().settled();
        let plan = plan::plan(&old, &new, &policy)?;
        let steps = match &plan {
            Plan::Steps(steps) => &steps[..],
            Plan::Blocked(_) => &[],
        };
        let sequenced = simulate::sequenced(&old, steps, &parameters, &policy)?;
        // A plan of one release has the overlaps of the report.
        let overlaps = match steps {
            [] | [_] => Vec::new(),
            steps => plan::overlaps(&old, steps, &policy)?,
        };
        let schedule = plan::schedule(steps, roll, policy.page_lifetime.as_secs_f64());
        let model = Model::new(parameters, &policy, &report)?;
        let expected = simulate::expected(&report, &model);
        let mut html = Vec::new();
        let contents = Contents {
            report: &report,
            policy: &policy,
            plan: &plan,
            model: &model,
            roll,
            expected: &expected,
            sequenced: &sequenced,
            overlaps: &overlaps,
            schedule: &schedule,
            meetings: &simulate::meetings(&model),
            way: way.as_ref(),
        };
        render::html::report(&contents, &mut html).map_err(Failure::Output)?;
        write_file(&self.html, &html)?;
        render::policy::text(report.policy_file, output).map_err(Failure::Output)?;
        let line = render::summary::line(&report);
        render::escape::write_line(&line, output).map_err(Failure::Output)?;
        Ok(report.verdict().into())
    }
}
