//! `coexist plan`: the way from one build to another, and the builds along it.

use std::path::PathBuf;

use clap::ValueEnum;

use super::builds;
use super::commands::sources;
use super::exit::{Exit, Failure};
use super::policy::PolicyArgs;
use super::releases::ReleaseArgs;
use crate::judge;
use crate::model::{Level, Policy, Stage, Verdict};
use crate::plan::{self, Sequence};
use crate::registry::Registry;
use crate::render;

#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    /// OLD, the build that serves now, and NEW, the wanted one. With `--check`: the one
    /// that serves now, and those that follow it, in order.
    #[arg(required = true, num_args = 2.., value_name = "BUILD")]
    builds: Vec<PathBuf>,
    /// Verify builds that were made along a plan: whether each can follow the one before,
    /// and when.
    #[arg(long)]
    check: bool,
    /// The form of the answer: text, json, or markdown for a checklist.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For an issue tracker.
    Markdown,
}

pub(super) fn plan(args: &Plan, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let policy = &args.policy.policy()?;
    let last = args.builds.len() - 1;
    if last > 1 && !args.check {
        return Err(Failure::Usage(
            "a plan is made between two builds: to verify more of them, which were made along a \
             plan, use `coexist plan --check`"
                .to_owned(),
        ));
    }
    let ledger = args.releases.builds.ledger()?;
    let mut releases = Vec::with_capacity(args.builds.len());
    for (position, path) in args.builds.iter().enumerate() {
        let version = match position {
            0 => args.releases.old_release.as_ref(),
            _ if position == last => args.releases.new_release.as_ref(),
            _ => None,
        };
        releases.push(builds::open(path, version, ledger.as_ref())?);
    }
    let (old, new) = (&releases[0], &releases[last]);
    let plan = if args.check {
        match verified(&releases, policy, args.format, answer)? {
            Some(plan) => plan,
            None => return Ok(Exit::Rejected),
        }
    } else {
        plan::plan(old, new, policy)
    };
    match args.format {
        Format::Text => render::plan::text::plan(&plan, old, new, answer),
        Format::Json => render::plan::json::plan(&plan, answer),
        Format::Markdown => render::plan::markdown::plan(&plan, old, new, answer),
    }
    .map_err(Failure::Output)?;
    if matches!(plan, plan::Plan::Blocked(_)) {
        return Ok(Exit::Rejected);
    }
    // Of builds that were made, it was judged with them.
    let within = if args.check {
        0
    } else {
        within(old, new, policy)
    };
    if within == 0 {
        return Ok(Exit::Accepted);
    }
    if args.format != Format::Json {
        render::plan::within(&new.release, within, answer).map_err(Failure::Output)?;
    }
    Ok(Exit::Rejected)
}

/// How many findings there are within the wanted build, while it is in development: no
/// order of releases mends them.
fn within(old: &Registry, new: &Registry, policy: &Policy) -> usize {
    let policy = Policy {
        stage: Stage::Development,
        ..policy.clone()
    };
    let report = judge::check(old, new, &policy);
    let found = report.findings.iter();
    found
        .filter(|found| found.level == Level::Deny && found.direction.is_none())
        .count()
}

/// The releases as a plan, if each is accepted over the one before; otherwise says what
/// is wrong with the first that is not.
fn verified(
    releases: &[Registry],
    policy: &Policy,
    format: Format,
    answer: &mut Vec<u8>,
) -> Result<Option<plan::Plan>, Failure> {
    let is_rejected =
        |pair: &[Registry]| judge::check(&pair[0], &pair[1], policy).verdict() == Verdict::Reject;
    let rejected = releases.windows(2).position(is_rejected);
    let at = match (rejected, plan::sequence(releases, policy)) {
        (None, Sequence::Accepted(steps)) => return Ok(Some(plan::Plan::Steps(steps))),
        (Some(at), _) | (None, Sequence::Rejected { at }) => at,
    };
    let report = judge::check(&releases[at], &releases[at + 1], policy);
    match format {
        Format::Json => render::formats::json::report(&report, answer),
        Format::Text | Format::Markdown => render::text::report(&report, &sources(), answer),
    }
    .map_err(Failure::Output)?;
    Ok(None)
}
