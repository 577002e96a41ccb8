//! Makes a registry of the records of one build.

use std::collections::{BTreeMap, BTreeSet};

use coexist::format::FORMAT;
use semver::Version;

use super::record::{Item, Record, RecordError};
use super::{BuildError, NoRelease, frames};
use crate::registry::{Handler, Form, Registry, Release, Source};

/// A registry, and which packages its items come from.
#[derive(Clone, Debug)]
pub struct Build {
    /// What is judged.
    pub registry: Registry,
    /// Every record that reached the build; empty for a snapshot.
    pub linked: Vec<Linked>,
}

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Linked {
    /// The package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// The item's path; of `release!()` none.
    pub id: String,
    /// Where the item is written.
    pub source: Option<Source>,
}

/// Reads the sections of a program. `file` is its name without an ending; a flag
/// of the user's, `stated`, says which version it is, whatever the records say.
pub fn read_records(
    sections: &[Vec<u8>],
    file: &str,
    stated: Option<&Version>,
) -> Result<Build, BuildError> {
    let mut gathered = Gathered::default();
    for section in sections {
        for (position, json) in frames(section)?.into_iter().enumerate() {
            let record = Record::read(json).map_err(|error| match error {
                RecordError::Newer(found) => BuildError::NewerRecord { found, known: FORMAT },
                RecordError::Wrong(message) => BuildError::Record { number: position + 1, message },
            })?;
            gathered.add(record);
        }
    }
    if gathered.linked.is_empty() {
        return Err(BuildError::EmptySection);
    }
    gathered.finish(file, stated)
}

#[derive(Default)]
struct Gathered {
    linked: BTreeSet<Linked>,
    handlers: Vec<Handler>,
    forms: Vec<Form>,
    releases: Vec<(Release, Option<Source>)>,
}

impl Gathered {
    /// Adds a record, unless it is there: a crate may be linked twice, as the
    /// library that a test target tests and as that library's own dependency.
    fn add(&mut self, record: Record<'_>) {
        let (id, source) = match &record.item {
            Item::Handler(handler) => (handler.id.clone(), handler.source.clone()),
            Item::Form(form) => (form.id.clone(), form.source.clone()),
            Item::Release(_, source) => (String::new(), source.clone()),
        };
        let package = record.package.into_owned();
        let version = record.version.into_owned();
        if !self.linked.insert(Linked { package, version, id, source }) {
            return;
        }
        match record.item {
            Item::Handler(handler) => self.handlers.push(handler),
            Item::Form(form) => self.forms.push(form),
            Item::Release(release, source) => self.releases.push((release, source)),
        }
    }

    fn finish(self, file: &str, stated: Option<&Version>) -> Result<Build, BuildError> {
        let mut release = match (self.stated_release()?, stated) {
            (Some(release), _) => release,
            (None, Some(version)) => Release { name: self.name(file), version: version.clone() },
            (None, None) => Release { name: self.name(file), version: self.agreed_version()? },
        };
        if let Some(version) = stated {
            release.version = version.clone();
        }
        let Self { linked, handlers, forms, .. } = self;
        let mut registry = Registry { release, handlers, forms };
        registry.validate()?;
        registry.sort();
        Ok(Build { registry, linked: linked.into_iter().collect() })
    }

    /// What `release!()` says.
    fn stated_release(&self) -> Result<Option<Release>, NoRelease> {
        let Some(((first, _), others)) = self.releases.split_first() else { return Ok(None) };
        if others.iter().all(|(other, _)| other == first) {
            return Ok(Some(first.clone()));
        }
        let all = self.releases.iter().map(|(release, source)| {
            let place = source.as_ref().map(|source| format!(" at {source}")).unwrap_or_default();
            format!("{} {}{place}", release.name, release.version)
        });
        Err(NoRelease::Several(all.collect::<Vec<_>>().join(", ")))
    }

    /// The package that all records name, else the program's file.
    fn name(&self, file: &str) -> String {
        let packages: BTreeSet<&str> =
            self.linked.iter().map(|linked| linked.package.as_str()).collect();
        match packages.iter().collect::<Vec<_>>()[..] {
            [one] => (*one).to_owned(),
            _ => file.to_owned(),
        }
    }

    /// The version that all records agree on.
    fn agreed_version(&self) -> Result<Version, NoRelease> {
        let packages: BTreeMap<&str, BTreeSet<&str>> =
            self.linked.iter().fold(BTreeMap::new(), |mut packages, linked| {
                packages.entry(&linked.package).or_default().insert(&linked.version);
                packages
            });
        let versions: BTreeSet<&str> = packages.values().flatten().copied().collect();
        let agreed = match versions.iter().collect::<Vec<_>>()[..] {
            [one] => Version::parse(one).ok(),
            _ => None,
        };
        agreed.ok_or_else(|| {
            let all = packages.iter().flat_map(|(package, versions)| {
                versions.iter().map(move |version| format!("{package} {version}"))
            });
            NoRelease::Disagree(all.collect::<Vec<_>>().join(", "))
        })
    }
}
