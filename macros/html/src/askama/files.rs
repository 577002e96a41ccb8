//! Every file that a template is made of, parsed, and which file each `extends`,
//! `include` and `import` in them means.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::budget::FILES;
use super::config::Config;
use super::error::Error;
use super::parse::{line, line_ends, parse};
use super::read_file::read_file;
use super::template::{Template, is_escaped_format};
use super::tree::{Kind, Node};
use crate::form::Place;

/// The files, by their absolute path. That of `source = "…"` is empty.
pub(super) struct Files {
    files: BTreeMap<PathBuf, File>,
    /// The file that the attribute names.
    first: PathBuf,
}

/// One file.
pub(super) struct File {
    /// Its absolute path.
    pub(super) path: PathBuf,
    /// Its name in messages.
    pub(super) name: String,
    text: Arc<str>,
    pub(super) nodes: Vec<Node>,
    /// Where its lines end.
    line_ends: Vec<usize>,
    /// What ends an expression in it, and what ends a block's tag.
    pub(super) ends: [String; 2],
    /// Whether what is put into it is escaped.
    pub(super) html: bool,
    /// The files that it asks for, by the path as it is written.
    links: HashMap<String, PathBuf>,
}

impl Files {
    /// Loads the file of a template, and those that it leads to.
    pub(super) fn load(template: &Template, config: &Config) -> Result<Self, Error> {
        let syntax = config.syntax(template.syntax.as_deref())?;
        let mut files = BTreeMap::new();
        let (first, extension) = match (&template.path, &template.source) {
            (Some(path), _) => {
                let path = config.find(path, None, None)?;
                let extension = path.extension().map(|ext| ext.to_string_lossy());
                let extension = extension.unwrap_or_default().into_owned();
                (path, extension)
            }
            (None, Some(_)) => (PathBuf::new(), template.ext.clone().unwrap_or_default()),
            (None, None) => return Err(Error::Nothing),
        };
        let html = is_escaped_format(template.escape.as_deref().unwrap_or(&extension));

        let mut size = 0;
        let mut open = vec![first.clone()];
        while let Some(path) = open.pop() {
            if files.contains_key(&path) {
                continue;
            }
            let text = match &template.source {
                Some(source) if path.as_os_str().is_empty() => source.clone(),
                _ => read_file(&path)?,
            };
            size += text.len() as u64;
            if size > FILES {
                return Err(Error::LargeFile { file: path });
            }
            let name = config.name(&path);
            // As askama does: the end of the last line is not part of the page.
            let text: Arc<str> = Arc::from(text.strip_suffix('\n').unwrap_or(&text));
            let nodes = parse(&text, &name, syntax)?;
            let end = |stated: &Option<String>, own: &str| stated.clone().unwrap_or(own.to_owned());
            let mut file = File {
                path: path.clone(),
                name,
                line_ends: line_ends(&text),
                text,
                nodes,
                ends: [end(&syntax.expr_end, "}}"), end(&syntax.block_end, "%}")],
                html,
                links: HashMap::new(),
            };
            let mut asked = Vec::new();
            asked_for(&file.nodes, &mut asked);
            let mut links = HashMap::new();
            for (wanted, at) in asked {
                let beside = Some(path.as_path()).filter(|path| !path.as_os_str().is_empty());
                let found = config.find(wanted, beside, Some(file.place(at)))?;
                open.push(found.clone());
                links.insert(wanted.to_owned(), found);
            }
            file.links = links;
            files.insert(path, file);
        }
        Ok(Self { files, first })
    }

    /// The file that the attribute names.
    pub(super) fn first(&self) -> Option<&File> {
        self.files.get(&self.first)
    }

    /// The file that another one means by a path.
    pub(super) fn linked(&self, from: &File, path: &str) -> Option<&File> {
        self.files.get(from.links.get(path)?)
    }

    /// The path of every file, except that of `source = "…"`.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        let paths = self.files.keys().map(PathBuf::as_path);
        paths.filter(|path| !path.as_os_str().is_empty())
    }
}

impl File {
    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the byte at this offset stands in it.
    pub(super) fn place(&self, offset: usize) -> Place {
        Place {
            file: self.name.clone(),
            line: line(&self.line_ends, offset),
        }
    }
}

/// Every path that the nodes ask for, and where.
fn asked_for<'a>(nodes: &'a [Node], asked: &mut Vec<(&'a str, usize)>) {
    for node in nodes {
        match &node.kind {
            Kind::Extends(path) | Kind::Include(path) | Kind::Import { path, .. } => {
                asked.push((path, node.at));
            }
            _ => node
                .inner()
                .iter()
                .for_each(|nodes| asked_for(nodes, asked)),
        }
    }
}
