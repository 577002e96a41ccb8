//! `coexist check`: whether one build can be released over another.

mod baseline;

use std::path::PathBuf;

use crate::baseline::Baseline;
use crate::cli::builds::{self, PairArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::Awake;
use crate::cli::format::{FormatArgs, ReportFormat, VerboseArgs};
use crate::cli::output::ProgressLines;
use crate::cli::policy::PolicyArgs;
use crate::judge;
use crate::model::Policy;
use crate::plan;
use crate::render::text::Beside;
use crate::render::{self, Sources};
use baseline::BaselineArgs;

/// Check whether NEW can be released over OLD, node by node.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(exit::VERDICT))]
pub(in crate::cli) struct Check {
    /// Build that is serving now. Omit it with `--baseline-rev` and `--scan`
    #[arg(required_unless_present = "revision")]
    old: Option<PathBuf>,
    /// Build to release [default with `--baseline-rev`: built from the working tree]
    #[arg(required_unless_present = "revision")]
    new: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArgs<ReportFormat>,
    #[command(flatten)]
    verbose: VerboseArgs,
    #[command(flatten)]
    pair: PairArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    // The last one: its heading stands above all options that follow.
    #[command(flatten)]
    baseline: Box<BaselineArgs>,
}

impl Check {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let mut policy = self.policy.policy()?;
        let Awake { old, new, .. } = self.open(&mut policy)?;
        let report = judge::check(&old, &new, &policy)?;
        let turn = policy.turned.as_ref();
        let back = turn.map(|turn| policy.clone().for_flip(turn.back()));
        let back = back.as_ref().map(|policy| judge::check(&new, &old, policy));
        let back = back.transpose()?;
        let back = back.as_ref();
        match self.format.format {
            ReportFormat::Text => {
                // A flag is turned at once, or not at all.
                let plan = match policy.turned {
                    Some(_) => Ok(None),
                    None => plan::plan_rejected(&report, &policy),
                };
                let beside = Beside {
                    amount: self.verbose.amount(),
                    plan: Some(&plan),
                    back,
                    note: None,
                };
                let sources = Sources::from_current_folder();
                render::text::report_with(&report, beside, &sources, output)
            }
            ReportFormat::Json => render::formats::json::report(&report, back, output),
            ReportFormat::Github => render::formats::github::report(&report, output),
            ReportFormat::Sarif => render::formats::sarif::report(&report, output),
            ReportFormat::Junit => render::formats::junit::report(&report, output),
            ReportFormat::Markdown => render::formats::markdown::report(&report, back, output),
        }
        .map_err(Failure::Output)?;
        let exit = report.verdict().into();
        // The program is about to end: to free a million items one by one is a tenth
        // of its time.
        drop(report);
        std::mem::forget((old, new));
        Ok(exit)
    }

    /// Opens the two builds: both are given, or the old one is built from git.
    fn open(&self, policy: &mut Policy) -> Result<Awake, Failure> {
        if let Some(rev) = &self.baseline.scan {
            if let Some(path) = &self.old {
                return Err(Failure::Usage(format!(
                    "{}: `--scan` reads both sides out of sources: give no build",
                    path.display()
                )));
            }
            let [old, new] = self.baseline.scans(rev)?;
            let (old, new) = (old.registry, new.registry);
            return self.pair.flags.awake(old.into(), new.into(), policy);
        }
        let Some(rev) = &self.baseline.rev else {
            let [Some(old), Some(new)] = [&self.old, &self.new] else {
                unreachable!("both are required without a revision");
            };
            return self.pair.open(old, new, policy);
        };
        if let (Some(path), Some(_)) = (&self.old, &self.new) {
            let (path, rev) = (path.clone(), rev.clone());
            return Err(Failure::OldTwice { path, rev });
        }
        let old = self.pair.stated_old();
        if !old.without.is_empty() {
            return Err(Failure::Usage(
                "`--baseline-rev` builds one program, and `--old-without-program` leaves out programs \
                 of images"
                    .to_owned(),
            ));
        }
        let options = self.baseline.options();
        let baseline = Baseline::find(rev, &options)?;
        let progress = &mut ProgressLines::default();
        // The build that is more likely to fail, and to be there already, goes first.
        let path = match &self.old {
            Some(given) => given.clone(),
            None => baseline.working_tree(progress)?,
        };
        let ledger = self.pair.builds.ledger()?;
        let new = builds::open_with_flags(&path, self.pair.stated_new(), ledger.as_ref())?;
        let old = baseline.old(old.version, progress)?;
        self.pair.flags.awake(old.into(), new, policy)
    }
}
