//! The command line: the command, and the options that every command has.

use clap::Parser;

use super::commands::Command;
use super::exit;
use super::output::Color;

/// Check whether two builds of a web app can serve traffic side by side during a rolling
/// deploy.
#[derive(Debug, Parser)]
#[command(name = "coexist", version, max_term_width = 80, after_help = exit::help(exit::VERDICT))]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Coloring; honors `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}
