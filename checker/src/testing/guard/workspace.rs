//! Compares a build with the sources of the workspace: rustc does not link a crate that no
//! code names, so that its annotations are missing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cargo_metadata::camino::Utf8Path;
use cargo_metadata::{DependencyKind, Metadata, Package, Target};

use super::Guard;
use super::annotated::{Annotated, find_in_crate};
use crate::artifact::Linked;
use crate::support::text::{item_name, plural};

/// Annotations of the sources that are not in the build, as a text; empty if all
/// are there.
pub(super) fn missing(
    guard: &Guard,
    metadata: &Metadata,
    linked: &[Linked],
) -> Result<String, String> {
    let manifest = guard.manifest_dir.join("Cargo.toml");
    let packages = reached(metadata, &manifest)?;
    let mut by_package: HashMap<&str, Vec<&Linked>> = HashMap::new();
    for linked in linked {
        by_package.entry(&linked.package).or_default().push(linked);
    }
    let mut text = String::new();
    for (position, package) in packages.iter().enumerate() {
        let linked = by_package.get(package.name.as_str());
        let linked = LinkedItems::new(linked.map_or(&[], Vec::as_slice), metadata);
        let mut missing = Vec::new();
        let mut count = 0;
        for root in roots(package, position == 0, guard, &linked)? {
            let annotated = find_in_crate(root.src_path.as_std_path())?;
            count += annotated.len();
            missing.extend(
                annotated
                    .into_iter()
                    .filter(|annotated| !linked.holds(annotated)),
            );
        }
        if missing.is_empty() {
            continue;
        }
        let is_all = missing.len() == count && position > 0;
        describe(
            package,
            &missing,
            is_all,
            metadata.workspace_root.as_std_path(),
            &mut text,
        );
    }
    Ok(text)
}

/// The package, then the members of the workspace that it depends on.
///
/// What is optional, or for some targets only, may rightly be absent.
fn reached<'m>(metadata: &'m Metadata, manifest: &Path) -> Result<Vec<&'m Package>, String> {
    let by_folder: BTreeMap<Option<&Utf8Path>, &Package> = metadata
        .packages
        .iter()
        .map(|package| (package.manifest_path.parent(), package))
        .collect();
    let own = metadata
        .packages
        .iter()
        .find(|package| is_same(package.manifest_path.as_std_path(), manifest));
    let own =
        own.ok_or_else(|| format!("{}: cargo does not know this package", manifest.display()))?;
    let mut reached = vec![own];
    let mut known = HashSet::from([&own.id]);
    let mut next = 0;
    while next < reached.len() {
        let dependencies = reached[next].dependencies.iter().filter(|dependency| {
            dependency.kind == DependencyKind::Normal
                && !dependency.optional
                && dependency.target.is_none()
        });
        for dependency in dependencies {
            let member = dependency
                .path
                .as_deref()
                .and_then(|path| by_folder.get(&Some(path)));
            if let Some(member) = member
                && known.insert(&member.id)
            {
                reached.push(member);
            }
        }
        next += 1;
    }
    Ok(reached)
}

/// The crates of a package that belong to the build: its library, and the program that the
/// guard looks at, if it is the guarded package.
fn roots<'p>(
    package: &'p Package,
    is_guarded: bool,
    guard: &Guard,
    linked: &LinkedItems,
) -> Result<Vec<&'p Target>, String> {
    let is_library = |target: &&Target| {
        !target.is_bin()
            && !target.is_test()
            && !target.is_example()
            && !target.is_bench()
            && !target.is_custom_build()
            && !target.is_proc_macro()
    };
    let mut roots: Vec<&Target> = package.targets.iter().filter(is_library).collect();
    if !is_guarded {
        return Ok(roots);
    }
    let programs: Vec<&Target> = package
        .targets
        .iter()
        .filter(|target| target.is_bin())
        .collect();
    if let Some(program) = guard.program {
        let name = Path::new(program)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        roots.extend(programs.into_iter().filter(|target| target.name == name));
        return Ok(roots);
    }
    // The test program: of several programs, the one whose test it is shows by the
    // records that are there.
    let is_only = programs.len() == 1;
    for program in programs {
        let annotated = find_in_crate(program.src_path.as_std_path())?;
        if is_only || annotated.iter().any(|annotated| linked.holds(annotated)) {
            roots.push(program);
        }
    }
    Ok(roots)
}

/// The annotated items of one package that are in the build.
struct LinkedItems(HashSet<(PathBuf, String)>);

impl LinkedItems {
    fn new(linked: &[&Linked], metadata: &Metadata) -> Self {
        let root = metadata.workspace_root.as_std_path();
        let items = linked.iter().map(|linked| {
            let file = root.join(&linked.file);
            (real(&file), item_name(&linked.id).to_owned())
        });
        Self(items.collect())
    }

    fn holds(&self, annotated: &Annotated) -> bool {
        self.0
            .contains(&(real(&annotated.file), annotated.name.clone()))
    }
}

fn describe(
    package: &Package,
    missing: &[Annotated],
    is_all: bool,
    root: &Path,
    text: &mut String,
) {
    let name = &package.name;
    let annotations = plural(missing.len(), "annotation");
    let _infallible = if is_all {
        writeln!(
            text,
            "the workspace crate `{name}` has {annotations}, but none of them is in this \
             build.\nrustc does not link a crate that no code names. Name it, for example in \
             `src/main.rs`:\n\n    use {} as _;\n",
            name.replace('-', "_"),
        )
    } else {
        writeln!(
            text,
            "{annotations} of the package `{name}` are not in the build that the guard read.\nIf \
             another program of the package contains them, check that program: \
             `guard!(bin = \"its-name\")`.\n",
        )
    };
    for Annotated { file, line, name } in missing {
        let file = file.strip_prefix(root).unwrap_or(file);
        let _infallible = writeln!(text, "    `{name}` at {}:{line}", file.display());
    }
}

pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    real(one) == real(other)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
