//! What each command does, up to the text of its answer.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{Audit, Check, Explain, Format, Inspect, ReportFormat, Stamp};
use super::builds;
use super::exit::{Exit, Failure};
use crate::audit;
use crate::baseline::Baseline;
use crate::judge;
use crate::registry::{Registry, snapshot};
use crate::render::{self, Sources};
use crate::rules;
use crate::stamp;
use crate::support::atomic_file;

pub(super) fn check(args: &Check, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let policy = args.policy.policy()?;
    let (old, new) = pair(args)?;
    let report = judge::check(&old, &new, &policy);
    match args.format {
        ReportFormat::Text => render::text::report_and_plan(&report, &policy, &sources(), answer),
        ReportFormat::Json => render::formats::json::report(&report, answer),
        ReportFormat::Github => render::formats::github::report(&report, answer),
        ReportFormat::Sarif => render::formats::sarif::report(&report, answer),
        ReportFormat::Junit => render::formats::junit::report(&report, answer),
        ReportFormat::Markdown => render::formats::markdown::report(&report, answer),
    }
    .map_err(Failure::Output)?;
    let exit = report.verdict().into();
    // The program is about to end: to free a million items one by one is a tenth
    // of its time.
    drop(report);
    std::mem::forget((old, new));
    Ok(exit)
}

/// The sources at the current folder. Without one there are none at hand.
pub(super) fn sources() -> Sources {
    let folder = std::env::current_dir().ok();
    folder.map_or_else(Sources::none, |folder| Sources::around(&folder))
}

/// The two builds: both named, or the old one built out of git.
fn pair(args: &Check) -> Result<(Registry, Registry), Failure> {
    let (old_release, new_release) = (
        args.releases.old_release.as_ref(),
        args.releases.new_release.as_ref(),
    );
    if let Some(rev) = &args.baseline.rev {
        if let (Some(path), Some(_)) = (&args.old, &args.new) {
            let (path, rev) = (path.clone(), rev.clone());
            return Err(Failure::OldTwice { path, rev });
        }
        let options = args.baseline.options();
        let baseline = Baseline::find(rev, &options)?;
        let progress = &mut io::stderr();
        // The build that is more likely to fail, and to be there already, goes first.
        let path = match &args.old {
            Some(named) => named.clone(),
            None => baseline.working_tree(progress)?,
        };
        let new = builds::open(&path, new_release, args.releases.builds.ledger()?.as_ref())?;
        return Ok((baseline.old(old_release, progress)?, new));
    }
    let [Some(old_path), Some(new_path)] = [&args.old, &args.new] else {
        unreachable!("both are required without a revision");
    };
    args.releases.open(old_path, new_path)
}

pub(super) fn inspect(args: &Inspect, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let ledger = args.builds.ledger()?;
    let registry = builds::open(&args.build, args.release.as_ref(), ledger.as_ref())?;
    let is_json_file = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let format = match (args.format, &args.output) {
        (Some(format), _) => format,
        (None, Some(path)) if is_json_file(path) => Format::Json,
        (None, _) => Format::Text,
    };
    match format {
        Format::Text => render::inspect::registry(&registry, answer),
        Format::Json => snapshot::write(&registry, answer),
    }
    .map_err(Failure::Output)?;
    if let Some(path) = &args.output {
        let plain = anstream::adapter::strip_bytes(&std::mem::take(answer)).into_vec();
        replace(path, &plain).map_err(|error| Failure::File {
            path: path.clone(),
            error,
        })?;
    }
    Ok(Exit::Accepted)
}

pub(super) fn stamp(args: &Stamp, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let stamped = stamp::stamp(args.manifest_path.as_deref(), &args.version)?;
    render::stamp::stamped(&stamped, answer).map_err(Failure::Output)?;
    Ok(Exit::Accepted)
}

pub(super) fn audit(args: &Audit, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let audit = audit::audit(args.manifest_path.as_deref()).map_err(Failure::Audit)?;
    match args.format {
        Format::Text => render::audit::text(&audit, answer),
        Format::Json => render::audit::json(&audit, answer),
    }
    .map_err(Failure::Output)?;
    Ok(Exit::Accepted)
}

pub(super) fn explain(args: &Explain, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let written = match &args.rule {
        None => rules::ALL.iter().try_for_each(|rule| {
            writeln!(answer, "{} ({})", rule.name, rule.level.name())?;
            let options = textwrap::Options::new(80)
                .initial_indent("    ")
                .subsequent_indent("    ");
            writeln!(answer, "{}", textwrap::fill(rule.summary, options))
        }),
        Some(name) => {
            let rule = rules::named(name).map_err(Failure::NoRule)?;
            write!(
                answer,
                "{} ({})\n\n{}",
                rule.name,
                rule.level.name(),
                rule.doc
            )
        }
    };
    written.map_err(Failure::Output)?;
    Ok(Exit::Accepted)
}

/// Writes the file that is named, as a whole.
pub(super) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    atomic_file::replace(path, contents)
}
