//! Which programs an image has once all layers are applied. Only programs and symbolic links
//! are kept, since nothing else decides that.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;
use std::rc::Rc;

use super::error::ImageError;
use super::limits::PATHS_LIMIT;
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

    /// Puts a folder there: what is in one of the same path stays.
    pub(super) fn folder(&mut self, path: &[u8]) {
        if let Some(place) = self.place(path) {
            self.held -= remove(&mut self.below, &place) + remove(&mut self.layer, &place);
        }
    }

    /// Removes what the layers below have there.
    pub(super) fn white_out(&mut self, path: &[u8]) {
        let Some(place) = self.place(path) else {
            return;
        };
        self.held -= remove(&mut self.below, &place) + empty(&mut self.below, &place);
    }

    /// Removes what the layers below have in that folder.
    pub(super) fn white_out_inside(&mut self, path: &[u8]) {
        // The folder itself may be a link that is followed, as to a file in it.
        if let Some(inside) = self.place(&join(path, b"inside")) {
            self.held -= empty(&mut self.below, split(&inside).0);
        }
    }

    /// The programs that are left, each once, in the order of their paths.
    pub(super) fn into_programs(mut self) -> Vec<(Vec<u8>, P)> {
        self.begin_layer();
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
        each.filter_map(|(path, program)| Some((path, Rc::into_inner(program)?)))
            .collect()
    }

    fn put(&mut self, path: &[u8], node: Option<Node<P>>) -> Result<(), ImageError> {
        // A way that goes round in circles leads to no file.
        let Some(place) = self.place(path) else {
            return Ok(());
        };
        for nodes in [&mut self.below, &mut self.layer] {
            self.held -= remove(nodes, &place) + empty(nodes, &place);
        }
        if let Some(node) = node {
            self.held += size(&place, &node);
            if self.held > PATHS_LIMIT {
                return Err(ImageError::TooManyPaths);
            }
            self.layer.insert(place, node);
        }
        Ok(())
    }

    /// Where a path leads: its folders may be links.
    fn place(&self, path: &[u8]) -> Option<Vec<u8>> {
        let mut path = clean(path);
        'hops: for _ in 0..HOPS {
            if path.len() > WAY {
                return None;
            }
            for (slash, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
                let folder = &path[..slash];
                if let Some(Node::Link(target)) = self.node(folder) {
                    let folder = join(split(folder).0, target);
                    path = join(&folder, &path[slash + 1..]);
                    continue 'hops;
                }
            }
            return Some(path);
        }
        None
    }

    fn node(&self, path: &[u8]) -> Option<&Node<P>> {
        self.layer.get(path).or_else(|| self.below.get(path))
    }
}

/// Removes what is in a folder; returns how many bytes that took up. Nothing that stays is
/// looked at, so that all whiteouts together take no longer than what they remove.
fn empty<P>(nodes: &mut Nodes<P>, folder: &[u8]) -> usize {
    let begin = if folder.is_empty() {
        Vec::new()
    } else {
        [folder, b"/"].concat()
    };
    let mut bytes = 0;
    loop {
        let next = nodes.range::<[u8], _>((Bound::Included(&*begin), Bound::Unbounded));
        let next = next.map(|(path, _)| path).next();
        let Some(path) = next.filter(|path| path.starts_with(&begin)).cloned() else {
            return bytes;
        };
        bytes += remove(nodes, &path);
    }
}

/// Removes what is at a path; returns how many bytes that took up.
fn remove<P>(nodes: &mut Nodes<P>, path: &[u8]) -> usize {
    let removed = nodes.remove_entry(path);
    removed.map_or(0, |(path, node)| size(&path, &node))
}

fn size<P>(path: &[u8], node: &Node<P>) -> usize {
    let target = match node {
        Node::Program(_) => 0,
        Node::Link(target) => target.len(),
    };
    NODE + path.len() + target
}

#[cfg(test)]
mod tests {
    use super::{ImageError, PATHS_LIMIT, Tree};

    /// A tree with the programs `a` and `b` in `bin`.
    fn tree() -> Tree<&'static str> {
        let mut tree = Tree::new();
        tree.begin_layer();
        tree.folder(b"bin");
        tree.file(b"bin/a", Some("a")).unwrap();
        tree.file(b"./bin/b", Some("b")).unwrap();
        tree.file(b"bin.txt", None).unwrap();
        tree.begin_layer();
        tree
    }

    fn left(tree: Tree<&str>) -> Vec<String> {
        let programs = tree.into_programs().into_iter();
        let shown =
            programs.map(|(path, program)| format!("{} {program}", String::from_utf8_lossy(&path)));
        shown.collect()
    }

    #[test]
    fn a_file_replaces_what_is_below_it() {
        let mut tree = tree();
        tree.file(b"/bin/a", Some("newer")).unwrap();
        tree.file(b"bin/b", None).unwrap();
        assert_eq!(left(tree), ["bin/a newer"]);
    }

    #[test]
    fn a_folder_keeps_what_is_in_it_and_a_file_does_not() {
        let mut both = tree();
        both.folder(b"bin");
        assert_eq!(left(both), ["bin/a a", "bin/b b"]);
        let mut none = tree();
        none.file(b"bin", None).unwrap();
        assert!(left(none).is_empty());
        let mut one = tree();
        one.folder(b"bin/a");
        assert_eq!(left(one), ["bin/b b"]);
    }

    #[test]
    fn a_whiteout_hides_only_what_is_below_its_layer() {
        let mut one = tree();
        one.white_out(b"bin/a");
        assert_eq!(left(one), ["bin/b b"]);
        let mut folder = tree();
        folder.file(b"bin/c", Some("c")).unwrap();
        folder.white_out(b"bin");
        assert_eq!(left(folder), ["bin/c c"]);
        let mut inside = tree();
        inside.file(b"bin/c", Some("c")).unwrap();
        inside.white_out_inside(b"bin");
        assert_eq!(left(inside), ["bin/c c"]);
        let mut all = tree();
        all.white_out_inside(b"");
        assert!(left(all).is_empty());
    }

    #[test]
    fn a_hard_link_is_the_same_program_and_outlives_the_other_name() {
        let mut twice = tree();
        twice.hard_link(b"app", b"bin/a").unwrap();
        assert_eq!(left(twice), ["app a", "bin/b b"]);
        let mut outlived = tree();
        outlived.hard_link(b"app", b"bin/a").unwrap();
        outlived.file(b"bin/a", Some("newer")).unwrap();
        assert_eq!(left(outlived), ["app a", "bin/a newer", "bin/b b"]);
        let mut nothing = tree();
        nothing.hard_link(b"bin/a", b"bin.txt").unwrap();
        assert_eq!(left(nothing), ["bin/b b"]);
    }

    #[test]
    fn a_way_may_lead_over_links() {
        let mut tree = tree();
        tree.link(b"usr/bin", b"../bin").unwrap();
        tree.link(b"sbin", b"/usr/bin").unwrap();
        tree.file(b"sbin/a", Some("newer")).unwrap();
        tree.white_out(b"usr/bin/b");
        assert_eq!(left(tree), ["bin/a newer"]);
    }

    #[test]
    fn an_opaque_folder_may_be_a_link() {
        let mut tree = tree();
        tree.link(b"sbin", b"bin").unwrap();
        tree.white_out_inside(b"sbin");
        assert!(left(tree).is_empty());
    }

    #[test]
    fn a_link_in_the_place_of_a_program_is_none() {
        let mut tree = tree();
        tree.link(b"bin/a", b"b").unwrap();
        assert_eq!(left(tree), ["bin/b b"]);
    }

    #[test]
    fn links_in_a_circle_lead_nowhere() {
        let mut tree = tree();
        tree.link(b"x", b"y").unwrap();
        tree.link(b"y", b"x").unwrap();
        tree.file(b"x/a", Some("lost")).unwrap();
        tree.white_out(b"y/bin");
        tree.white_out_inside(b"y");
        assert_eq!(left(tree), ["bin/a a", "bin/b b"]);
    }

    /// 2,000 whiteouts beside 20,000 links of the same layer: a look at each link for each
    /// whiteout would be 40 million, and takes many seconds.
    #[test]
    fn a_whiteout_looks_at_nothing_that_it_leaves() {
        let mut tree = Tree::<()>::new();
        tree.begin_layer();
        let mut links = Vec::new();
        for number in 0..20_000 {
            links.push(format!("bin/{number}").into_bytes());
        }
        for link in &links {
            tree.link(link, b"app").unwrap();
        }
        tree.begin_layer();
        tree.white_out_inside(b"bin");
        assert!(tree.below.is_empty());
        for link in &links {
            tree.link(link, b"app").unwrap();
        }
        for _ in 0..2000 {
            tree.white_out_inside(b"bin");
        }
        assert_eq!(tree.layer.len(), links.len());
    }

    #[test]
    fn more_links_than_are_kept_are_an_error() {
        let mut tree = Tree::<()>::new();
        let target = vec![b'a'; PATHS_LIMIT / 2];
        tree.link(b"a", &target).unwrap();
        tree.link(b"a", &target).unwrap();
        let error = tree.link(b"b", &target).unwrap_err();
        assert!(matches!(error, ImageError::TooManyPaths));
    }
}
