//! Keeps the registries of old revisions in cargo's target directory, in the folder
//! `coexist`, so that none is built twice. `cargo clean` removes them.
//!
//! A registry is kept under all that it was made of: the commit, the program, the
//! flags, the compiler, and what configures cargo. What a build script reads beyond that,
//! such as an environment variable of its own, is not known here.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use fs4::{FileExt, TryLockError};
use semver::Version;

use super::{Baseline, RevisionError};
use crate::registry::{Registry, snapshot};

/// What marks a folder as a cache (<https://bford.info/cachedir/>).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                   # Builds of old revisions, for `coexist check --baseline-rev`.\n";

/// What configures cargo and rustc, beside what begins with one of `PREFIXES`.
const VARIABLES: [&str; 4] = [
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];
const PREFIXES: [&str; 3] = ["CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_"];

/// The folder of the cache.
#[derive(Debug)]
pub(super) struct Place(PathBuf);

/// What a registry was made of, as a text.
#[derive(Debug)]
pub(super) struct Key {
    commit: String,
    text: String,
}

impl Place {
    /// The cache in cargo's target directory.
    pub(super) fn new(target: &Path) -> Result<Self, RevisionError> {
        let folder = target.join("coexist");
        let kept = folder.join("kept");
        fs::create_dir_all(&kept).map_err(RevisionError::io(&kept))?;
        let tag = folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            fs::write(&tag, TAG).map_err(RevisionError::io(&tag))?;
        }
        Ok(Self(folder))
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// Where cargo builds the revisions: all in one folder, so that what they share is
    /// built once, and not in that of the working tree, whose programs it would replace.
    pub(super) fn build(&self) -> PathBuf {
        self.0.join("build")
    }

    /// Has the cache for itself until the file is dropped, or the program ends in
    /// whatever way.
    pub(super) fn lock(&self, progress: &mut dyn Write) -> Result<File, RevisionError> {
        let path = self.0.join("lock");
        let file = File::create(&path).map_err(RevisionError::io(&path))?;
        // By its whole name: `File` has a method of that name since Rust 1.89.
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

    /// The registry that is kept under the key. One that cannot be read is none: it is
    /// made again.
    pub(super) fn kept(&self, key: &Key) -> Option<Registry> {
        let text = fs::read_to_string(self.file(key)).ok()?;
        let json = text.strip_prefix(&key.text)?;
        snapshot::read(json.as_bytes()).ok()
    }

    /// Keeps a registry: as a whole, or not at all.
    pub(super) fn keep(&self, key: &Key, registry: &Registry) -> Result<(), RevisionError> {
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
    /// What the build of a revision is made of.
    pub(super) fn of(
        baseline: &Baseline<'_>,
        stated: Option<&Version>,
        place: &Place,
    ) -> Result<Self, RevisionError> {
        let commit = baseline.commit.hash.clone();
        let mut text = format!(
            "coexist {} {}\ncommit {commit}\nmanifest {}\nprogram {:?}\nflags {:?}\nrelease {stated:?}\n",
            env!("CARGO_PKG_VERSION"),
            snapshot::FORMAT,
            baseline.manifest.display(),
            baseline.program,
            baseline.options.flags,
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
        let root = baseline.metadata.workspace_root.as_std_path();
        let _infallible = writeln!(text, "compiler {:?}", compiler(root)?);
        for file in configuration(place) {
            if let Ok(contents) = fs::read(&file) {
                let hash = foldhash::quality::FixedState::default().hash_one(contents);
                let _infallible = writeln!(text, "configuration {} {hash:016x}", file.display());
            }
        }
        text.push('\n');
        Ok(Self { commit, text })
    }
}

/// What the compiler says of itself.
fn compiler(folder: &Path) -> Result<String, RevisionError> {
    let name = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(name).arg("-vV").current_dir(folder).output();
    let output = output.map_err(RevisionError::NoCargo)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The files outside of the revision that configure cargo in it: those of the folders
/// above, and the user's.
fn configuration(place: &Place) -> Vec<PathBuf> {
    let above = place.0.ancestors().map(|folder| folder.join(".cargo"));
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let folders = above.chain(home);
    let files = folders.flat_map(|folder| [folder.join("config.toml"), folder.join("config")]);
    files.collect()
}
