//! The options of the commands that read a program out of its sources.

use std::path::PathBuf;

use super::failure::Failure;
use super::manifest::ManifestArgs;
use crate::scan::{self, Choice, Scan};

/// Which program is read.
#[derive(Debug, clap::Args)]
pub(super) struct ScanArgs {
    /// Package of the program [default: the only one that has a program]
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// Program to read [default: the only one of the package, or its `default-run`]
    #[arg(long, value_name = "NAME")]
    bin: Option<String>,
    /// Features that are on, as for cargo (repeatable)
    #[arg(long, value_name = "NAMES")]
    features: Vec<String>,
    /// Turn the default features off
    #[arg(long)]
    no_default_features: bool,
    #[command(flatten)]
    manifest: ManifestArgs,
}

impl ScanArgs {
    /// The workspace, and which program of it.
    pub(super) fn choice(&self) -> Result<(PathBuf, Choice), Failure> {
        let workspace = scan::workspace_of(self.manifest.path())?;
        let choice = Choice {
            package: self.package.clone(),
            program: self.bin.clone(),
            features: self.features.clone(),
            no_default_features: self.no_default_features,
        };
        Ok((workspace, choice))
    }

    /// Scans the working tree, or a revision.
    pub(super) fn scan(&self, rev: Option<&str>) -> Result<Scan, Failure> {
        let (workspace, choice) = self.choice()?;
        Ok(match rev {
            None => scan::scan(&workspace, &choice)?,
            Some(rev) => scan::scan_revision(&workspace, rev, &choice)?,
        })
    }
}
