//! Makes a registry of the records of a program.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::io::{Read, Seek};
use std::sync::Arc;

use coexist::format::FORMAT;
use semver::Version;

use super::distinct::keep_distinct;
use super::error::{BuildError, NoRelease};
use super::record::{Item, Package, Record, RecordError, RecordReader, StatedRelease};
use super::section::Section;
use crate::registry::order::sorted;
use crate::registry::{Form, Handler, Registry, Release, Source};

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The package that the item is in.
    pub package: String,
    /// The item's path.
    pub id: String,
    /// The file in which the item is written, as the compiler named it.
    pub file: String,
}

/// Reads the records in the sections of a program. `name` is that of its file, without its
/// extension; `stated` is the version from a flag, which overrides that of the records.
pub fn read_records(
    file: impl Read + Seek,
    sections: &[Section],
    name: &str,
    stated: Option<&Version>,
) -> Result<Registry, BuildError> {
    Gathered::read(file, sections)?.finish(name, stated)
}

/// Where the handlers and forms of a program come from.
pub fn read_linked(
    file: impl Read + Seek,
    sections: &[Section],
) -> Result<Vec<Linked>, BuildError> {
    let mut linked = Vec::new();
    for_each(file, sections, |record| {
        let (id, source) = match &record.item {
            Item::Handler(handler) => (&handler.id, &handler.source),
            Item::Form(form) => (&form.id, &form.source),
            Item::Release(_) => return,
        };
        let file = source
            .as_ref()
            .map(|source| source.file.clone())
            .unwrap_or_default();
        linked.push(Linked {
            package: record.package.name.into_owned(),
            id: id.clone(),
            file,
        });
    })?;
    Ok(linked)
}

/// Reads the records of the running program: of a test, those of the code that it
/// refers to. Its release is unknown: the version is `0.0.0`.
pub fn read_running() -> Result<Registry, BuildError> {
    let mut gathered = Gathered::default();
    let mut reader = RecordReader::default();
    for (number, record) in (1..).zip(coexist::records()) {
        let record = reader.read(record.json());
        gathered.add(record.map_err(|error| unreadable(error, number))?);
    }
    gathered.finish("test", Some(&Version::new(0, 0, 0)))
}

fn for_each(
    mut file: impl Read + Seek,
    sections: &[Section],
    mut take: impl FnMut(Record<'_>),
) -> Result<(), BuildError> {
    let mut reader = RecordReader::default();
    for section in sections {
        let mut frames = section.frames(&mut file)?;
        let mut number = 1;
        while let Some(json) = frames.next_record()? {
            take(
                reader
                    .read(json)
                    .map_err(|error| unreadable(error, number))?,
            );
            number += 1;
        }
    }
    Ok(())
}

fn unreadable(error: RecordError, number: usize) -> BuildError {
    match error {
        RecordError::Newer(found) => BuildError::NewerRecord {
            found,
            known: FORMAT,
        },
        RecordError::Wrong(message) => BuildError::Record { number, message },
    }
}

/// Handlers and forms.
pub(super) type Items = (Vec<Arc<Handler>>, Vec<Arc<Form>>);

/// What the records of one program say together.
#[derive(Default)]
pub(super) struct Gathered {
    packages: Vec<Package<'static>>,
    /// The place of each package in the list, by its name and its version.
    places: HashMap<String, HashMap<String, usize>>,
    /// Each with the place of its package in the list.
    handlers: Vec<(Arc<Handler>, usize)>,
    forms: Vec<(Arc<Form>, usize)>,
    releases: Vec<StatedRelease>,
}

impl Gathered {
    /// Reads the records in the sections of a program.
    pub(super) fn read(file: impl Read + Seek, sections: &[Section]) -> Result<Self, BuildError> {
        let mut gathered = Self::default();
        for_each(file, sections, |record| gathered.add(record))?;
        Ok(gathered)
    }

    fn add(&mut self, record: Record<'_>) {
        let package = self.place(record.package);
        match record.item {
            Item::Handler(handler) => self.handlers.push((handler, package)),
            Item::Form(form) => self.forms.push((form, package)),
            Item::Release(release) => self.releases.push(release),
        }
    }

    /// The place of a package in the list, to which it is added if it is new.
    fn place(&mut self, package: Package<'_>) -> usize {
        let versions = self.places.get(&*package.name);
        if let Some(place) = versions.and_then(|versions| versions.get(&*package.version)) {
            return *place;
        }
        let place = self.packages.len();
        let (name, version) = (package.name.into_owned(), package.version.into_owned());
        let versions = self.places.entry(name.clone()).or_default();
        versions.insert(version.clone(), place);
        self.packages.push(Package {
            name: Cow::Owned(name),
            version: Cow::Owned(version),
        });
        place
    }

    fn finish(self, name: &str, stated: Option<&Version>) -> Result<Registry, BuildError> {
        if self.is_empty() {
            return Err(BuildError::EmptySection);
        }
        let stated_by_program = self.stated_release()?;
        let routing = stated_by_program.and_then(|program| program.routing);
        let trailing_slash = stated_by_program.and_then(|program| program.trailing_slash);
        let release = match (stated_by_program, stated.cloned()) {
            (Some(program), None) => program.release.clone(),
            (Some(program), Some(version)) => Release {
                name: program.release.name.clone(),
                version,
            },
            (None, Some(version)) => Release {
                name: self.name(name),
                version,
            },
            (None, None) => Release {
                name: self.name(name),
                version: self.agreed_version()?,
            },
        };
        let (handlers, forms) = self.into_items()?;
        let registry = Registry {
            release,
            routing,
            trailing_slash,
            scanned: false,
            handlers,
            forms,
        };
        registry.validate()?;
        Ok(registry)
    }

    /// Whether no record is about a handler or a form.
    pub(super) fn is_empty(&self) -> bool {
        self.handlers.is_empty() && self.forms.is_empty()
    }

    /// The handlers and forms, in order, each once.
    pub(super) fn into_items(self) -> Result<Items, BuildError> {
        let handlers = distinct(self.handlers, Handler::order, |handler| {
            (&handler.id, handler.source.as_ref())
        })?;
        let forms = distinct(self.forms, Form::order, |form| {
            (&form.id, form.source.as_ref())
        })?;
        Ok((handlers, forms))
    }

    /// What `release!()` says.
    pub(super) fn stated_release(&self) -> Result<Option<&StatedRelease>, NoRelease> {
        let Some((first, others)) = self.releases.split_first() else {
            return Ok(None);
        };
        let is_same = |other: &StatedRelease| {
            (&other.release, other.routing, other.trailing_slash)
                == (&first.release, first.routing, first.trailing_slash)
        };
        if others.iter().all(is_same) {
            return Ok(Some(first));
        }
        let all = self.releases.iter().map(|stated| {
            let Release { name, version } = &stated.release;
            let source = stated.source.as_ref();
            let place = source.map_or_else(String::new, |source| format!(" at {source}"));
            format!("{name} {version}{place}")
        });
        let mut all: Vec<String> = all.collect();
        all.sort();
        Err(NoRelease::Several(shortened(&all)))
    }

    /// The package that all records name, else the program's file.
    pub(super) fn name(&self, file: &str) -> String {
        let names: BTreeSet<&str> = self.packages.iter().map(|package| &*package.name).collect();
        match names.iter().collect::<Vec<_>>()[..] {
            [one] => (*one).to_owned(),
            _ => file.to_owned(),
        }
    }

    /// The version that all records agree on.
    pub(super) fn agreed_version(&self) -> Result<Version, NoRelease> {
        let versions: BTreeSet<&str> = self
            .packages
            .iter()
            .map(|package| &*package.version)
            .collect();
        let agreed = match versions.iter().collect::<Vec<_>>()[..] {
            [one] => Version::parse(one).ok(),
            _ => None,
        };
        agreed.ok_or_else(|| {
            let mut all: Vec<String> = self
                .packages
                .iter()
                .map(|package| format!("{} {}", package.name, package.version))
                .collect();
            all.sort();
            NoRelease::Disagree(shortened(&all))
        })
    }
}

/// How many packages or programs a message names at most.
const NAMED: usize = 20;

/// A list for a message; of a long one, the rest is counted.
pub(super) fn shortened(all: &[String]) -> String {
    match all.split_at_checked(NAMED) {
        Some((named, others)) if !others.is_empty() => {
            format!("{} and {} more", named.join(", "), others.len())
        }
        _ => all.join(", "),
    }
}

/// The items in order. A crate may be linked twice, as the library that a test target tests
/// and as that library's own dependency: what is equal is one item. What differs is kept,
/// even at one place: a macro that annotates methods of two types writes two items of one id
/// and line.
fn distinct<T: PartialEq>(
    items: Vec<(Arc<T>, usize)>,
    order: fn(&T, &T) -> Ordering,
    place: fn(&T) -> (&str, Option<&Source>),
) -> Result<Vec<Arc<T>>, BuildError> {
    let items = sorted(
        items,
        |(item, _)| place(item).0,
        |(a, a_package), (b, b_package)| order(a, b).then(a_package.cmp(b_package)),
    );
    let items = keep_distinct(
        items,
        |(a, a_package), (b, b_package)| a_package == b_package && order(a, b).is_eq(),
        |(a, _), (b, _)| a == b,
        |(item, _)| match place(item) {
            (id, Some(source)) => format!("{id}` at `{source}"),
            (id, None) => id.to_owned(),
        },
    )?;
    Ok(items.into_iter().map(|(item, _)| item).collect())
}
