//! Chooses the program to compare: the one that is given, or the only one.

use std::collections::HashSet;

use cargo_metadata::{Metadata, Package, PackageId, Target};

use super::error::RevisionError;
use super::options::Options;

/// How many names are listed; of more, the others are counted.
const LISTED: usize = 20;

/// A program of a workspace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program {
    /// Its package.
    pub(super) package: String,
    /// Its name.
    pub(super) bin: String,
}

impl Program {
    /// Chooses the program of the working tree, as `cargo run` would: among the
    /// default members of the workspace, unless it is named.
    pub(super) fn choose(metadata: &Metadata, options: &Options) -> Result<Self, RevisionError> {
        let members = members(metadata);
        let packages = match (&options.package, &options.bin) {
            (Some(name), _) => {
                let named = members.iter().filter(|member| member.name == *name);
                let named: Vec<&Package> = named.copied().collect();
                if named.is_empty() {
                    let known = list(members.iter().map(|member| member.name.to_string()));
                    let package = name.clone();
                    return Err(RevisionError::NoPackage { package, known });
                }
                named
            }
            (None, Some(_)) => members,
            (None, None) => default_members(metadata),
        };
        let all: Vec<(&Package, &Target)> = packages.into_iter().flat_map(programs).collect();
        let is_meant = |(package, target): &&(&Package, &Target)| match &options.bin {
            Some(name) => target.name == *name,
            None => package
                .default_run
                .as_ref()
                .is_none_or(|name| target.name == *name),
        };
        let meant: Vec<_> = all.iter().filter(is_meant).collect();
        match meant[..] {
            [(package, target)] => Ok(Self {
                package: package.name.to_string(),
                bin: target.name.clone(),
            }),
            [] => Err(RevisionError::NoProgram {
                wanted: options
                    .bin
                    .as_ref()
                    .map(|name| format!(" `{name}`"))
                    .unwrap_or_default(),
                hint: none_of(&all),
            }),
            [(first, _), ..] => Err(RevisionError::SeveralPrograms {
                known: listed(meant.iter().copied()),
                package: if meant.iter().all(|(package, _)| package.id == first.id) {
                    ""
                } else {
                    " or `--package NAME`"
                },
            }),
        }
    }

    /// Fails if the workspace of a revision does not have the program.
    pub(super) fn require_in(&self, metadata: &Metadata, label: &str) -> Result<(), RevisionError> {
        let members = members(metadata).into_iter();
        let all: Vec<_> = members.flat_map(programs).collect();
        let is_it = |(package, target): &(&Package, &Target)| {
            package.name == self.package && target.name == self.bin
        };
        if all.iter().any(is_it) {
            return Ok(());
        }
        Err(RevisionError::NotThen {
            label: label.to_owned(),
            bin: self.bin.clone(),
            package: self.package.clone(),
            known: if all.is_empty() {
                "no programs".to_owned()
            } else {
                listed(&all)
            },
        })
    }
}

/// The members of a workspace.
fn members(metadata: &Metadata) -> Vec<&Package> {
    packages(metadata, &metadata.workspace_members)
}

/// The members that cargo takes if none is named.
fn default_members(metadata: &Metadata) -> Vec<&Package> {
    packages(metadata, &metadata.workspace_default_members)
}

/// The packages with these IDs. The functions of `cargo_metadata` compare each package with
/// each ID: that grows with the square of the workspace.
fn packages<'a>(metadata: &'a Metadata, ids: &[PackageId]) -> Vec<&'a Package> {
    let ids: HashSet<&PackageId> = ids.iter().collect();
    let packages = metadata.packages.iter();
    packages
        .filter(|package| ids.contains(&package.id))
        .collect()
}

fn programs(package: &Package) -> impl Iterator<Item = (&Package, &Target)> {
    let programs = package.targets.iter().filter(|target| target.is_bin());
    programs.map(move |target| (package, target))
}

fn none_of(all: &[(&Package, &Target)]) -> String {
    if all.is_empty() {
        "Run this in a package that has one, or name the package with `--package NAME`".to_owned()
    } else {
        format!("The programs are {}", listed(all))
    }
}

/// The programs, each with its package if that has another name.
fn listed<'a>(programs: impl IntoIterator<Item = &'a (&'a Package, &'a Target)>) -> String {
    list(programs.into_iter().map(|(package, target)| {
        if package.name == target.name {
            format!("`{}`", target.name)
        } else {
            format!("`{}` in the package `{}`", target.name, package.name)
        }
    }))
}

/// The first names, and how many more there are.
fn list(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn of_many_names_the_first_are_listed() {
        let names = |count: u32| list((0..count).map(|number| format!("`p{number}`")));
        assert_eq!(names(2), "`p0`, `p1`");
        assert!(names(20).ends_with(", `p18`, `p19`"));
        assert!(names(21).ends_with(", `p19`, and 1 more"));
        assert!(names(120_000).ends_with(", `p19`, and 119980 more"));
    }
}
