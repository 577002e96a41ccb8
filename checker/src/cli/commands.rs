//! What each command does, up to the text of its answer.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{Audit, Check, Explain, Format, Inspect, ReportFormat, Stamp};
use super::exit::{Exit, Failure};
use crate::audit;
use crate::build::{self, BuildError};
use crate::judge::{self, Policy, Verdict};
use crate::registry::snapshot;
use crate::render::{self, Sources};
use crate::rules;
use crate::stamp;

pub(super) fn check(args: &Check, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let [old, new] = build::open_pair(
        (&args.old, args.old_release.as_ref()),
        (&args.new, args.new_release.as_ref()),
    );
    let old = old.map_err(|error| unreadable(&args.old, error))?;
    let new = new.map_err(|error| unreadable(&args.new, error))?;
    let policy = Policy::default();
    let report = judge::check(&old, &new, &policy);
    match args.format {
        ReportFormat::Text => {
            // Without a current folder there are no sources at hand.
            let folder = std::env::current_dir().ok();
            let sources = folder.map_or_else(Sources::none, |folder| Sources::around(&folder));
            render::text::report(&report, &sources, answer)
        }
        ReportFormat::Json => render::json::report(&report, answer),
        ReportFormat::Github => render::github::report(&report, answer),
        ReportFormat::Sarif => render::sarif::report(&report, answer),
        ReportFormat::Junit => render::junit::report(&report, &policy, answer),
        ReportFormat::Markdown => render::markdown::report(&report, answer),
    }
    .map_err(Failure::Output)?;
    let exit = match report.verdict() {
        Verdict::Accept => Exit::Accepted,
        Verdict::Reject => Exit::Rejected,
    };
    // The program is about to end: to free a million items one by one is a tenth
    // of its time.
    drop(report);
    std::mem::forget((old, new));
    Ok(exit)
}

pub(super) fn inspect(args: &Inspect, answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let registry = build::open(&args.build, args.release.as_ref())
        .map_err(|error| unreadable(&args.build, error))?;
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
            let rule = rules::find(name).ok_or_else(|| Failure::NoRule {
                name: name.clone(),
                known: rules::ALL
                    .iter()
                    .map(|rule| rule.name)
                    .collect::<Vec<_>>()
                    .join(", "),
            })?;
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

fn unreadable(path: &Path, error: BuildError) -> Failure {
    Failure::Build {
        path: path.to_owned(),
        error,
    }
}

/// Writes a file beside the one that is named, then puts it in its place.
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    // As any new file: by default a temporary one is its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
