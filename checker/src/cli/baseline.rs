//! The flags of `coexist check --baseline-rev`: cargo's own, under cargo's names.

use std::path::PathBuf;

use crate::baseline::Options;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The old build out of git")]
#[expect(clippy::struct_excessive_bools, reason = "these are cargo's flags")]
pub(super) struct Baseline {
    /// Build this git revision, and compare the working tree with it. The working tree is
    /// built, too, unless a build is named. Needs neither a commit nor a clean tree.
    #[arg(id = "baseline_rev", long = "baseline-rev", value_name = "REV")]
    pub(super) rev: Option<String>,
    /// The package with the program.
    #[arg(long, short, value_name = "NAME", requires = "baseline_rev")]
    package: Option<String>,
    /// The program, if there are several.
    #[arg(long, value_name = "NAME", requires = "baseline_rev")]
    bin: Option<String>,
    /// Build with these features.
    #[arg(long, short = 'F', value_name = "FEATURES", requires = "baseline_rev")]
    features: Vec<String>,
    /// Build with all features.
    #[arg(long, requires = "baseline_rev")]
    all_features: bool,
    /// Build without the default features.
    #[arg(long, requires = "baseline_rev")]
    no_default_features: bool,
    /// Build in release mode.
    #[arg(long, short, requires = "baseline_rev", conflicts_with = "profile")]
    release: bool,
    /// Build with this profile.
    #[arg(long, value_name = "NAME", requires = "baseline_rev")]
    profile: Option<String>,
    /// Build for this target.
    #[arg(long, value_name = "TRIPLE", requires = "baseline_rev")]
    target: Option<String>,
    /// The `Cargo.toml` of the package or workspace.
    #[arg(long, value_name = "FILE", requires = "baseline_rev")]
    manifest_path: Option<PathBuf>,
    /// Build with the lock files as they are.
    #[arg(long, requires = "baseline_rev")]
    locked: bool,
    /// Build without the network.
    #[arg(long, requires = "baseline_rev")]
    offline: bool,
    /// Both of these.
    #[arg(long, requires = "baseline_rev")]
    frozen: bool,
}

impl Baseline {
    /// What is to be built.
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
