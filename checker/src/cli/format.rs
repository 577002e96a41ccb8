//! Output formats, and the option that chooses one.

use std::path::Path;

use clap::ValueEnum;
use clap::builder::EnumValueParser;

use crate::render::Amount;

/// The formats of a command.
pub(super) trait OutputFormat: ValueEnum + Clone + Send + Sync + 'static {}

impl<F: ValueEnum + Clone + Send + Sync + 'static> OutputFormat for F {}

#[derive(Debug, clap::Args)]
pub(super) struct FormatArgs<F: OutputFormat> {
    /// Output format
    #[arg(
        id = "format",
        long,
        value_name = "FORMAT",
        default_value = "text",
        value_parser = EnumValueParser::<F>::new()
    )]
    pub(super) format: F,
}

#[derive(Debug, clap::Args)]
pub(super) struct VerboseArgs {
    /// Print everything as text: each finding and change by itself, who meets whom, and the
    /// plan
    #[arg(long)]
    verbose: bool,
}

impl VerboseArgs {
    /// How much is printed as text.
    pub(super) fn amount(&self) -> Amount {
        if self.verbose {
            Amount::Full
        } else {
            Amount::Brief
        }
    }
}

// Comments, not documentation, which the help would show for each value.

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    // For people.
    Text,
    // For programs.
    Json,
}

impl Format {
    /// The format that is asked for, or else that of the output file's extension.
    pub(super) fn of_output(asked: Option<Self>, output: Option<&Path>) -> Self {
        let is_json = |path: &Path| path.extension().is_some_and(|name| name == "json");
        asked.unwrap_or(match output {
            Some(path) if is_json(path) => Self::Json,
            _ => Self::Text,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PlanFormat {
    // For people.
    Text,
    // For programs.
    Json,
    // A checklist for an issue tracker.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum HistoryFormat {
    // For people.
    Text,
    // For programs.
    Json,
    // For an issue.
    Markdown,
    // A page for the team.
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    // For people.
    Text,
    // For programs.
    Json,
    // Workflow commands of GitHub Actions.
    Github,
    // SARIF 2.1.0.
    Sarif,
    // JUnit's XML.
    Junit,
    // A comment on a pull request.
    Markdown,
}
