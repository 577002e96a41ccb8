//! `coexist history`: which releases of a repository broke which pages.

use std::path::PathBuf;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::{FormatArgs, HistoryFormat, VerboseArgs};
use crate::cli::output::write_file;
use crate::cli::policy::PolicyArgs;
use crate::cli::progress::Progress;
use crate::cli::scan::ScanArgs;
use crate::history::{self, Asked, Told};
use crate::render::history::{Collector, History as Collected, html, json, markdown, text};

const EXIT_STATUS: &str = "\
Exit status: 0 no release was rejected, 1 one was rejected, 2 none could be judged.";

/// Show which releases of this repository broke which pages.
///
/// Reads the sources of each tag out of git, and judges each release over the one before, under
/// the policy of the working tree, in both directions. Nothing is checked out or compiled, and no
/// annotations are needed. The result is a reading of sources, not a proof.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(in crate::cli) struct History {
    /// First and last release, FROM..TO; either may be left out [default: all]
    #[arg(value_name = "FROM..TO")]
    range: Option<String>,
    /// Only the tags that match this pattern, such as `v*` [default: those that are versions]
    #[arg(long, value_name = "GLOB", conflicts_with = "commits")]
    tags: Option<String>,
    /// Take each commit of the main line (the first parents) instead of the tags
    #[arg(long)]
    commits: bool,
    #[command(flatten)]
    format: FormatArgs<HistoryFormat>,
    /// Write to this file instead of standard output, atomically
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    verbose: VerboseArgs,
    #[command(flatten)]
    scan: ScanArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl History {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let policy = self.policy.policy()?;
        let (workspace, choice) = self.scan.choice()?;
        let asked = Asked {
            range: self.range.clone(),
            tags: self.tags.clone(),
            commits: self.commits,
        };
        let mut bar: Option<Progress> = None;
        let mut progress = |done: usize, of: usize| {
            let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
            bar.get_or_insert_with(|| Progress::new("reading releases", number(of)))
                .update(number(done));
        };
        let mut collector = Collector {
            history: Collected::default(),
            progress: &mut progress,
        };
        let looked = history::walk(&workspace, &asked, &choice, &policy, &mut collector);
        let mut history = collector.history;
        if let Some(bar) = bar {
            bar.clear();
        }
        history.looked(looked?);
        match self.format.format {
            HistoryFormat::Text => text::history(&history, self.verbose.amount(), output),
            HistoryFormat::Json => json::history(&history, output),
            HistoryFormat::Markdown => markdown::history(&history, output),
            HistoryFormat::Html => html::history(&history, output),
        }
        .map_err(Failure::Output)?;
        if let Some(path) = &self.output {
            let plain = anstream::adapter::strip_bytes(&std::mem::take(output)).into_vec();
            write_file(path, &plain)?;
        }
        Ok(
            match (history.count(Told::Reject), history.count(Told::Accept)) {
                (0, 0) => Exit::CouldNotCheck,
                (0, _) => Exit::Accepted,
                _ => Exit::Rejected,
            },
        )
    }
}
