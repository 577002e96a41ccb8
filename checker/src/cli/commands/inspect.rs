//! `coexist inspect`: the handlers and forms of a build.

use std::path::PathBuf;

use crate::cli::builds::{self, BuildArgs, StatedArgs};
use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::format::Format;
use crate::cli::output::write_file;
use crate::registry::snapshot;
use crate::render;

/// Show the handlers and forms of a build, or write its snapshot.
///
/// In the list, `name?` marks an optional field. `--format json` writes the snapshot.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help("Exit status: 0 success, 2 error."))]
pub(in crate::cli) struct Inspect {
    /// Build to show
    build: PathBuf,
    /// Output format [default: json if the output file has the extension `.json`, otherwise
    /// text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file instead of standard output, atomically
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    stated: StatedArgs,
    #[command(flatten)]
    builds: BuildArgs,
}

impl Inspect {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let ledger = self.builds.ledger()?;
        let registry = builds::open(&self.build, self.stated.stated(), ledger.as_ref())?;
        match Format::of_output(self.format, self.output.as_deref()) {
            Format::Text => render::registry::registry(&registry, output),
            Format::Json => snapshot::write(&registry, output),
        }
        .map_err(Failure::Output)?;
        if let Some(path) = &self.output {
            let plain = anstream::adapter::strip_bytes(&std::mem::take(output)).into_vec();
            write_file(path, &plain)?;
        }
        Ok(Exit::Accepted)
    }
}
