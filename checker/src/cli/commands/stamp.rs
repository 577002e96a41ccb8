//! `coexist stamp`: writes the version of a release into the sources.

use semver::Version;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::manifest::ManifestArgs;
use crate::render;
use crate::stamp;
use coexist_source::version;

/// Replace `since = "next"` in the sources with the version of a release.
///
/// Changes the `.rs` files of the workspace's members. Occurrences inside comments and other
/// string literals are left unchanged. If any file does not parse, no file is changed.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Stamp {
    /// Version of the release
    #[arg(value_parser = version::parse_bound)]
    version: Version,
    #[command(flatten)]
    manifest: ManifestArgs,
}

impl Stamp {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let stamped = stamp::stamp(self.manifest.path(), &self.version)?;
        render::stamp::stamped(&stamped, output).map_err(Failure::Output)?;
        Ok(Exit::Accepted)
    }
}
