//! Which programs an image has once all layers are applied. Only programs and symbolic links
//! are kept, since nothing else decides that.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;
use std::rc::Rc;

use super::error::ImageError;
use super::limits::{FOLLOWED_LIMIT, PATHS_LIMIT};
use super::path::{clean, join, split};

/// What a node takes up beside its path, roughly.
const NODE: usize = 64;

/// The longest way to a file, as in Linux: what is longer leads to none.
const WAY: usize = 4096;

/// How many links are followed on the way to a file, as in Linux.
const HOPS: usize = 40;

/// The programs and links of an image.
pub(super) struct Tree<P> {
    /// Of the layers below the one that is read, by their paths.
    below: Nodes<P>,
    /// Of the layer that is read. No path is in both.
    layer: Nodes<P>,
    /// How many bytes the nodes take up.
    held: usize,
    /// How many links there are of each hash of a path: what is none of these is not a link, so
    /// that it need not be looked up.
    links: HashMap<u64, usize>,
    /// How many bytes of paths led over links.
    followed: usize,
}

type Nodes<P> = BTreeMap<Vec<u8>, Node<P>>;

enum Node<P> {
    /// A program; several paths share it if they are hard links.
    Program(Rc<P>),
    Link(Vec<u8>),
}

impl<P> Tree<P> {
    pub(super) fn new() -> Self {
        Self {
            below: BTreeMap::new(),
            layer: BTreeMap::new(),
            held: 0,
            links: HashMap::new(),
            followed: 0,
        }
    }

    /// Begins the next layer, on top of those before it.
    pub(super) fn begin_layer(&mut self) {
        self.below.extend(std::mem::take(&mut self.layer));
    }

    /// Puts a file there; `None` for one that is not a program.
    pub(super) fn file(&mut self, path: &[u8], program: Option<P>) -> Result<(), ImageError> {
        self.put(path, program.map(|program| Node::Program(Rc::new(program))))
    }

    /// Puts a symbolic link there.
    pub(super) fn link(&mut self, path: &[u8], target: &[u8]) -> Result<(), ImageError> {
        self.put(path, Some(Node::Link(target.to_vec())))
    }

    /// Puts another name there for the file `target`.
    pub(super) fn hard_link(&mut self, path: &[u8], target: &[u8]) -> Result<(), ImageError> {
        let target = self.place(target).and_then(|target| {
            Some(match self.node(&target)? {
                Node::Program(program) => Node::Program(Rc::clone(program)),
                Node::Link(target) => Node::Link(target.clone()),
            })
        });
        self.put(path, target)
    }

    /// Puts a directory there: what is in one of the same path stays.
    pub(super) fn folder(&mut self, path: &[u8]) {
        if let Some(place) = self.place(path) {
            self.remove(&place);
        }
    }

    /// Removes what the layers below have there.
    pub(super) fn white_out(&mut self, path: &[u8]) {
        let Some(place) = self.place(path) else {
            return;
        };
        if let Some(node) = self.below.remove(&place) {
            self.forget(&place, &node);
        }
        self.empty_below(&place);
    }

    /// Removes what the layers below have in that directory.
    pub(super) fn white_out_inside(&mut self, path: &[u8]) {
        // The directory itself may be a link that is followed, as to a file in it.
        if let Some(inside) = self.place(&join(path, b"inside")) {
            self.empty_below(split(&inside).0);
        }
    }

    /// The programs that are left, each once, in the order of their paths.
    pub(super) fn into_programs(mut self) -> Result<Vec<(Vec<u8>, P)>, ImageError> {
        self.begin_layer();
        if self.followed > FOLLOWED_LIMIT {
            return Err(ImageError::TooManyLinks);
        }
        let mut programs: Vec<(Vec<u8>, Rc<P>)> = Vec::new();
        let mut known = HashSet::new();
        for (path, node) in self.below {
            if let Node::Program(program) = node
                && known.insert(Rc::as_ptr(&program))
            {
                programs.push((path, program));
            }
        }
        let each = programs.into_iter();
        let programs = each.filter_map(|(path, program)| Some((path, Rc::into_inner(program)?)));
        Ok(programs.collect())
    }

    fn put(&mut self, path: &[u8], node: Option<Node<P>>) -> Result<(), ImageError> {
        // A way that goes round in circles leads to no file.
        let Some(place) = self.place(path) else {
            return Ok(());
        };
        self.remove(&place);
        self.empty_below(&place);
        while let Some(path) = first_in(&self.layer, &place) {
            self.remove(&path);
        }
        if let Some(node) = node {
            self.held += size(&place, &node);
            if self.held > PATHS_LIMIT {
                return Err(ImageError::TooManyPaths);
            }
            if matches!(node, Node::Link(_)) {
                let hash = place.iter().fold(HASH, |hash, byte| hashed(hash, *byte));
                *self.links.entry(hash).or_default() += 1;
            }
            self.layer.insert(place, node);
        }
        Ok(())
    }

    /// Where a path leads: its directories may be links.
    fn place(&mut self, path: &[u8]) -> Option<Vec<u8>> {
        let mut path = clean(path);
        for _ in 0..HOPS {
            if path.len() > WAY || self.followed > FOLLOWED_LIMIT {
                return None;
            }
            let Some((slash, target)) = self.first_link(&path) else {
                return Some(path);
            };
            let folder = join(split(&path[..slash]).0, target);
            path = join(&folder, &path[slash + 1..]);
            self.followed += path.len();
        }
        None
    }

    /// The first directory of a path that is a link: where it ends, and what it leads to.
    fn first_link(&self, path: &[u8]) -> Option<(usize, &[u8])> {
        let mut hash = HASH;
        for (at, byte) in path.iter().enumerate() {
            if *byte == b'/'
                && self.links.contains_key(&hash)
                && let Some(Node::Link(target)) = self.node(&path[..at])
            {
                return Some((at, target));
            }
            hash = hashed(hash, *byte);
        }
        None
    }

    /// Removes what the layers below have in a directory. Nothing that stays is looked at, so
    /// that all whiteouts together take no longer than what they remove.
    fn empty_below(&mut self, folder: &[u8]) {
        while let Some(path) = first_in(&self.below, folder) {
            self.remove(&path);
        }
    }

    fn remove(&mut self, path: &[u8]) {
        let removed = self.layer.remove(path).or_else(|| self.below.remove(path));
        if let Some(node) = removed {
            self.forget(path, &node);
        }
    }

    /// Keeps account of a node that is removed.
    fn forget(&mut self, path: &[u8], node: &Node<P>) {
        self.held -= size(path, node);
        if matches!(node, Node::Link(_)) {
            let hash = path.iter().fold(HASH, |hash, byte| hashed(hash, *byte));
            if let Some(count) = self.links.get_mut(&hash) {
                *count -= 1;
                if *count == 0 {
                    self.links.remove(&hash);
                }
            }
        }
    }

    fn node(&self, path: &[u8]) -> Option<&Node<P>> {
        self.layer.get(path).or_else(|| self.below.get(path))
    }
}

/// The first path in a directory.
fn first_in<P>(nodes: &Nodes<P>, folder: &[u8]) -> Option<Vec<u8>> {
    let begin = if folder.is_empty() {
        Vec::new()
    } else {
        [folder, b"/"].concat()
    };
    let mut inside = nodes.range::<[u8], _>((Bound::Included(&*begin), Bound::Unbounded));
    let (path, _) = inside.next()?;
    path.starts_with(&begin).then(|| path.clone())
}

/// The hash of no bytes, and of one more byte (FNV-1a).
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

fn hashed(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

fn size<P>(path: &[u8], node: &Node<P>) -> usize {
    let target = match node {
        Node::Program(_) => 0,
        Node::Link(target) => target.len(),
    };
    NODE + path.len() + target
}

#[cfg(test)]
mod tests;
