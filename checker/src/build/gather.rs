//! Makes a registry of the records of one build.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use coexist::format::FORMAT;
use foldhash::fast::FixedState;
use semver::Version;

use super::record::{Item, Record, RecordError, RecordReader};
use super::{BuildError, NoRelease, frames};
use crate::registry::{Form, Handler, Registry, Release, Source};

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The package.
    pub package: String,
    /// The item's path.
    pub id: String,
    /// The file in which the item is written, as the compiler named it.
    pub file: String,
}

/// Reads the sections of a program. `file` is its name without an ending; a flag
/// of the user's, `stated`, says which version it is, whatever the records say.
pub fn read_records(
    sections: &[Vec<u8>],
    file: &str,
    stated: Option<&Version>,
) -> Result<Registry, BuildError> {
    let mut gathered = Gathered::default();
    for_each(sections, |record| gathered.add(record))?;
    if gathered.seen.is_empty() {
        return Err(BuildError::EmptySection);
    }
    let mut registry = gathered.finish(file, stated)?;
    registry.validate()?;
    registry.sort();
    Ok(registry)
}

/// Where the handlers and forms in the sections of a program come from.
pub fn read_linked(sections: &[Vec<u8>]) -> Result<Vec<Linked>, BuildError> {
    let mut linked = Vec::new();
    for_each(sections, |record| {
        let (id, source) = match record.item {
            Item::Handler(Handler { id, source, .. }) | Item::Form(Form { id, source, .. }) => {
                (id, source)
            }
            Item::Release(..) => return,
        };
        let file = source.map(|source| source.file).unwrap_or_default();
        linked.push(Linked { package: record.package.into_owned(), id, file });
    })?;
    Ok(linked)
}

fn for_each(
    sections: &[Vec<u8>],
    mut take: impl FnMut(Record<'_>),
) -> Result<(), BuildError> {
    let mut reader = RecordReader::default();
    for section in sections {
        for (position, json) in frames(section)?.into_iter().enumerate() {
            reader.read(json, &mut take).map_err(|error| match error {
                RecordError::Newer(found) => BuildError::NewerRecord { found, known: FORMAT },
                RecordError::Wrong(message) => BuildError::Record { number: position + 1, message },
            })?;
        }
    }
    Ok(())
}

/// What makes a record the same as another: the package, by its place in the list,
/// the item and its line.
type Identity = (usize, String, u32);

#[derive(Default)]
struct Gathered {
    /// Names and versions.
    packages: Vec<(String, String)>,
    seen: HashSet<Identity, FixedState>,
    handlers: Vec<Handler>,
    forms: Vec<Form>,
    releases: Vec<(Release, Option<Source>)>,
}

impl Gathered {
    /// Adds a record, unless it is there: a crate may be linked twice, as the
    /// library that a test target tests and as that library's own dependency.
    fn add(&mut self, record: Record<'_>) {
        let (id, source) = match &record.item {
            Item::Handler(handler) => (handler.id.clone(), &handler.source),
            Item::Form(form) => (form.id.clone(), &form.source),
            Item::Release(_, source) => (String::new(), source),
        };
        let line = source.as_ref().map_or(0, |source| source.line);
        let package = self.package(&record);
        if !self.seen.insert((package, id, line)) {
            return;
        }
        match record.item {
            Item::Handler(handler) => self.handlers.push(handler),
            Item::Form(form) => self.forms.push(form),
            Item::Release(release, source) => self.releases.push((release, source)),
        }
    }

    /// The place of the record's package in the list.
    fn package(&mut self, record: &Record<'_>) -> usize {
        let is_known = |(name, version): &(String, String)| {
            *name == record.package && *version == record.version
        };
        self.packages.iter().position(is_known).unwrap_or_else(|| {
            self.packages.push((record.package.to_string(), record.version.to_string()));
            self.packages.len() - 1
        })
    }

    fn finish(self, file: &str, stated: Option<&Version>) -> Result<Registry, NoRelease> {
        let release = match (self.stated_release()?, stated) {
            (Some(release), None) => release,
            (Some(release), Some(version)) => Release { version: version.clone(), ..release },
            (None, Some(version)) => Release { name: self.name(file), version: version.clone() },
            (None, None) => Release { name: self.name(file), version: self.agreed_version()? },
        };
        Ok(Registry { release, handlers: self.handlers, forms: self.forms })
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
        let mut all: Vec<String> = all.collect();
        all.sort();
        Err(NoRelease::Several(all.join(", ")))
    }

    /// The packages in the build, with their versions.
    fn by_name(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut packages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, version) in &self.packages {
            packages.entry(name).or_default().insert(version);
        }
        packages
    }

    /// The package that all records name, else the program's file.
    fn name(&self, file: &str) -> String {
        match self.by_name().keys().collect::<Vec<_>>()[..] {
            [one] => (*one).to_owned(),
            _ => file.to_owned(),
        }
    }

    /// The version that all records agree on.
    fn agreed_version(&self) -> Result<Version, NoRelease> {
        let packages = self.by_name();
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
