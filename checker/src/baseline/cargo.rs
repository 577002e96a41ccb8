//! Builds a program with the user's cargo, which says on stderr how far it is.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;

use super::RevisionError;
use super::git::forget_repository;
use super::program::Program;

/// A build of one program.
pub(super) struct Build<'a> {
    /// What people are told that it is.
    pub(super) what: &'a str,
    /// Where cargo runs, and looks for its configuration and its version; `None`: here.
    pub(super) folder: Option<&'a Path>,
    /// The manifest.
    pub(super) manifest: &'a Path,
    /// The program.
    pub(super) program: &'a Program,
    /// More flags.
    pub(super) flags: &'a [String],
    /// The folder to build in, for what is not the working tree; `None`: as ever.
    pub(super) apart: Option<&'a Path>,
}

impl Build<'_> {
    /// Builds it; returns where the program is.
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
        let mut cargo = Command::new(name());
        forget_repository(&mut cargo);
        cargo
            // Diagnostics go to stderr, as people know them; what is built, to stdout.
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
        if let Some(apart) = self.apart {
            cargo.arg("--target-dir").arg(apart);
            // Where the user's builds share one, the old packages would take the place
            // of the new ones, and both would be built again and again.
            cargo.env("CARGO_BUILD_BUILD_DIR", apart);
            // It names the release that is being made: not this one.
            cargo.env_remove("COEXIST_RELEASE");
        }
        cargo
    }
}

/// The cargo that runs this, else the one in the `PATH`.
fn name() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
