//! Reads the registry of a program out of its sources, and compiles nothing: a reading, not a proof.
//!
//! `tree` is what is read, the working tree or a revision; `program` finds the crates, the files
//! and the items in them; `routes` follows the code that makes the routes, `handlers` and `fields`
//! read what serves them. What is seen and cannot be read is a [`Gap`].
//!
//! It does not judge anything: [`judge`](crate::judge) does.

mod annotated;
mod fields;
mod gap;
pub(crate) mod git;
mod handlers;
mod pages;
pub(crate) mod program;
mod redirects;
mod requests;
mod routes;
pub(crate) mod survey;
pub(crate) mod tree;

use std::path::{Path, PathBuf};

use coexist_html::Htmx;
use coexist_source::version;

use annotated::Annotations;
pub use gap::Gap;
use gap::Gaps;
use handlers::Handlers;
use pages::Pages;
use program::conditions;
use program::files::{Cache, Reader};
use program::index::Index;
use program::manifest::{Package, Target, Workspace};
use program::variants;
use tree::{Disk, Tree};

use crate::registry::{Invalid, Registry, Release};
use crate::support::parallel::deeply;

/// Which program of a workspace is scanned.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The package; `None`: the only one with a program.
    pub package: Option<String>,
    /// The program; `None`: the only one of the package.
    pub program: Option<String>,
    /// The features that are on, beside the default ones.
    pub features: Vec<String>,
    /// Whether the default features are off.
    pub no_default_features: bool,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Scan {
    /// The registry. It may be empty, if there is nothing that was read.
    pub registry: Registry,
    /// The program, as cargo calls it.
    pub program: String,
    /// What was seen and could not be read.
    pub gaps: Vec<Gap>,
    /// What stands before some paths, and only the configuration of the app knows: it is left out.
    pub bases: Vec<String>,
    /// How many files were read.
    pub files: usize,
}

impl Scan {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.registry.handlers.is_empty() && self.registry.forms.is_empty()
    }
}

/// Why nothing can be scanned.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// A manifest or a source cannot be read.
    #[error("{0}")]
    Source(String),
    /// There is no program.
    #[error("the workspace has no program{}: `coexist scan` reads the routes of one", named(.0))]
    NoProgram(Choice),
    /// There are several programs.
    #[error(
        "the workspace has several programs: name one with `--package` and `--bin`\n{}",
        list(.0)
    )]
    SeveralPrograms(Vec<(String, String)>),
    /// What was read makes no registry.
    #[error("{0}")]
    Invalid(#[from] Invalid),
    /// No thread can be started.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

fn named(choice: &Choice) -> String {
    match (&choice.package, &choice.program) {
        (Some(package), Some(program)) => format!(" `{program}` in a package `{package}`"),
        (Some(package), None) => format!(" in a package `{package}`"),
        (None, Some(program)) => format!(" `{program}`"),
        (None, None) => String::new(),
    }
}

fn list(programs: &[(String, String)]) -> String {
    let lines = programs
        .iter()
        .map(|(package, program)| format!("    --package {package} --bin {program}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Scans a program of the workspace at this folder of the disk.
///
/// # Errors
///
/// If there is no program, or several and none is named, or the manifests cannot be read.
pub fn scan(workspace: &Path, choice: &Choice) -> Result<Scan, ScanError> {
    deeply(|| scan_tree(&Disk::new(workspace), choice, &Cache::default()))?
}

/// Scans a program of the workspace at this folder, as it is in a revision of git.
///
/// # Errors
///
/// As [`scan`], or if there is no such revision.
pub fn scan_revision(workspace: &Path, rev: &str, choice: &Choice) -> Result<Scan, ScanError> {
    let repository = git::Repository::find(workspace).map_err(ScanError::Source)?;
    let commit = repository.commit(rev).map_err(ScanError::Source)?;
    let files = repository.files(&commit).map_err(ScanError::Source)?;
    deeply(|| {
        let objects = repository.objects().map_err(ScanError::Source)?;
        let tree = tree::Listed::new(files, &objects);
        scan_tree(&tree, choice, &Cache::default())
    })?
}

/// The workspace of the manifest, or that of the current directory.
///
/// # Errors
///
/// If there is no manifest.
pub fn workspace_of(manifest: Option<&Path>) -> Result<PathBuf, ScanError> {
    let here;
    let start = if let Some(manifest) = manifest {
        if !manifest.is_file() {
            let message = format!("{}: there is no such file", manifest.display());
            return Err(ScanError::Source(message));
        }
        here = manifest.canonicalize()?;
        here.parent().unwrap_or(Path::new("."))
    } else {
        here = std::env::current_dir()?;
        &here
    };
    let mut nearest = None;
    for folder in start.ancestors() {
        let Ok(text) = std::fs::read_to_string(folder.join("Cargo.toml")) else {
            continue;
        };
        nearest.get_or_insert_with(|| folder.to_owned());
        let table = text.parse::<toml::Table>();
        if table.is_ok_and(|table| table.contains_key("workspace")) {
            return Ok(folder.to_owned());
        }
    }
    nearest.ok_or_else(|| {
        let message = format!(
            "{}: no Cargo.toml in this directory or above it",
            start.display()
        );
        ScanError::Source(message)
    })
}

/// Scans a program of the workspace whose root is that of the tree.
pub(crate) fn scan_tree(
    tree: &dyn Tree,
    choice: &Choice,
    cache: &Cache,
) -> Result<Scan, ScanError> {
    let workspace = Workspace::read(tree).map_err(ScanError::Source)?;
    let (package, program) = choose(&workspace, choice)?;
    let features = conditions::features(
        &workspace,
        &package.folder,
        &choice.features,
        !choice.no_default_features,
    );
    let gaps = Gaps::default();
    let mut reader = Reader {
        workspace: &workspace,
        tree,
        cache,
        features: &features,
        gaps: &gaps,
        files: Vec::new(),
        crates: Vec::new(),
    };
    reader
        .program(package, program)
        .map_err(ScanError::Source)?;
    let (files, crates) = (reader.files, reader.crates);
    let index = Index::new(&files, &crates);
    let variants = variants::find(&index);
    let routes = routes::find(&index, &variants, &gaps);
    let annotations = Annotations::new(&index);
    for function in routes::unregistered(&index, &routes) {
        if annotations.is_handler(function) {
            continue;
        }
        let line = function.sig.ident.span().start().line;
        let why = format!(
            "`{}` states a route, and no router that was followed has it",
            function.name
        );
        gaps.push(Gap::of_route(index.path(function.file), line, why));
    }
    let handlers = Handlers::new(&index, &gaps, &annotations, &routes);
    let found = handlers.of(&routes);
    let htmx = htmx_of(tree, package);
    let pages = Pages::new(&handlers, &found, &routes, &variants, tree, htmx);
    let forms = pages.forms();
    let (routing, trailing_slash) = annotations.release();
    let mut registry = Registry {
        release: release(package),
        routing,
        trailing_slash,
        scanned: true,
        handlers: found.handlers,
        forms,
    };
    if !registry.handlers.is_empty() || !registry.forms.is_empty() {
        registry.validate()?;
    }
    registry.sort();
    Ok(Scan {
        registry,
        program: program.name.clone(),
        gaps: gaps.sorted(),
        bases: found.bases,
        files: files.len(),
    })
}

/// The htmx that the package states.
fn htmx_of(tree: &dyn Tree, package: &Package) -> Htmx {
    let manifest = tree.read(&package.folder.join("Cargo.toml"));
    let manifest = manifest.ok().flatten();
    let htmx = manifest.and_then(|read| Htmx::of_manifest(&read.text).ok());
    htmx.unwrap_or_default()
}

/// The name and the version of the package.
fn release(package: &Package) -> Release {
    Release {
        name: package.name.clone(),
        version: version::parse(&package.version).unwrap_or_else(|_| semver::Version::new(0, 0, 0)),
    }
}

/// The program that is meant.
fn choose<'w>(
    workspace: &'w Workspace,
    choice: &Choice,
) -> Result<(&'w Package, &'w Target), ScanError> {
    let mut found: Vec<(&Package, &Target)> = Vec::new();
    for package in workspace.packages.values() {
        if choice
            .package
            .as_ref()
            .is_some_and(|name| *name != package.name)
        {
            continue;
        }
        let named = package.programs.iter().filter(|program| {
            let name = choice.program.as_ref().or_else(|| {
                let is_one = choice.package.is_some() || workspace.packages.len() == 1;
                package.default_run.as_ref().filter(|_| is_one)
            });
            name.is_none_or(|name| *name == program.name)
        });
        found.extend(named.map(|program| (package, program)));
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(ScanError::NoProgram(choice.clone())),
        several => {
            let names = several
                .iter()
                .map(|(package, program)| (package.name.clone(), program.name.clone()));
            Err(ScanError::SeveralPrograms(names.collect()))
        }
    }
}
