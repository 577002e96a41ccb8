//! Makes registries of the records of programs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::thread;

use coexist::format::FORMAT;
use foldhash::fast::FixedState;
use semver::Version;

use super::record::{Item, Package, Record, RecordError, RecordReader, fields_of};
use super::{BuildError, NoRelease, frames};
use crate::registry::{Form, Handler, Registry, Release, Source};

/// A program whose section has been read.
#[derive(Debug)]
pub struct Program {
    /// The name of its file, without an ending.
    pub name: String,
    /// The bytes of its section, for each architecture in it.
    pub sections: Vec<Vec<u8>>,
    /// The version that a flag of the user's gives it, whatever its records say.
    pub stated: Option<Version>,
}

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

/// Reads the records of programs. Two builds of one app have most of theirs in
/// common: each is read once, and shared.
pub fn read_programs<const N: usize>(programs: [&Program; N]) -> [Result<Registry, BuildError>; N] {
    let framed = programs.map(|program| {
        let frames = program.sections.iter().map(|section| frames(section));
        frames
            .collect::<Result<Vec<_>, _>>()
            .map(|frames| frames.concat())
    });
    let distinct: HashSet<&[u8], FixedState> = framed.iter().flatten().flatten().copied().collect();
    let records = read_distinct(&distinct);
    let mut programs = programs.into_iter();
    framed.map(|frames| {
        let frames = frames?;
        let mut gathered = Gathered::default();
        for (position, json) in frames.into_iter().enumerate() {
            match &records[json] {
                Ok(record) => gathered.add(record),
                Err(error) => return Err(unreadable(error, position + 1)),
            }
        }
        gathered.finish(programs.next())
    })
}

/// Where the handlers and forms of a program come from.
pub fn read_linked(program: &Program) -> Result<Vec<Linked>, BuildError> {
    let mut reader = RecordReader::default();
    let mut linked = Vec::new();
    for section in &program.sections {
        for (position, json) in frames(section)?.into_iter().enumerate() {
            let record = reader
                .read(json)
                .map_err(|error| unreadable(&error, position + 1))?;
            let (id, source) = match &record.item {
                Item::Handler(handler) => (&handler.id, &handler.source),
                Item::Form(form) => (&form.id, &form.source),
                Item::Release(..) => continue,
            };
            linked.push(Linked {
                package: record.package.name.clone(),
                id: id.clone(),
                file: source
                    .as_ref()
                    .map(|source| source.file.clone())
                    .unwrap_or_default(),
            });
        }
    }
    Ok(linked)
}

type Records<'a> = HashMap<&'a [u8], Result<Record, RecordError>, FixedState>;

/// Reads each record, on two threads. Records with the same list of fields go to
/// the same one, where that list is read once.
fn read_distinct<'a>(distinct: &HashSet<&'a [u8], FixedState>) -> Records<'a> {
    const WORTH_A_THREAD: usize = 1000;
    let hasher = FixedState::default();
    let (one, other): (Vec<&[u8]>, Vec<&[u8]>) = distinct.iter().partition(|json| {
        distinct.len() < WORTH_A_THREAD || hasher.hash_one(fields_of(json)) % 2 == 0
    });
    let read = |part: Vec<&'a [u8]>| {
        let mut reader = RecordReader::default();
        part.into_iter()
            .map(|json| (json, reader.read(json)))
            .collect::<Vec<_>>()
    };
    let (one, other) = thread::scope(|scope| {
        let one = (!one.is_empty()).then(|| scope.spawn(|| read(one)));
        let other = read(other);
        // A panic in there is a bug of ours, and goes on as one here.
        let one = one.map(|one| {
            one.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        (one.unwrap_or_default(), other)
    });
    one.into_iter().chain(other).collect()
}

fn unreadable(error: &RecordError, number: usize) -> BuildError {
    match error {
        RecordError::Newer(found) => BuildError::NewerRecord {
            found: *found,
            known: FORMAT,
        },
        RecordError::Wrong(message) => BuildError::Record {
            number,
            message: message.clone(),
        },
    }
}

/// What the records of one program say together.
#[derive(Default)]
struct Gathered<'r> {
    packages: BTreeSet<&'r Package>,
    /// What makes a record the same as another: package, item and line.
    seen: HashSet<(&'r Package, &'r str, u32), FixedState>,
    handlers: Vec<Arc<Handler>>,
    forms: Vec<Arc<Form>>,
    releases: Vec<(&'r Release, &'r Option<Source>)>,
}

impl<'r> Gathered<'r> {
    /// Adds a record, unless it is there: a crate may be linked twice, as the
    /// library that a test target tests and as that library's own dependency.
    fn add(&mut self, record: &'r Record) {
        let (id, source) = match &record.item {
            Item::Handler(handler) => (handler.id.as_str(), &handler.source),
            Item::Form(form) => (form.id.as_str(), &form.source),
            Item::Release(_, source) => ("", source),
        };
        let line = source.as_ref().map_or(0, |source| source.line);
        if !self.seen.insert((&record.package, id, line)) {
            return;
        }
        self.packages.insert(&record.package);
        match &record.item {
            Item::Handler(handler) => self.handlers.push(Arc::clone(handler)),
            Item::Form(form) => self.forms.push(Arc::clone(form)),
            Item::Release(release, source) => self.releases.push((release, source)),
        }
    }

    fn finish(self, program: Option<&Program>) -> Result<Registry, BuildError> {
        if self.seen.is_empty() {
            return Err(BuildError::EmptySection);
        }
        let file = program.map_or("", |program| &program.name);
        let stated = program.and_then(|program| program.stated.clone());
        let release = match (self.stated_release()?, stated) {
            (Some(release), None) => release.clone(),
            (Some(release), Some(version)) => Release {
                name: release.name.clone(),
                version,
            },
            (None, Some(version)) => Release {
                name: self.name(file),
                version,
            },
            (None, None) => Release {
                name: self.name(file),
                version: self.agreed_version()?,
            },
        };
        let mut registry = Registry {
            release,
            handlers: self.handlers,
            forms: self.forms,
        };
        registry.validate()?;
        registry.sort();
        Ok(registry)
    }

    /// What `release!()` says.
    fn stated_release(&self) -> Result<Option<&'r Release>, NoRelease> {
        let Some(((first, _), others)) = self.releases.split_first() else {
            return Ok(None);
        };
        if others.iter().all(|(other, _)| other == first) {
            return Ok(Some(first));
        }
        let all = self.releases.iter().map(|(release, source)| {
            let place = source
                .as_ref()
                .map(|source| format!(" at {source}"))
                .unwrap_or_default();
            format!("{} {}{place}", release.name, release.version)
        });
        let mut all: Vec<String> = all.collect();
        all.sort();
        Err(NoRelease::Several(all.join(", ")))
    }

    /// The package that all records name, else the program's file.
    fn name(&self, file: &str) -> String {
        let names: BTreeSet<&str> = self
            .packages
            .iter()
            .map(|package| package.name.as_str())
            .collect();
        match names.iter().collect::<Vec<_>>()[..] {
            [one] => (*one).to_owned(),
            _ => file.to_owned(),
        }
    }

    /// The version that all records agree on.
    fn agreed_version(&self) -> Result<Version, NoRelease> {
        let mut by_version: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
        for package in &self.packages {
            by_version
                .entry(&package.version)
                .or_default()
                .push(package);
        }
        let agreed = match by_version.keys().collect::<Vec<_>>()[..] {
            [one] => Version::parse(one).ok(),
            _ => None,
        };
        agreed.ok_or_else(|| {
            let all = self
                .packages
                .iter()
                .map(|package| format!("{} {}", package.name, package.version));
            NoRelease::Disagree(all.collect::<Vec<_>>().join(", "))
        })
    }
}
