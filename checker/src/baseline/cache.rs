//! Caches the registries of old revisions in cargo's target directory, in the directory
//! `coexist`, so that no revision is built twice. `cargo clean` removes them.
//!
//! The key of a registry has all that it was built from: the commit, the program, the
//! flags, the compiler, and the configuration of cargo. What else a build script reads, such
//! as an environment variable of its own, is not in the key.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use fs4::{FileExt, TryLockError};
use semver::Version;

use super::error::RevisionError;
use super::git::Commit;
use super::program::Program;
use crate::registry::{Registry, snapshot};

/// The file that marks a directory as a cache (<https://bford.info/cachedir/>).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                   # Builds of old revisions, for `coexist check --baseline-rev`.\n";

/// The file that is locked. It is never read.
const LOCK: &str = "lock";

/// The variables that configure cargo and rustc, with those that begin with one of
/// `PREFIXES`.
const VARIABLES: [&str; 4] = [
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];
const PREFIXES: [&str; 3] = ["CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_"];

/// The cache, by its directory.
#[derive(Debug)]
pub(super) struct Cache(PathBuf);

/// What the build of a revision depends on.
pub(super) struct BuildInputs<'a> {
    pub(super) commit: &'a Commit,
    /// The manifest, relative to the repository's directory.
    pub(super) manifest: &'a Path,
    pub(super) program: &'a Program,
    /// Flags that are passed on to cargo.
    pub(super) flags: &'a [String],
    /// The root of the workspace in the working tree.
    pub(super) workspace: &'a Path,
    /// The version that overrides the one in the build.
    pub(super) release: Option<&'a Version>,
}

/// The key of a registry: its inputs, as a text.
#[derive(Debug)]
pub(super) struct Key {
    commit: String,
    text: String,
}

impl Cache {
    /// Opens the cache in cargo's target directory, and creates it if there is none.
    pub(super) fn open(target: &Path) -> Result<Self, RevisionError> {
        let folder = target.join("coexist");
        let kept = folder.join("kept");
        let tag = folder.join("CACHEDIR.TAG");
        // What they lead to would be written to.
        for path in [&folder, &kept, &tag, &folder.join(LOCK)] {
            if path.is_symlink() {
                let link = io::Error::other("this is a symbolic link. Remove it");
                return Err(RevisionError::io(path)(link));
            }
        }
        fs::create_dir_all(&kept).map_err(RevisionError::io(&kept))?;
        if !tag.exists() {
            fs::write(&tag, TAG).map_err(RevisionError::io(&tag))?;
        }
        Ok(Self(folder))
    }

    /// The directory.
    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// The target directory of the revisions: one for all, so that what they share is built
    /// once; and not that of the working tree, whose programs would be replaced.
    pub(super) fn build(&self) -> PathBuf {
        self.0.join("build")
    }

    /// Locks the cache until the file is dropped, or the program ends in any way.
    pub(super) fn lock(&self, progress: &mut dyn Write) -> Result<File, RevisionError> {
        let path = self.0.join(LOCK);
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(RevisionError::io(&path))?;
        // Called through the trait: `File` has a method of that name since Rust 1.89.
        match FileExt::try_lock(&file) {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(RevisionError::io(&path)(error)),
        }
        let folder = self.0.display();
        let _closed = writeln!(progress, "waiting for another coexist that uses {folder} …");
        FileExt::lock(&file).map_err(RevisionError::io(&path))?;
        Ok(file)
    }

    /// The registry of that key. One that cannot be read is ignored, and built again.
    pub(super) fn read(&self, key: &Key) -> Option<Registry> {
        let text = fs::read_to_string(self.file(key)).ok()?;
        let json = text.strip_prefix(&key.text)?;
        snapshot::read(json.as_bytes()).ok()
    }

    /// Writes a registry: the whole file, or nothing.
    pub(super) fn write(&self, key: &Key, registry: &Registry) -> Result<(), RevisionError> {
        let path = self.file(key);
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
            file.write_all(key.text.as_bytes())?;
            snapshot::write(registry, &mut file)?;
            file.persist(&path)?;
            Ok(())
        };
        write().map_err(RevisionError::io(&path))
    }

    fn file(&self, key: &Key) -> PathBuf {
        let hash = foldhash::quality::FixedState::default().hash_one(&key.text);
        self.0
            .join("kept")
            .join(format!("{}-{hash:016x}", key.commit))
    }
}

impl Key {
    /// The key of the build with these inputs.
    pub(super) fn new(inputs: &BuildInputs<'_>, cache: &Cache) -> Result<Self, RevisionError> {
        let commit = inputs.commit.hash.clone();
        let release = inputs.release;
        let mut text = format!(
            "coexist {} {}\ncommit {commit}\nmanifest {}\nprogram {:?}\nflags {:?}\nrelease {release:?}\n",
            env!("CARGO_PKG_VERSION"),
            snapshot::FORMAT,
            inputs.manifest.display(),
            inputs.program,
            inputs.flags,
        );
        let mut variables: Vec<_> = env::vars_os()
            .filter(|(name, _)| {
                let name = name.to_string_lossy();
                VARIABLES.contains(&&*name)
                    || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            })
            .collect();
        variables.sort();
        let _infallible = writeln!(text, "variables {variables:?}");
        let _infallible = writeln!(text, "compiler {:?}", compiler(inputs.workspace)?);
        for file in configuration(cache) {
            if let Ok(contents) = fs::read(&file) {
                let hash = foldhash::quality::FixedState::default().hash_one(contents);
                let _infallible = writeln!(text, "configuration {} {hash:016x}", file.display());
            }
        }
        text.push('\n');
        Ok(Self { commit, text })
    }
}

/// The version of the compiler, in its own words.
fn compiler(folder: &Path) -> Result<String, RevisionError> {
    let name = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(name).arg("-vV").current_dir(folder).output();
    let output = output.map_err(RevisionError::NoCargo)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The files outside of the revision that configure cargo: in the directories above, and in the
/// user's home.
fn configuration(cache: &Cache) -> Vec<PathBuf> {
    let above = cache.0.ancestors().map(|folder| folder.join(".cargo"));
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let folders = above.chain(home);
    let files = folders.flat_map(|folder| [folder.join("config.toml"), folder.join("config")]);
    files.collect()
}
