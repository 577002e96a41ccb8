//! `coexist scan`: the handlers and forms of a program, out of its sources.

use std::path::PathBuf;

use crate::cli::exit::{self, Exit};
use crate::cli::failure::Failure;
use crate::cli::format::Format;
use crate::cli::output::write_file;
use crate::cli::scan::ScanArgs;
use crate::registry::snapshot;
use crate::render;

/// Read the handlers and forms of a program out of its sources.
///
/// Compiles nothing, and needs no annotations. The result is a reading, not a proof: `check` and
/// `plan` take its snapshot (`--format json`) and say so; the gate does not.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::help("Exit status: 0 success, 2 error."))]
pub(in crate::cli) struct Scan {
    #[command(flatten)]
    program: ScanArgs,
    /// Scan this revision of git instead of the working tree
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Output format [default: json if the output file has the extension `.json`, otherwise
    /// text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file instead of standard output, atomically
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Scan {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let scan = self.program.scan(self.rev.as_deref())?;
        match Format::of_output(self.format, self.output.as_deref()) {
            Format::Text => render::scan::scan(&scan, output),
            Format::Json => snapshot::write(&scan.registry, output),
        }
        .map_err(Failure::Output)?;
        if let Some(path) = &self.output {
            let plain = anstream::adapter::strip_bytes(&std::mem::take(output)).into_vec();
            write_file(path, &plain)?;
        }
        Ok(Exit::Accepted)
    }
}
