//! The options of `coexist check --baseline-rev`, which builds with cargo, and of `--scan`, which
//! reads sources: they have the names that they have there.

use std::path::PathBuf;

use crate::baseline::Options;
use crate::cli::failure::Failure;
use crate::scan::{self, Choice, Scan};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Build OLD from git")]
#[expect(clippy::struct_excessive_bools, reason = "these are options of cargo")]
pub(super) struct BaselineArgs {
    /// Build OLD from this git revision, and NEW from the working tree unless a build is
    /// given. Uncommitted changes are included
    #[arg(
        id = "baseline_rev",
        long = "baseline-rev",
        value_name = "REV",
        group = "revision"
    )]
    pub(super) rev: Option<String>,
    /// Read OLD out of the sources of this git revision, and NEW out of those of the working
    /// tree, without building: a reading, not a proof
    #[arg(long, value_name = "REV", group = "revision")]
    pub(super) scan: Option<String>,
    /// Package that contains the binary
    #[arg(long, short, value_name = "NAME", requires = "revision")]
    package: Option<String>,
    /// Binary to compare, if there are several
    #[arg(long, value_name = "NAME", requires = "revision")]
    bin: Option<String>,
    /// Space or comma separated list of features to activate
    #[arg(long, short = 'F', value_name = "FEATURES", requires = "revision")]
    features: Vec<String>,
    /// Activate all available features
    #[arg(long, requires = "baseline_rev")]
    all_features: bool,
    /// Do not activate the `default` feature
    #[arg(long, requires = "revision")]
    no_default_features: bool,
    /// Build in release mode, with optimizations
    #[arg(long, short, requires = "baseline_rev", conflicts_with = "profile")]
    release: bool,
    /// Build with this profile
    #[arg(long, value_name = "NAME", requires = "baseline_rev")]
    profile: Option<String>,
    /// Build for this target triple
    #[arg(long, value_name = "TRIPLE", requires = "baseline_rev")]
    target: Option<String>,
    /// Path to the `Cargo.toml` of the workspace, or of a package in it [default: the
    /// nearest one, from the current directory upwards]
    #[arg(long, value_name = "FILE", requires = "revision")]
    manifest_path: Option<PathBuf>,
    /// Assert that `Cargo.lock` will remain unchanged
    #[arg(long, requires = "baseline_rev")]
    locked: bool,
    /// Run without accessing the network
    #[arg(long, requires = "baseline_rev")]
    offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long, requires = "baseline_rev")]
    frozen: bool,
}

impl BaselineArgs {
    /// Scans the revision, and the working tree.
    pub(super) fn scans(&self, rev: &str) -> Result<[Scan; 2], Failure> {
        let workspace = scan::workspace_of(self.manifest_path.as_deref())?;
        let choice = Choice {
            package: self.package.clone(),
            program: self.bin.clone(),
            features: self.features.clone(),
            no_default_features: self.no_default_features,
        };
        let old = scan::scan_revision(&workspace, rev, &choice)?;
        let new = scan::scan(&workspace, &choice)?;
        for (scan, what) in [(&old, rev), (&new, "the working tree")] {
            if scan.is_empty() {
                return Err(Failure::EmptyScan(what.to_owned()));
            }
        }
        Ok([old, new])
    }

    /// What to build, and how.
    pub(super) fn options(&self) -> Options {
        let switches = [
            ("--all-features", self.all_features),
            ("--no-default-features", self.no_default_features),
            ("--release", self.release),
            ("--locked", self.locked),
            ("--offline", self.offline),
            ("--frozen", self.frozen),
        ];
        let switches = switches.iter().filter(|(_, is_on)| *is_on);
        let mut flags: Vec<String> = switches.map(|(flag, _)| (*flag).to_owned()).collect();
        let features = self.features.iter().map(|value| ("--features", value));
        let profile = self.profile.iter().map(|value| ("--profile", value));
        let target = self.target.iter().map(|value| ("--target", value));
        for (flag, value) in features.chain(profile).chain(target) {
            flags.push(format!("{flag}={value}"));
        }
        Options {
            manifest: self.manifest_path.clone(),
            package: self.package.clone(),
            bin: self.bin.clone(),
            flags,
        }
    }
}
