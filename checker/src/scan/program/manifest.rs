//! Reads the manifests of a workspace as cargo does, as far as a scan needs them: the packages,
//! their targets, and which of them depends on which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::scan::tree::{Tree, normal};

/// How many packages a workspace may have.
const MAX_PACKAGES: usize = 5_000;

/// The packages of a workspace.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// By their folders.
    pub(crate) packages: BTreeMap<PathBuf, Package>,
}

/// A package.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Its name.
    pub(crate) name: String,
    /// Its version, as it is written; empty: none is.
    pub(crate) version: String,
    /// The root file of its library, and the library's name.
    pub(crate) library: Option<Target>,
    /// Its programs.
    pub(crate) programs: Vec<Target>,
    /// The program that cargo runs if none is named.
    pub(crate) default_run: Option<String>,
    /// What it depends on, by the names that its code uses.
    pub(crate) dependencies: BTreeMap<String, Dependency>,
    /// What its build script depends on.
    pub(crate) build_dependencies: Vec<String>,
    /// Its features, each with what it turns on.
    pub(crate) features: BTreeMap<String, Vec<String>>,
}

/// A crate of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its name, as cargo calls it.
    pub(crate) name: String,
    /// Its root file.
    pub(crate) root: PathBuf,
}

/// A dependency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The name of the package.
    pub(crate) package: String,
    /// The folder of the package, if it is one of the tree.
    pub(crate) folder: Option<PathBuf>,
    /// The first number of its version, and the second one.
    pub(crate) version: Option<(u64, u64)>,
    /// The features that are asked for.
    pub(crate) features: Vec<String>,
    /// Whether its default features are on.
    pub(crate) has_default_features: bool,
}

impl Workspace {
    /// Reads the workspace whose root is the tree's.
    ///
    /// # Errors
    ///
    /// If a manifest cannot be read, with its path.
    pub(crate) fn read(tree: &dyn Tree) -> Result<Self, String> {
        let root = table(tree, Path::new(""))?.ok_or("Cargo.toml: there is no such file")?;
        let own = root.get("workspace").and_then(Value::as_table);
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        if root.contains_key("package") {
            folders.insert(PathBuf::new());
        }
        let patterns = |key: &str| -> Vec<String> {
            let list = own.and_then(|own| own.get(key)).and_then(Value::as_array);
            let texts = list.into_iter().flatten().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        };
        for pattern in patterns("members") {
            folders.extend(matching(tree, &pattern));
        }
        for pattern in patterns("exclude") {
            for excluded in matching(tree, &pattern) {
                folders.retain(|folder| !folder.starts_with(&excluded));
            }
        }
        let mut workspace = Self::default();
        // What a member depends on by its path is a member as well.
        while let Some(folder) = folders.pop_first() {
            if workspace.packages.contains_key(&folder) {
                continue;
            }
            if workspace.packages.len() >= MAX_PACKAGES {
                return Err(format!(
                    "the workspace has more than {MAX_PACKAGES} packages"
                ));
            }
            let Some(manifest) = table(tree, &folder)? else {
                continue;
            };
            if let Some(package) = Package::new(&manifest, &folder, own, tree) {
                let by_path = package.dependencies.values();
                folders.extend(by_path.filter_map(|dependency| dependency.folder.clone()));
                workspace.packages.insert(folder, package);
            }
        }
        Ok(workspace)
    }
}

impl Package {
    fn new(
        manifest: &Table,
        folder: &Path,
        workspace: Option<&Table>,
        tree: &dyn Tree,
    ) -> Option<Self> {
        let own = manifest.get("package")?.as_table()?;
        let name = own.get("name")?.as_str()?.to_owned();
        let inherited = |key: &str| {
            let shared = workspace?.get("package")?.as_table()?;
            shared.get(key)?.as_str()
        };
        let version = match own.get("version") {
            Some(Value::String(version)) => Some(&**version),
            Some(_) => inherited("version"),
            None => None,
        };
        let features = manifest.get("features").and_then(Value::as_table);
        let features = features.into_iter().flatten().map(|(name, on)| {
            let on = on.as_array().into_iter().flatten();
            let on = on.filter_map(Value::as_str).map(str::to_owned);
            (name.clone(), on.collect())
        });
        Some(Self {
            folder: folder.to_owned(),
            version: version.unwrap_or_default().to_owned(),
            library: library(manifest, folder, &name, tree),
            programs: programs(manifest, folder, &name, tree),
            default_run: own
                .get("default-run")
                .and_then(Value::as_str)
                .map(str::to_owned),
            dependencies: dependencies(manifest, folder, workspace),
            build_dependencies: manifest
                .get("build-dependencies")
                .and_then(Value::as_table)
                .into_iter()
                .flatten()
                .map(|(name, _)| name.replace('-', "_"))
                .collect(),
            features: features.collect(),
            name,
        })
    }
}

fn table(tree: &dyn Tree, folder: &Path) -> Result<Option<Table>, String> {
    let path = folder.join("Cargo.toml");
    let shown = crate::support::visible::path(&path);
    let text = tree
        .read(&path)
        .map_err(|error| format!("{shown}: {error}"))?;
    let Some(text) = text else { return Ok(None) };
    let table = text.text.parse::<Table>();
    let message = |error: toml::de::Error| {
        let line = error.span().map_or(1, |span| {
            let before = text.text.get(..span.start).unwrap_or_default();
            before.matches('\n').count() + 1
        });
        format!("{shown}:{line}: {}", error.message())
    };
    table.map(Some).map_err(message)
}

/// The folders that a pattern of `members` means: `crates/*`, `apps/**`.
fn matching(tree: &dyn Tree, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let mut next = Vec::new();
        for folder in found {
            match part {
                "**" => folders_below(tree, &folder, 0, &mut next),
                ".." => next.extend(folder.parent().map(Path::to_owned)),
                _ if part.contains(['*', '?', '[']) => {
                    let names = tree.list(&folder).into_iter();
                    let names = names.filter(|name| !name.starts_with('.') && fits(part, name));
                    next.extend(names.map(|name| folder.join(name)));
                }
                _ => next.push(folder.join(part)),
            }
        }
        found = next;
    }
    found.retain(|folder| tree.is_file(&folder.join("Cargo.toml")));
    found
}

fn folders_below(tree: &dyn Tree, folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if depth > 8 || found.len() > MAX_PACKAGES {
        return;
    }
    found.push(folder.to_owned());
    for name in tree.list(folder) {
        if !name.starts_with('.') && name != "target" {
            folders_below(tree, &folder.join(name), depth + 1, found);
        }
    }
}

/// Whether a name fits a pattern with `*` and `?`.
fn fits(pattern: &str, name: &str) -> bool {
    let mut expected = String::from("^");
    for c in pattern.chars() {
        match c {
            '*' => expected.push_str("[^/]*"),
            '?' => expected.push('.'),
            c => expected.push_str(&regex::escape(&c.to_string())),
        }
    }
    expected.push('$');
    regex::Regex::new(&expected).is_ok_and(|expected| expected.is_match(name))
}

fn text<'v>(table: Option<&'v Value>, key: &str) -> Option<&'v str> {
    table?.get(key)?.as_str()
}

fn library(manifest: &Table, folder: &Path, package: &str, tree: &dyn Tree) -> Option<Target> {
    let own = manifest.get("lib");
    let root = folder.join(text(own, "path").unwrap_or("src/lib.rs"));
    let is_macro = own.and_then(|own| own.get("proc-macro"));
    let is_macro = is_macro.and_then(Value::as_bool).unwrap_or_default();
    let target = Target {
        name: text(own, "name").unwrap_or(package).replace('-', "_"),
        root: normal(&root)?,
    };
    (!is_macro && tree.is_file(&target.root)).then_some(target)
}

fn programs(manifest: &Table, folder: &Path, package: &str, tree: &dyn Tree) -> Vec<Target> {
    let mut programs: Vec<Target> = Vec::new();
    let mut add = |name: &str, root: PathBuf| {
        let is_known = programs
            .iter()
            .any(|known| known.root == root || known.name == name);
        if !is_known && tree.is_file(&root) {
            let name = name.to_owned();
            programs.push(Target { name, root });
        }
    };
    let usual = |name: &str| {
        let own = folder.join("src/bin").join(format!("{name}.rs"));
        let in_folder = folder.join("src/bin").join(name).join("main.rs");
        let found = [own, in_folder].into_iter().find(|root| tree.is_file(root));
        found.unwrap_or_else(|| folder.join("src/main.rs"))
    };
    let stated = manifest.get("bin").and_then(Value::as_array);
    for stated in stated.into_iter().flatten() {
        let Some(name) = text(Some(stated), "name") else {
            continue;
        };
        let root = match text(Some(stated), "path") {
            Some(path) => normal(&folder.join(path)),
            None => Some(usual(name)),
        };
        if let Some(root) = root {
            add(name, root);
        }
    }
    let package_table = manifest.get("package");
    let finds_itself = package_table.and_then(|own| own.get("autobins"));
    if finds_itself.and_then(Value::as_bool) == Some(false) {
        return programs;
    }
    add(package, folder.join("src/main.rs"));
    let bin = folder.join("src/bin");
    for entry in tree.list(&bin) {
        match entry.strip_suffix(".rs") {
            Some(name) => add(name, bin.join(&entry)),
            None => add(&entry, bin.join(&entry).join("main.rs")),
        }
    }
    programs
}

fn dependencies(
    manifest: &Table,
    folder: &Path,
    workspace: Option<&Table>,
) -> BTreeMap<String, Dependency> {
    let shared = workspace.and_then(|own| own.get("dependencies"));
    let mut dependencies = BTreeMap::new();
    let mut tables: Vec<&Table> = Vec::new();
    tables.extend(manifest.get("dependencies").and_then(Value::as_table));
    let targets = manifest.get("target").and_then(Value::as_table);
    for (_, target) in targets.into_iter().flatten() {
        tables.extend(target.get("dependencies").and_then(Value::as_table));
    }
    for (name, stated) in tables.into_iter().flatten() {
        let is_shared = stated.get("workspace").and_then(Value::as_bool) == Some(true);
        // What the workspace says is relative to its own folder.
        let (source, base) = if is_shared {
            (shared.and_then(|shared| shared.get(name)), Path::new(""))
        } else {
            (Some(stated), folder)
        };
        let path = text(source, "path").and_then(|path| normal(&base.join(path)));
        let version = source.and_then(|source| match source {
            Value::String(version) => Some(&**version),
            other => other.get("version")?.as_str(),
        });
        let features = [Some(stated), source.filter(|_| is_shared)];
        let features = features.into_iter().flatten();
        let features = features.filter_map(|one| one.get("features")?.as_array());
        let features = features.flatten().filter_map(Value::as_str);
        let is_on = |of: &Value| of.get("default-features").and_then(Value::as_bool);
        let package = text(source, "package").unwrap_or(name).to_owned();
        let dependency = Dependency {
            package,
            folder: path,
            version: version.and_then(numbers),
            features: features.map(str::to_owned).collect(),
            has_default_features: is_on(stated).or(source.and_then(is_on)) != Some(false),
        };
        dependencies.insert(name.replace('-', "_"), dependency);
    }
    dependencies
}

/// The first two numbers of a requirement: of `^0.7.4`, 0 and 7.
fn numbers(version: &str) -> Option<(u64, u64)> {
    let version = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let first = parts.next()?.parse().ok()?;
    let second = parts.next().and_then(|part| part.parse().ok());
    Some((first, second.unwrap_or_default()))
}
