//! Every file that a template is made of, parsed, and which file each `extends`,
//! `include` and `import` in them means.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::budget::{FILE, FILES};
use super::error::{Engine, Error};
use super::files::{Files, plain};
use super::tree::{Kind, Node, Parameter};
#[cfg(feature = "templates")]
use super::tree::{Macro, More};
use crate::form::Place;

/// What an engine has of its own: where it looks for a template, and what it makes of its text.
pub(crate) trait Dialect {
    /// Which engine it is.
    fn engine(&self) -> Engine;

    /// The files that a name may mean, in the order in which they are tried.
    fn candidates(&self, name: &str, beside: Option<&Path>) -> Vec<PathBuf>;

    /// The directories in which these files are.
    fn folders(&self, beside: Option<&Path>) -> Vec<PathBuf>;

    /// What of the text of a file is the page.
    fn page<'t>(&self, text: &'t str) -> &'t str;

    /// Reads a text that begins at this place.
    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error>;

    /// Whether what is put into the template is escaped, which has this name, and is this file.
    fn escapes(&self, name: &str, path: &Path) -> bool;

    /// What ends an expression, and what ends a block's tag.
    fn ends(&self) -> [String; 2];

    /// The names of the templates in which components may stand.
    fn components(&self) -> &[String] {
        &[]
    }
}

/// What a file holds.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) nodes: Vec<Node>,
    /// What the template is called with.
    pub(crate) parameters: Vec<Parameter>,
    /// It uses components, which may stand in any template.
    pub(crate) uses_components: bool,
}

/// A text that is not a file of its own: a literal in a source.
pub(crate) struct Text<'t> {
    pub(crate) text: &'t str,
    /// Where it begins.
    pub(crate) place: Place,
}

/// The files, by their path. That of a text is empty.
pub(crate) struct Loaded {
    files: BTreeMap<PathBuf, File>,
    /// The file that was asked for.
    first: PathBuf,
    /// Whatever cannot be followed is an error: the engine does not compile it.
    pub(crate) is_strict: bool,
    /// What renders them.
    #[cfg(feature = "templates")]
    pub(crate) engine: Engine,
    /// The file of each component.
    #[cfg(feature = "templates")]
    components: HashMap<String, PathBuf>,
}

/// One file.
pub(crate) struct File {
    /// Its path.
    pub(crate) path: PathBuf,
    /// Its name in messages.
    pub(crate) name: String,
    text: Arc<str>,
    pub(crate) nodes: Vec<Node>,
    /// Which of its nodes define which macros.
    #[cfg(feature = "templates")]
    macros: HashMap<String, usize>,
    /// What it is called with.
    pub(crate) parameters: Vec<Parameter>,
    /// Where its lines end.
    line_ends: Vec<usize>,
    /// The number of its first line.
    first_line: u32,
    /// What ends an expression in it, and what ends a block's tag.
    pub(crate) ends: [String; 2],
    /// Whether what is put into it is escaped.
    pub(crate) html: bool,
    /// The files that it asks for, by the path as it is written; or why there is none.
    links: HashMap<String, Result<PathBuf, String>>,
}

/// Loads the template of this name, and those that it leads to. `text`: what it holds, if it is
/// no file. `root`: the directory from which messages see the files.
pub(crate) fn load(
    dialect: &dyn Dialect,
    files: &dyn Files,
    root: &Path,
    name: &str,
    text: Option<Text<'_>>,
) -> Result<Loaded, Error> {
    let mut loader = Loader {
        dialect,
        files,
        root,
        known: HashMap::new(),
        open: Vec::new(),
        size: 0,
        uses_components: false,
    };
    let first = match text {
        Some(Text { text, place }) => {
            let file = loader.parse(PathBuf::new(), name, text, place)?;
            loader.open.push(file);
            PathBuf::new()
        }
        None => loader.find(name, None, None)?,
    };
    let is_strict = dialect.engine() == Engine::Askama;
    let mut loaded = BTreeMap::new();
    let mut components = dialect.components().iter();
    while let Some(mut file) = loader.next(&mut components)? {
        let mut asked = Vec::new();
        asked_for(&file.nodes, &mut asked);
        for (wanted, at) in asked {
            if file.links.contains_key(wanted) {
                continue;
            }
            let beside = Some(file.path.as_path()).filter(|path| !path.as_os_str().is_empty());
            let link = match loader.find(wanted, beside, Some(file.place(at))) {
                Ok(path) => Ok(path),
                Err(error) if is_strict || error.is_limit() => return Err(error),
                Err(error) => Err(error.to_string()),
            };
            file.links.insert(wanted.to_owned(), link);
        }
        loaded.insert(file.path.clone(), file);
    }
    Ok(Loaded {
        #[cfg(feature = "templates")]
        components: if loader.uses_components {
            let files = loaded.iter();
            let named = files.flat_map(|(path, file): (&PathBuf, &File)| {
                file.macros.keys().map(|name| (name.clone(), path.clone()))
            });
            named.collect()
        } else {
            HashMap::new()
        },
        files: loaded,
        first,
        is_strict,
        #[cfg(feature = "templates")]
        engine: dialect.engine(),
    })
}

struct Loader<'l> {
    dialect: &'l dyn Dialect,
    files: &'l dyn Files,
    root: &'l Path,
    /// What became of each file that was read: why it is of no use.
    known: HashMap<PathBuf, Option<String>>,
    /// Files whose own ones are still to be found.
    open: Vec<File>,
    /// How many bytes were read.
    size: u64,
    /// A file uses components.
    uses_components: bool,
}

impl Loader<'_> {
    /// The next file whose own ones are to be found; with components, in any template.
    fn next(
        &mut self,
        components: &mut std::slice::Iter<'_, String>,
    ) -> Result<Option<File>, Error> {
        while self.open.is_empty() && self.uses_components {
            let Some(name) = components.next() else {
                break;
            };
            match self.find(name, None, None) {
                Err(error) if error.is_limit() => return Err(error),
                _ => {}
            }
        }
        Ok(self.open.pop())
    }

    /// The file that a name means: it is read, or was.
    fn find(
        &mut self,
        name: &str,
        beside: Option<&Path>,
        at: Option<Place>,
    ) -> Result<PathBuf, Error> {
        for path in self.dialect.candidates(name, beside) {
            let path = plain(&path);
            match self.known.get(&path) {
                Some(None) => return Ok(path),
                Some(Some(cause)) => return Err(Error::Broken(cause.clone())),
                None => {}
            }
            let unreadable = |cause| Error::Unreadable {
                file: path.clone(),
                cause,
            };
            let Some(text) = self.files.read(&path).map_err(unreadable)? else {
                continue;
            };
            let file = displayed(&path, self.root);
            let place = Place { file, line: 1 };
            let parsed = self.parse(path.clone(), name, &text, place);
            let cause = parsed.as_ref().err().map(ToString::to_string);
            self.known.insert(path.clone(), cause);
            self.open.push(parsed?);
            return Ok(path);
        }
        Err(Error::NoTemplate {
            engine: self.dialect.engine(),
            path: name.to_owned(),
            at,
            folders: self.dialect.folders(beside),
        })
    }

    fn parse(
        &mut self,
        path: PathBuf,
        name: &str,
        text: &str,
        place: Place,
    ) -> Result<File, Error> {
        let size = text.len() as u64;
        self.size += size;
        if size > FILE || self.size > FILES {
            return Err(Error::LargeFile { file: path });
        }
        let text: Arc<str> = Arc::from(self.dialect.page(text));
        let Parsed {
            nodes,
            parameters,
            uses_components,
        } = self.dialect.parse(&text, &place)?;
        self.uses_components |= uses_components;
        let html = self.dialect.escapes(name, &path);
        Ok(File {
            path,
            name: place.file,
            line_ends: line_ends(&text),
            first_line: place.line,
            text,
            #[cfg(feature = "templates")]
            macros: macros(&nodes),
            nodes,
            parameters,
            ends: self.dialect.ends(),
            html,
            links: HashMap::new(),
        })
    }
}

impl Loaded {
    /// The file that was asked for.
    pub(crate) fn first(&self) -> Option<&File> {
        self.files.get(&self.first)
    }

    /// A component, in whichever file it stands.
    #[cfg(feature = "templates")]
    pub(crate) fn component(&self, name: &str) -> Option<(&Macro, &File)> {
        self.files.get(self.components.get(name)?)?.find(name)
    }

    /// The file that another one means by a path.
    pub(crate) fn linked(&self, from: &File, path: &str) -> Option<&File> {
        self.files.get(from.links.get(path)?.as_ref().ok()?)
    }

    /// The path of every file, except that of a text.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        let paths = self.files.keys().map(PathBuf::as_path);
        paths.filter(|path| !path.as_os_str().is_empty())
    }
}

impl File {
    /// A macro that it defines.
    #[cfg(feature = "templates")]
    pub(crate) fn find(&self, name: &str) -> Option<(&Macro, &Self)> {
        match &self.nodes.get(*self.macros.get(name)?)?.kind {
            Kind::Macro(definition) => Some((definition, self)),
            _ => None,
        }
    }

    /// Why there is no file that it means by a path.
    #[cfg(feature = "templates")]
    pub(crate) fn missing(&self, path: &str) -> &str {
        let link = self.links.get(path);
        link.and_then(|link| link.as_ref().err())
            .map_or("it is not known", String::as_str)
    }

    /// Its text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the byte at this offset stands in it.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = line(&self.line_ends, offset);
        Place {
            file: self.name.clone(),
            line: line.saturating_add(self.first_line - 1),
        }
    }
}

#[cfg(feature = "templates")]
fn macros(nodes: &[Node]) -> HashMap<String, usize> {
    let named = nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| match &node.kind {
            Kind::Macro(definition) => Some((definition.name.clone(), index)),
            _ => None,
        });
    named.collect()
}

/// A file as messages name it: as it is seen from a directory.
pub(crate) fn displayed(file: &Path, root: &Path) -> String {
    let seen = file.strip_prefix(root).unwrap_or(file);
    seen.display().to_string().replace('\\', "/")
}

/// Where the lines of a text end.
pub(crate) fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}

/// The line of a byte, from 1.
pub(crate) fn line(line_ends: &[usize], offset: usize) -> u32 {
    let lines = line_ends.partition_point(|end| *end < offset);
    u32::try_from(lines).map_or(u32::MAX, |lines| lines.saturating_add(1))
}

/// Every path that the nodes ask for, and where.
fn asked_for<'a>(nodes: &'a [Node], asked: &mut Vec<(&'a str, usize)>) {
    for node in nodes {
        match &node.kind {
            Kind::Extends(path) | Kind::Import { path, .. } => asked.push((path, node.at)),
            Kind::Include(include) => {
                asked.extend(include.paths.iter().map(|path| (path.as_str(), node.at)));
            }
            #[cfg(feature = "templates")]
            Kind::More(More::Names(path, _)) => asked.push((path, node.at)),
            _ => {}
        }
        node.inner()
            .iter()
            .for_each(|nodes| asked_for(nodes, asked));
    }
}
