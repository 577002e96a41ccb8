//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use semver::Version;

use super::baseline::Baseline;
use super::builds::BuildArgs;
use super::policy::PolicyArgs;
use super::releases::ReleaseArgs;
use super::simulate::Simulate;
use crate::version;

/// A borrow checker for rolling deploys: says whether two builds of a web app can
/// serve side by side.
#[derive(Debug, Parser)]
#[command(name = "coexist", version, max_term_width = 80, after_help = EXIT_STATUS)]
pub(super) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colour; `NO_COLOR` is honoured.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(super) color: Color,
}

const EXIT_STATUS: &str = "\
Exit status: 0 accepted, 1 rejected, 2 could not check.
A BUILD is a program (ELF, Mach-O, PE, wasm), which is read and never run, a
container image that holds one or more (what `docker save` writes, or an OCI
layout as a folder or a tar), or a snapshot (what `coexist inspect BUILD
--format json` prints).";

const RECORD_STATUS: &str = "\
Exit status: 0 recorded, 1 rejected, and so not recorded, 2 could not record.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say whether NEW can be released over OLD, node by node.
    Check(Check),
    /// Say in which releases OLD can become NEW, and when each may go.
    Plan(super::plan::Plan),
    /// Write a report as one HTML file, for who decides on the release.
    ///
    /// The verdict, who meets whom and when, the findings, the plan, and how many
    /// submissions would fail. It needs neither a network nor a script to be read.
    Report(super::report::Report),
    /// Show the handlers and forms of a build, or write its snapshot.
    ///
    /// `name?` is a field that may be missing.
    Inspect(Inspect),
    /// Write the version of a release into the sources, for `since = "next"`.
    ///
    /// In every `.rs` file of the workspace's members; in comments and texts it stays.
    /// If one file is no Rust, none is written.
    Stamp(Stamp),
    /// List the routes, handlers, forms and templates that are not annotated yet.
    ///
    /// In the libraries and programs of the workspace's members. The exit status is 0
    /// however many there are.
    Audit(Audit),
    /// Say how many submissions would fail if NEW were released over OLD in one step.
    ///
    /// During the roll, and until the last page has expired: in closed form, and by a
    /// sample that must agree with it.
    Simulate(Simulate),
    /// Say whether BUILD can be released now, among everything that is still out.
    ///
    /// It is judged against every release that runs on a node, or whose pages may be open,
    /// in the directions that apply to each. If it is rejected for nothing but pages that
    /// will expire, it says when it will pass. If it is accepted, and one may go back, it
    /// says to what one still could.
    #[command(after_help = EXIT_STATUS)]
    Gate(super::gate::Gate),
    /// Record what is deployed and retired, in the ledger that the gate asks.
    #[command(after_help = RECORD_STATUS)]
    Record(super::record::Record),
    /// Explain a rule, or list them all.
    Explain(Explain),
    /// Print the completions of these commands for a shell.
    Completions(Completions),
    /// Print the manual of these commands, in roff: `coexist man | man -l -`.
    Man,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The build that serves now. With `--baseline-rev`, the one build that is named
    /// is NEW.
    #[arg(required_unless_present = "baseline_rev")]
    pub(super) old: Option<PathBuf>,
    /// The build that is to be released.
    #[arg(required_unless_present = "baseline_rev")]
    pub(super) new: Option<PathBuf>,
    /// The form of the answer: text, json, github, sarif, junit or markdown.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    pub(super) format: ReportFormat,
    #[command(flatten)]
    pub(super) releases: ReleaseArgs,
    /// Who meets whom, and how much weighs what.
    #[command(flatten)]
    pub(super) policy: PolicyArgs,
    // The last one: its heading stands above all that follow.
    #[command(flatten)]
    pub(super) baseline: Box<Baseline>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Inspect {
    /// The build to show.
    pub(super) build: PathBuf,
    /// The form of the answer: text, or json for a snapshot. Left out, the ending
    /// of the output file decides.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(super) format: Option<Format>,
    /// Write to this file instead; it is replaced as a whole, or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The version of the build, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    pub(super) release: Option<Version>,
    #[command(flatten)]
    pub(super) builds: BuildArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct Stamp {
    /// The version of the release that is to go out.
    #[arg(value_parser = version::parse_bound)]
    pub(super) version: Version,
    /// The `Cargo.toml` of the workspace, or of a package in it. Left out, it is
    /// looked for from the current folder upwards.
    #[arg(long, value_name = "FILE")]
    pub(super) manifest_path: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Audit {
    /// The `Cargo.toml` of the workspace, or of a package in it. Left out, it is
    /// looked for from the current folder upwards.
    #[arg(long, value_name = "FILE")]
    pub(super) manifest_path: Option<PathBuf>,
    /// The form of the answer: text or json.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    pub(super) format: Format,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The rule's name, as a finding shows it; left out: all rules.
    pub(super) rule: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell: bash, elvish, fish, powershell or zsh.
    #[arg(hide_possible_values = true)]
    pub(super) shell: Shell,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit`'s XML.
    Junit,
    /// A comment on a pull request.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    pub(super) fn choice(self, is_terminal: bool) -> anstream::ColorChoice {
        let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match self {
            Self::Always => anstream::ColorChoice::Always,
            Self::Auto if is_terminal && is_wanted => anstream::ColorChoice::Auto,
            Self::Auto | Self::Never => anstream::ColorChoice::Never,
        }
    }
}
