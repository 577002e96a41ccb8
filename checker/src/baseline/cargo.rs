//! Builds a program with the user's cargo, which shows its progress on standard error.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;

use super::error::RevisionError;
use super::git::forget_repository;
use super::program::Program;

/// A build of one program.
pub(super) struct Build<'a> {
    /// What is built, for people.
    pub(super) what: &'a str,
    /// The directory in which cargo runs, and looks for its configuration and toolchain; `None`:
    /// the current one.
    pub(super) folder: Option<&'a Path>,
    /// The manifest.
    pub(super) manifest: &'a Path,
    /// The program.
    pub(super) program: &'a Program,
    /// More flags of cargo.
    pub(super) flags: &'a [String],
    /// The target directory; `None`: that of the workspace.
    pub(super) target_dir: Option<&'a Path>,
}

impl Build<'_> {
    /// Builds it; returns the path of the program.
    pub(super) fn run(&self) -> Result<PathBuf, RevisionError> {
        let mut child = self.command().spawn().map_err(RevisionError::NoCargo)?;
        let mut program = None;
        let messages = child.stdout.take().into_iter();
        let messages = messages.flat_map(|out| Message::parse_stream(BufReader::new(out)));
        for message in messages {
            let message = message.map_err(RevisionError::NoCargo)?;
            if let Message::CompilerArtifact(artifact) = message
                && artifact.target.is_bin()
                && artifact.target.name == self.program.bin
            {
                program = artifact.executable.or(program);
            }
        }
        let status = child.wait().map_err(RevisionError::NoCargo)?;
        let what = self.what.to_owned();
        if !status.success() {
            return Err(RevisionError::Cargo { what });
        }
        let bin = self.program.bin.clone();
        let program = program.ok_or(RevisionError::NoExecutable { what, bin })?;
        Ok(program.into())
    }

    fn command(&self) -> Command {
        let mut cargo = Command::new(cargo_path());
        forget_repository(&mut cargo);
        cargo
            // Diagnostics go to standard error as usual, messages about artifacts to standard
            // output.
            .args(["build", "--message-format=json-render-diagnostics"])
            .args(["--package", &self.program.package])
            .args(["--bin", &self.program.bin])
            .args(self.flags)
            .arg("--manifest-path")
            .arg(self.manifest)
            .stdout(Stdio::piped());
        if let Some(folder) = self.folder {
            cargo.current_dir(folder);
        }
        if let Some(target_dir) = self.target_dir {
            cargo.arg("--target-dir").arg(target_dir);
            // In a build directory that the user's builds share, the old packages would
            // replace the new ones, and both would be built again and again.
            cargo.env("CARGO_BUILD_BUILD_DIR", target_dir);
            // It names the new release.
            cargo.env_remove("COEXIST_RELEASE");
        }
        cargo
    }
}

/// The cargo that runs this program, or the one in the `PATH`.
fn cargo_path() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
