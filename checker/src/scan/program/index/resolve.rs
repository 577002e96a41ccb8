//! Which item a path means: through modules, `use`, re-exports and the crates of the workspace.

use std::collections::HashSet;

use super::{Index, MAX_STEPS, Meaning, Owned, Scope, TypeKind};
use crate::scan::program::files::Extern;

/// How many names are looked up for one path at most.
const MAX_LOOKUPS: usize = 5_000;

/// What is being looked up.
#[derive(Default)]
struct Seen {
    /// The names that are, each in its scope: modules may pass on each other's names.
    open: HashSet<(String, String)>,
    steps: usize,
}

impl Index<'_> {
    /// What a path means in a scope: all that it may mean, the best first.
    pub(crate) fn resolve(&self, path: &[String], scope: &str) -> Vec<Meaning> {
        let asked = (scope.to_owned(), path.join("::"));
        if let Some(known) = self.known.borrow().get(&asked) {
            return known.clone();
        }
        let meant = self.resolve_within(path, scope, 0, &mut Seen::default());
        self.known.borrow_mut().insert(asked, meant.clone());
        meant
    }

    /// The function that a path means.
    pub(crate) fn function_at(&self, path: &[String], scope: &str) -> Option<usize> {
        let mut meant = self.resolve(path, scope).into_iter();
        meant.find_map(|meant| match meant {
            Meaning::Function(position) => Some(position),
            _ => None,
        })
    }

    /// The type that a path means.
    pub(crate) fn type_at(&self, path: &[String], scope: &str) -> Option<usize> {
        let mut meant = self.resolve(path, scope).into_iter();
        meant.find_map(|meant| match meant {
            Meaning::Type(position) => Some(position),
            _ => None,
        })
    }

    /// The whole path of an item of another crate.
    pub(crate) fn other_at(&self, path: &[String], scope: &str) -> Option<Vec<String>> {
        let mut meant = self.resolve(path, scope).into_iter();
        meant.find_map(|meant| match meant {
            Meaning::Other(path) => Some(path),
            _ => None,
        })
    }

    /// The methods or constants of this name of a type.
    pub(crate) fn associated(&self, ty: &syn::Type, scope: &str, name: &str) -> Vec<Meaning> {
        let key = (self.owner(ty, scope), name.to_owned());
        self.associated.get(&key).cloned().unwrap_or_default()
    }

    /// The same of a type of the program's own.
    pub(crate) fn associated_with(&self, position: usize, name: &str) -> Vec<Meaning> {
        let ty = &self.types[position];
        if let TypeKind::Alias(_, meant) = ty.kind {
            return self.associated(meant, &ty.scope, name);
        }
        let key = (Owned::Own(position), name.to_owned());
        self.associated.get(&key).cloned().unwrap_or_default()
    }

    fn resolve_within(
        &self,
        path: &[String],
        scope: &str,
        depth: usize,
        seen: &mut Seen,
    ) -> Vec<Meaning> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        if depth > MAX_STEPS {
            return Vec::new();
        }
        let module = self.module_of(scope);
        let mut rest = rest;
        let mut meant = match first.as_str() {
            "crate" => {
                let root = module.split("::").next().unwrap_or(module);
                vec![Meaning::Module(root.to_owned())]
            }
            "self" => vec![Meaning::Module(module.to_owned())],
            "super" => {
                let mut outer = parent(module);
                while let Some((next, others)) = rest.split_first()
                    && next == "super"
                {
                    outer = parent(outer);
                    rest = others;
                }
                vec![Meaning::Module(outer.to_owned())]
            }
            name => {
                let found = self.lookup(scope, name, depth, seen);
                if found.is_empty() {
                    self.krate(scope, name)
                } else {
                    found
                }
            }
        };
        if !rest.is_empty() {
            // A function may have the name of a crate.
            meant.retain(|meant| !matches!(meant, Meaning::Function(_) | Meaning::Value(_)));
            if meant.is_empty() && !matches!(first.as_str(), "crate" | "self" | "super") {
                meant = self.krate(scope, first);
            }
        }
        if meant.is_empty() && !rest.is_empty() {
            meant.push(Meaning::Other(vec![first.clone()]));
        }
        for name in rest {
            let mut next = Vec::new();
            for meant in meant {
                match meant {
                    Meaning::Module(key) => next.extend(self.lookup(&key, name, depth, seen)),
                    Meaning::Type(position) => next.extend(self.associated_with(position, name)),
                    Meaning::Other(path) => {
                        next.push(Meaning::Other(
                            [&path[..], std::slice::from_ref(name)].concat(),
                        ));
                    }
                    Meaning::Function(_) | Meaning::Value(_) => {}
                }
            }
            meant = next;
        }
        meant
    }

    /// What a name means in a scope.
    fn lookup(&self, scope: &str, name: &str, depth: usize, seen: &mut Seen) -> Vec<Meaning> {
        let Some(known) = self.scopes.get(scope) else {
            return Vec::new();
        };
        let mut meant: Vec<Meaning> = known.items.get(name).cloned().unwrap_or_default();
        if !meant.is_empty() && !known.uses.contains_key(name) {
            return meant;
        }
        let open = (scope.to_owned(), name.to_owned());
        seen.steps += 1;
        let is_bounded = depth <= MAX_STEPS && seen.steps <= MAX_LOOKUPS;
        if !is_bounded || !seen.open.insert(open.clone()) {
            return meant;
        }
        meant.extend(self.passed_on(known, scope, name, depth, seen));
        if meant.is_empty()
            && let Some(around) = &known.around
        {
            meant = self.lookup(around, name, depth + 1, seen);
        }
        seen.open.remove(&open);
        meant
    }

    /// What a name means in a scope by its `use`s.
    fn passed_on(
        &self,
        known: &Scope,
        scope: &str,
        name: &str,
        depth: usize,
        seen: &mut Seen,
    ) -> Vec<Meaning> {
        let mut meant = Vec::new();
        for path in known.uses.get(name).into_iter().flatten() {
            let is_crate = path.len() == 1 && path[0] == name;
            meant.extend(if is_crate {
                self.krate(scope, name)
            } else {
                self.used(path, scope, depth + 1, seen)
            });
        }
        if !meant.is_empty() || known.items.contains_key(name) {
            return meant;
        }
        let mut others = Vec::new();
        for glob in &known.globs {
            for module in self.used(glob, scope, depth + 1, seen) {
                match module {
                    Meaning::Module(key) if key != scope => {
                        meant.extend(self.lookup(&key, name, depth + 1, seen));
                    }
                    Meaning::Other(path) if is_type_like(name) => {
                        others.push(Meaning::Other([&path[..], &[name.to_owned()]].concat()));
                    }
                    _ => {}
                }
            }
        }
        if meant.is_empty() {
            meant = others;
        }
        meant
    }

    /// What a path in a `use` means: its first name is a crate, or a name of the scope.
    fn used(&self, path: &[String], scope: &str, depth: usize, seen: &mut Seen) -> Vec<Meaning> {
        let is_itself = |known: &Scope| {
            let first = path.first();
            first.is_some_and(|first| {
                known
                    .uses
                    .get(first)
                    .is_some_and(|paths| paths.iter().any(|known| known.first() == Some(first)))
            })
        };
        let known = self.scopes.get(scope);
        if known.is_some_and(is_itself)
            && let Some((first, rest)) = path.split_first()
        {
            // `use a::a;`: the crate, or the module of that name.
            let own = known.and_then(|known| known.items.get(first)).cloned();
            let mut meant = own.unwrap_or_default();
            meant.retain(|meant| matches!(meant, Meaning::Module(_)));
            if meant.is_empty() {
                meant = self.krate(scope, first);
            }
            if meant.is_empty() {
                meant.push(Meaning::Other(vec![first.clone()]));
            }
            let mut found = Vec::new();
            for meant in meant {
                match meant {
                    Meaning::Module(key) if rest.is_empty() => found.push(Meaning::Module(key)),
                    Meaning::Module(key) => {
                        let inner = [&["self".to_owned()], rest].concat();
                        found.extend(self.resolve_within(&inner, &key, depth + 1, seen));
                    }
                    Meaning::Other(path) => {
                        found.push(Meaning::Other([&path[..], rest].concat()));
                    }
                    _ => {}
                }
            }
            return found;
        }
        self.resolve_within(path, scope, depth, seen)
    }

    /// The crate of this name.
    fn krate(&self, scope: &str, name: &str) -> Vec<Meaning> {
        let krate = self.crate_of(scope);
        let found = krate.and_then(|krate| krate.externs.get(name));
        let meant = match found {
            Some(Extern::Own(position)) => {
                let name = self.crates[*position].name.clone();
                Some(Meaning::Module(name))
            }
            Some(Extern::Other(name)) => Some(Meaning::Other(vec![name.clone()])),
            None if matches!(name, "std" | "core" | "alloc") => {
                Some(Meaning::Other(vec![name.to_owned()]))
            }
            None => None,
        };
        meant.into_iter().collect()
    }

    /// The module of a scope, which may be the body of a function.
    fn module_of<'s>(&'s self, scope: &'s str) -> &'s str {
        let around = self
            .scopes
            .get(scope)
            .and_then(|known| known.around.as_deref());
        around.map_or(scope, |around| self.module_of(around))
    }
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or(module, |(outer, _)| outer)
}

/// Whether a name is written as those of types are: what a glob of another crate may bring.
fn is_type_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase())
        || coexist_source::method::from_word(name).is_some()
        || matches!(name, "any" | "web" | "routing" | "on")
}
