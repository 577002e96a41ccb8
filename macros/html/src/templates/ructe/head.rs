//! What stands before the page: what is used, and the parameters.

use super::super::rust;
use super::parse::{DEPTH, Reader};
use crate::templates::tree::Parameter;

/// The longest path of a module, in bytes.
const LONGEST: usize = 256;

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
            self.uses.push(inner[..end].trim());
            self.at += 1 + end + 1;
        }
        let length = rust::bracketed(self.rest())?;
        let inner = self.rest().get(1..length - 1)?;
        self.parameters = parameters(inner);
        self.at += length;
        // A comment may be for the first element.
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        Some(())
    }

    /// The paths that a function's name may mean.
    pub(super) fn used(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        for used in &self.uses {
            let tree = used.strip_prefix("use ").unwrap_or(used);
            paths(tree, "", name, DEPTH, &mut found);
        }
        found.push(name.to_owned());
        found
    }
}

/// The paths of a tree of `use` that give this name, or may do so by a `*`.
fn paths(tree: &str, before: &str, name: &str, depth: usize, found: &mut Vec<String>) {
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
                    paths(&inner[from..at], &before, name, depth - 1, found);
                    from = at + 1;
                }
                _ => {}
            }
        }
        return paths(&inner[from..], &before, name, depth - 1, found);
    }
    let (path, own) = tree.split_once(" as ").unwrap_or((tree, tree));
    let own = own.rsplit("::").next().unwrap_or(own).trim();
    if own == name {
        found.insert(0, format!("{before}{}", path.trim()));
    } else if own == "*" {
        let path = path.trim().trim_end_matches('*');
        found.push(format!("{before}{path}{name}"));
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
