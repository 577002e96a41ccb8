//! What stands before the page: what is used, and the parameters.

use std::collections::HashMap;

use super::super::rust;
use super::parse::{DEPTH, Reader};
use crate::templates::tree::Parameter;

/// The longest path of a module, in bytes.
const LONGEST: usize = 256;

/// How many modules are known of which everything is used.
const GLOBS: usize = 16;

impl Reader<'_> {
    /// What is used, and the parameters.
    pub(super) fn head(&mut self) -> Option<()> {
        loop {
            self.space();
            let inner = self.rest().strip_prefix('@')?;
            let end = inner.find(['(', ')', ';'])?;
            if !inner[end..].starts_with(';') {
                self.at += 1 + end;
                break;
            }
            let tree = inner[..end].trim();
            let tree = tree.strip_prefix("use ").unwrap_or(tree);
            self.uses.add(tree, "", DEPTH);
            self.at += 1 + end + 1;
        }
        let length = rust::bracketed(self.rest())?;
        let inner = self.rest().get(1..length - 1)?;
        self.parameters = parameters(inner);
        let names = self.parameters.iter().map(|known| known.name.clone());
        self.names = names.collect();
        self.at += length;
        // A comment may be for the first element.
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        Some(())
    }
}

/// What is used: the path of each name.
#[derive(Default)]
pub(super) struct Uses {
    named: HashMap<String, String>,
    /// The modules of which everything is used.
    globs: Vec<String>,
}

impl Uses {
    /// The paths that a function's name may mean.
    pub(super) fn paths(&self, name: &str) -> Vec<String> {
        let named = self.named.get(name).cloned();
        let globs = self.globs.iter().map(|module| format!("{module}{name}"));
        named
            .into_iter()
            .chain(globs)
            .chain([name.to_owned()])
            .collect()
    }

    /// Adds a tree of `use`.
    fn add(&mut self, tree: &str, before: &str, depth: usize) {
        let tree = tree.trim();
        if let Some((path, inner)) = tree.split_once('{')
            && depth > 0
            && before.len() + path.len() < LONGEST
        {
            let before = format!("{before}{}", path.trim());
            let inner = inner.strip_suffix('}').unwrap_or(inner);
            let mut open = 0_usize;
            let mut from = 0;
            for (at, c) in inner.char_indices() {
                match c {
                    '{' => open += 1,
                    '}' => open = open.saturating_sub(1),
                    ',' if open == 0 => {
                        self.add(&inner[from..at], &before, depth - 1);
                        from = at + 1;
                    }
                    _ => {}
                }
            }
            return self.add(&inner[from..], &before, depth - 1);
        }
        let (path, own) = tree.split_once(" as ").unwrap_or((tree, tree));
        let own = own.rsplit("::").next().unwrap_or(own).trim();
        let path = path.trim();
        if own != "*" {
            self.named.insert(own.to_owned(), format!("{before}{path}"));
        } else if self.globs.len() < GLOBS {
            let module = path.trim_end_matches('*');
            self.globs.push(format!("{before}{module}"));
        }
    }
}

/// The parameters between the brackets of the head.
fn parameters(inner: &str) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut depth = 0_usize;
    let mut from = 0;
    let mut add = |parameter: &str| {
        if let Some((name, kind)) = parameter.split_once(':') {
            let name = name.trim();
            parameters.push(Parameter {
                name: name.strip_prefix("mut ").unwrap_or(name).to_owned(),
                default: None,
                is_markup: kind.contains("Html") || kind.contains("Content"),
            });
        }
    };
    for (at, c) in inner.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                add(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    add(&inner[from..]);
    parameters
}
