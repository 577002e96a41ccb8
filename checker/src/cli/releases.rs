//! The two builds that most commands are about, and which releases they are.

use std::path::Path;

use semver::Version;

use super::builds::{self, BuildArgs};
use super::exit::Failure;
use crate::registry::Registry;
use crate::version;

#[derive(Debug, clap::Args)]
pub(super) struct ReleaseArgs {
    /// The version of OLD, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    pub(super) old_release: Option<Version>,
    /// The version of NEW, whatever it says itself.
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    pub(super) new_release: Option<Version>,
    #[command(flatten)]
    pub(super) builds: BuildArgs,
}

impl ReleaseArgs {
    /// Opens both builds.
    pub(super) fn open(&self, old: &Path, new: &Path) -> Result<(Registry, Registry), Failure> {
        builds::open_pair(
            (old, self.old_release.as_ref()),
            (new, self.new_release.as_ref()),
            self.builds.ledger()?.as_ref(),
        )
    }
}
