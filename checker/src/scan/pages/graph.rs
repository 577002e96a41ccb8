//! What names what: a handler shows what it names, and what that names in turn.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Pages;
use super::code::Code;
use crate::registry::Page;
use crate::scan::program::index::{Meaning, names_of};
use crate::workspace::modules::plain;

/// How many steps lead from a handler to what it shows at most.
const MAX_STEPS: usize = 6;

/// Something that names other things, or shows HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Node {
    Function(usize),
    Value(usize),
    Type(usize),
    /// A function that a macro makes of its arguments, by its position.
    Made(usize),
}

/// A function that a macro makes of its arguments: `pages! { pub fn home(Home) { "home.html" } }`.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) texts: Vec<String>,
    /// The macro's call, by its position.
    pub(super) called: usize,
}

impl Pages<'_, '_> {
    /// What code names.
    pub(super) fn named_by(
        &self,
        node: Node,
        code: &Code,
        made: &[Made],
        methods: &HashMap<&str, Option<usize>>,
    ) -> Vec<Node> {
        let scope = self.scope_of(node);
        let owner = match node {
            Node::Function(position) => self.index.functions[position].owner,
            _ => None,
        };
        let own = owner.and_then(|owner| owner.ty).and_then(names_of);
        let mut nodes = BTreeSet::new();
        for path in &code.paths {
            let mut path = path.clone();
            if path.first().is_some_and(|first| first == "Self")
                && let Some(own) = &own
            {
                path.splice(..1, own.iter().cloned());
            }
            let mut meant = self.index.resolve(&path, scope);
            // A variant, or a function that a derive makes.
            if meant.is_empty()
                && let Some((_, ty)) = path.split_last()
            {
                meant = self.index.resolve(ty, scope);
            }
            if meant.is_empty()
                && let Some(name) = path.last()
            {
                let position = made.iter().position(|made| made.name == *name);
                nodes.extend(position.map(Node::Made));
            }
            nodes.extend(meant.into_iter().filter_map(|meant| match meant {
                Meaning::Function(position) => Some(Node::Function(position)),
                Meaning::Value(position) => Some(Node::Value(position)),
                Meaning::Type(position) => Some(Node::Type(position)),
                Meaning::Module(_) | Meaning::Other(_) => None,
            }));
        }
        for method in &code.methods {
            let only = methods.get(&**method).copied().flatten();
            nodes.extend(only.map(Node::Function));
            let position = made.iter().position(|made| made.name == *method);
            nodes.extend(position.map(Node::Made));
        }
        nodes.into_iter().collect()
    }

    /// The functions that macros make of their arguments.
    pub(super) fn made(&self) -> Vec<Made> {
        let mut all = Vec::new();
        for (called, item) in self.index.macros.iter().enumerate() {
            functions_in(item.called.tokens.clone(), called, &mut all);
        }
        all
    }

    /// The methods of the program of which no other has the name, by their names.
    pub(super) fn only_methods(&self) -> HashMap<&str, Option<usize>> {
        let mut only: HashMap<&str, Option<usize>> = HashMap::new();
        for (position, function) in self.index.functions.iter().enumerate() {
            if function.sig.receiver().is_none() || function.body.is_none() {
                continue;
            }
            only.entry(&function.name)
                .and_modify(|known| *known = None)
                .or_insert(Some(position));
        }
        only
    }

    /// The endpoints under which each thing is shown.
    pub(super) fn pages(&self, edges: &HashMap<Node, Vec<Node>>) -> HashMap<Node, Vec<Page>> {
        let mut shown: HashMap<Node, Vec<&(String, String)>> = HashMap::new();
        let mut handlers: Vec<(&usize, &Vec<(String, String)>)> = self.endpoints.iter().collect();
        handlers.sort();
        for (function, endpoints) in handlers {
            let start = Node::Function(*function);
            let mut seen = HashSet::from([start]);
            let mut open = VecDeque::from([(start, 0)]);
            while let Some((node, steps)) = open.pop_front() {
                shown.entry(node).or_default().extend(endpoints);
                // What a static is made of is made once, and not for a page.
                if steps >= MAX_STEPS || matches!(node, Node::Value(_)) {
                    continue;
                }
                for next in edges.get(&node).into_iter().flatten() {
                    if seen.insert(*next) {
                        open.push_back((*next, steps + 1));
                    }
                }
            }
        }
        let pages = shown.into_iter().map(|(node, endpoints)| {
            let pages = pages_of(endpoints.into_iter());
            (node, pages)
        });
        pages.collect()
    }
}

/// The pages at these endpoints: each path once, with GET if that is served there.
pub(super) fn pages_of<'e>(endpoints: impl Iterator<Item = &'e (String, String)>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for (method, path) in endpoints {
        match pages.iter_mut().find(|page| page.path == *path) {
            Some(page) if method == "GET" => page.method.clone_from(method),
            Some(_) => {}
            None => pages.push(Page {
                method: method.clone(),
                path: path.clone(),
            }),
        }
    }
    pages.sort();
    pages
}

/// Adds the functions among the arguments of a macro, each with the texts in it.
fn functions_in(tokens: TokenStream, called: usize, found: &mut Vec<Made>) {
    let mut is_fn = false;
    let mut is_inside = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if is_fn => {
                is_fn = false;
                is_inside = true;
                found.push(Made {
                    name: plain(&word),
                    line: word.span().start().line,
                    texts: Vec::new(),
                    called,
                });
            }
            TokenTree::Ident(word) => is_fn = word == "fn",
            TokenTree::Group(group) => match found.last_mut().filter(|_| is_inside) {
                Some(made) => {
                    texts_in(group.stream(), &mut made.texts);
                    is_inside &= group.delimiter() != Delimiter::Brace;
                }
                None => functions_in(group.stream(), called, found),
            },
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn texts_in(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => texts_in(group.stream(), found),
            TokenTree::Literal(literal) => {
                let literal = TokenTree::Literal(literal);
                if let Ok(text) = syn::parse2::<syn::LitStr>(literal.into()) {
                    found.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}
