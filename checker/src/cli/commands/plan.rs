//! `coexist plan`: the releases that lead from one build to another.

use std::io;
use std::path::PathBuf;

use crate::artifact::Stated;
use crate::cli::builds::{self, PairArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::flags::Opened;
use crate::cli::format::{FormatArgs, PlanFormat, VerboseArgs};
use crate::cli::policy::PolicyArgs;
use crate::judge;
use crate::model::{Policy, Stage, TooManySteps, Verdict};
use crate::plan::{self, Sequence};
use crate::registry::Registry;
use crate::render::{self, Sources};

const EXIT_STATUS: &str = "\
Exit status: 0 planned or, with `--check`, accepted; 1 rejected; 2 could not check.";

/// Plan the releases that lead from OLD to NEW, with the earliest time for each.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help(EXIT_STATUS))]
pub(in crate::cli) struct Plan {
    /// OLD and NEW. With `--check`, OLD and the builds that follow it, in order
    #[arg(required = true, num_args = 2.., value_name = "BUILD")]
    builds: Vec<PathBuf>,
    /// Check existing builds instead of planning: whether each can be released over the one
    /// before it, and when
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    format: FormatArgs<PlanFormat>,
    #[command(flatten)]
    verbose: VerboseArgs,
    #[command(flatten)]
    pair: PairArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl Plan {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let policy = &self.policy.policy()?;
        let format = self.format.format;
        let releases = self.open(policy)?;
        let (old, new) = (&releases[0], &releases[releases.len() - 1]);
        let plan = if self.check {
            match verify(&releases, policy)? {
                Ok(steps) => plan::Plan::Steps(steps),
                Err(at) => {
                    let report = judge::check(&releases[at], &releases[at + 1], policy)?;
                    match format {
                        PlanFormat::Json => render::formats::json::report(&report, None, output),
                        PlanFormat::Markdown => {
                            render::formats::markdown::report(&report, None, output)
                        }
                        PlanFormat::Text => {
                            let sources = Sources::from_current_folder();
                            let beside = render::text::Beside {
                                amount: self.verbose.amount(),
                                ..Default::default()
                            };
                            render::text::report_with(&report, beside, &sources, output)
                        }
                    }
                    .map_err(Failure::Output)?;
                    return Ok(Exit::Rejected);
                }
            }
        } else {
            plan::plan(old, new, policy)?
        };
        // With `--check`, this was judged together with each build.
        let within = if self.check || matches!(plan, plan::Plan::Blocked(_)) {
            0
        } else {
            count_within(old, new, policy)?
        };
        self.write(&plan, [old, new], policy, within, output)
            .map_err(Failure::Output)?;
        if within > 0 || matches!(plan, plan::Plan::Blocked(_)) {
            return Ok(Exit::Rejected);
        }
        Ok(Exit::Accepted)
    }

    fn write(
        &self,
        plan: &plan::Plan,
        builds: [&Registry; 2],
        policy: &Policy,
        within: usize,
        output: &mut Vec<u8>,
    ) -> io::Result<()> {
        let file = policy.file.as_ref();
        match self.format.format {
            PlanFormat::Text => {
                let beside = render::plan::text::Beside {
                    amount: self.verbose.amount(),
                    file,
                    within,
                };
                render::plan::text::plan(plan, builds, beside, output)
            }
            PlanFormat::Json => render::plan::json::plan(plan, file, output),
            PlanFormat::Markdown => {
                render::plan::markdown::plan(plan, builds, file, output)?;
                if within > 0 {
                    render::plan::within(&builds[1].release, within, output)?;
                }
                Ok(())
            }
        }
    }

    /// Opens the builds: at least two, and more only with `--check`.
    fn open(&self, policy: &Policy) -> Result<Vec<Registry>, Failure> {
        let last = self.builds.len() - 1;
        if last > 1 && !self.check {
            return Err(Failure::Usage(
                "`coexist plan` takes two builds, OLD and NEW. To check the builds of a plan, use \
                 `coexist plan --check`"
                    .to_owned(),
            ));
        }
        let ledger = self.pair.builds.ledger()?;
        let mut releases = Vec::with_capacity(self.builds.len());
        for (position, path) in self.builds.iter().enumerate() {
            let stated = match position {
                0 => self.pair.stated_old(),
                _ if position == last => self.pair.stated_new(),
                _ => Stated::default(),
            };
            releases.push(builds::open_with_flags(path, stated, ledger.as_ref())?);
        }
        let all: Vec<&Opened> = releases.iter().collect();
        let flags = self.pair.flags.flags(&all, policy)?;
        let releases = releases.into_iter().zip(flags);
        let awake = releases.map(|(release, flags)| flags.awake(release.registry));
        Ok(awake.collect())
    }
}

/// Counts the findings within the build to reach, while it is in development: no order of
/// releases mends them.
fn count_within(old: &Registry, new: &Registry, policy: &Policy) -> Result<usize, TooManySteps> {
    let policy = Policy {
        stage: Stage::Development,
        ..policy.clone()
    };
    Ok(judge::check(old, new, &policy)?.denied_within())
}

/// The releases as the steps of a plan, if each is accepted over the one before it;
/// otherwise the position of the first one that the next one cannot follow.
fn verify(
    releases: &[Registry],
    policy: &Policy,
) -> Result<Result<Vec<plan::Step>, usize>, TooManySteps> {
    for (at, pair) in releases.windows(2).enumerate() {
        if judge::check(&pair[0], &pair[1], policy)?.verdict() == Verdict::Reject {
            return Ok(Err(at));
        }
    }
    Ok(match plan::sequence(releases, policy)? {
        Sequence::Accepted(mut steps) => {
            let pairs = releases.windows(2);
            for (step, pair) in steps.iter_mut().zip(pairs) {
                let wanted = releases.last().unwrap_or(&pair[1]);
                step.lacks = plan::gaps(&pair[0], &pair[1], wanted);
            }
            Ok(steps)
        }
        Sequence::Rejected { at } => Err(at),
    })
}
