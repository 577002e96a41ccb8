//! Every file that a template is made of, parsed, and which file each `extends`,
//! `include` and `import` in them means.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use askama_parser::node::Node;
use askama_parser::{LetValueOrBlock, Parsed, Span, Syntax};

use super::budget::FILES;
use super::config::Config;
use super::error::Error;
use super::read_file::read_file;
use super::template::Template;
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
    pub(super) parsed: Parsed,
    /// Where its lines end.
    line_ends: Vec<usize>,
    /// What ends an expression in it, and what ends a block's tag.
    pub(super) ends: [String; 2],
    /// Whether it is HTML, so that what is put into it is escaped.
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
        // What askama writes as it is; a configuration may escape for other formats.
        let html = !matches!(extension.as_str(), "md" | "none" | "txt" | "yml" | "");

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
            let parsed = parse(&text, &name, &syntax)?;
            let mut file = File {
                path: path.clone(),
                name,
                line_ends: line_ends(parsed.source()),
                parsed,
                ends: [syntax.expr_end.to_owned(), syntax.block_end.to_owned()],
                html,
                links: HashMap::new(),
            };
            let mut asked = Vec::new();
            asked_for(file.parsed.nodes(), &mut asked);
            let mut links = HashMap::new();
            for (wanted, span) in asked {
                let beside = Some(path.as_path()).filter(|path| !path.as_os_str().is_empty());
                let found = config.find(wanted, beside, Some(file.place(span)))?;
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
        self.parsed.source()
    }

    /// Where a node stands in it.
    pub(super) fn place(&self, span: Span) -> Place {
        self.place_of(span.byte_range().map_or(0, |range| range.start))
    }

    /// Where the byte at this offset stands in it.
    pub(super) fn place_of(&self, offset: usize) -> Place {
        Place {
            file: self.name.clone(),
            line: line(&self.line_ends, offset),
        }
    }
}

/// The stack of the parser, in bytes.
const STACK: usize = 64 << 20;

fn parse(text: &str, name: &str, syntax: &Syntax<'_>) -> Result<Parsed, Error> {
    // As askama does: the end of the last line is not part of the page.
    let text: Arc<str> = Arc::from(text.strip_suffix('\n').unwrap_or(text));
    // The parser recurses up to 128 levels deep, for which a thread of a test has too
    // little stack.
    let parse = || Parsed::new(Arc::clone(&text), None, syntax);
    let parsed = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, parse).ok()?;
        thread.join().ok()
    });
    let parsed = parsed.unwrap_or_else(parse);
    parsed.map_err(|error| Error::Syntax {
        at: Place {
            file: name.to_owned(),
            line: line(&line_ends(&text), error.offset),
        },
        message: error.message.map_or_else(
            || "its parser does not say why".to_owned(),
            std::borrow::Cow::into_owned,
        ),
    })
}

/// Where the lines of a text end.
fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}

/// The line of a byte, from 1.
fn line(line_ends: &[usize], offset: usize) -> u32 {
    let lines = line_ends.partition_point(|end| *end < offset);
    u32::try_from(lines).map_or(u32::MAX, |lines| lines.saturating_add(1))
}

/// Every path that the nodes ask for, and where.
fn asked_for<'a>(nodes: &'a [Box<Node<'_>>], asked: &mut Vec<(&'a str, Span)>) {
    for node in nodes {
        match &**node {
            Node::Extends(extends) => asked.push((extends.path, extends.span())),
            Node::Include(include) => asked.push((include.path, include.span())),
            Node::Import(import) => asked.push((import.path, import.span())),
            _ => {
                for nodes in inner(node) {
                    asked_for(nodes, asked);
                }
            }
        }
    }
}

/// The nodes between a node's tags.
pub(super) fn inner<'a, 'n>(node: &'a Node<'n>) -> Vec<&'a [Box<Node<'n>>]> {
    match node {
        Node::Macro(inner) => vec![&inner.nodes],
        Node::Call(inner) => vec![&inner.nodes],
        Node::FilterBlock(inner) => vec![&inner.nodes],
        Node::BlockDef(inner) => vec![&inner.nodes],
        Node::If(inner) => inner.branches.iter().map(|b| &*b.nodes).collect(),
        Node::Match(inner) => inner.arms.iter().map(|arm| &*arm.nodes).collect(),
        Node::Loop(inner) => vec![&inner.body, &inner.else_nodes],
        Node::Let(inner) => match &inner.val {
            LetValueOrBlock::Block { nodes, .. } => vec![nodes],
            LetValueOrBlock::Value(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
