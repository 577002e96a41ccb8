//! Builds a program with the user's cargo, and passes on what cargo says, line by line.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use cargo_metadata::Message;

use super::error::RevisionError;
use super::git::forget_repository;
use super::program::Program;
use crate::support::visible::escaped;

/// After how many bytes a line of cargo is broken.
const LONGEST_LINE: u64 = 1 << 16;

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
    /// Builds it, and writes what cargo says to `progress`; returns the path of the program.
    pub(super) fn run(&self, progress: &mut dyn Write) -> Result<PathBuf, RevisionError> {
        let mut child = self.command().spawn().map_err(RevisionError::NoCargo)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let program = thread::scope(|scope| {
            let built = scope.spawn(|| self.built_program(stdout));
            if let Some(stderr) = stderr {
                copy_lines(stderr, progress);
            }
            built.join().unwrap_or_else(|panic| resume_unwind(panic))
        })?;
        let status = child.wait().map_err(RevisionError::NoCargo)?;
        let what = self.what.to_owned();
        if !status.success() {
            return Err(RevisionError::Cargo { what });
        }
        let bin = self.program.bin.clone();
        program.ok_or(RevisionError::NoExecutable { what, bin })
    }

    /// The path of the program, if it is among what cargo says that it built.
    fn built_program(&self, stdout: Option<ChildStdout>) -> Result<Option<PathBuf>, RevisionError> {
        let mut program = None;
        let messages = stdout.into_iter();
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
        Ok(program.map(PathBuf::from))
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
            // Its colors and its progress bar are not passed on.
            .args(["--color", "never"])
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
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

/// Copies lines without what a terminal would obey: names, sources and build scripts of the
/// packages have a part in them. An error of either side ends nothing: cargo's status decides.
fn copy_lines(from: impl Read, to: &mut dyn Write) {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = from
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        if !read.is_ok_and(|bytes| bytes > 0) {
            break;
        }
        let text = String::from_utf8_lossy(&line).replace('\t', "    ");
        let _closed = writeln!(to, "{}", escaped(text.trim_end_matches(['\r', '\n'])));
    }
}

/// The cargo that runs this program, or the one in the `PATH`.
fn cargo_path() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, copy_lines};

    #[test]
    fn lines_are_copied_without_what_a_terminal_obeys() {
        let copied = |from: &[u8]| {
            let mut to = Vec::new();
            copy_lines(from, &mut to);
            String::from_utf8(to).unwrap()
        };
        assert_eq!(copied(b""), "");
        assert_eq!(copied(b"a\r\n\n  \tb"), "a\n\n      b\n");
        assert_eq!(
            copied(b"\x1b[32mCompiling\x1b[0m\rx\xff\n"),
            "\\u{1b}[32mCompiling\\u{1b}[0m\\rx\u{fffd}\n"
        );
        let long = vec![b'x'; usize::try_from(LONGEST_LINE).unwrap() + 1];
        assert_eq!(copied(&long).lines().map(str::len).max(), Some(1 << 16));
    }
}
