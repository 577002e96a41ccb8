//! `coexist audit`: what is not annotated yet.

use crate::audit;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::{Format, FormatArgs};
use crate::cli::manifest::ManifestArgs;
use crate::render;

/// List the routes, handlers, forms and templates that are not annotated yet.
///
/// Reads the libraries and programs of the workspace's members. The exit status is 0 even
/// if something is not annotated.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Audit {
    #[command(flatten)]
    manifest: ManifestArgs,
    #[command(flatten)]
    format: FormatArgs<Format>,
}

impl Audit {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let audit = audit::audit(self.manifest.path())?;
        match self.format.format {
            Format::Text => render::audit::text::audit(&audit, output),
            Format::Json => render::audit::json::audit(&audit, output),
        }
        .map_err(Failure::Output)?;
        Ok(Exit::Accepted)
    }
}
