//! What the holes of a form's path may hold: a text that nobody thought of, or one of
//! the literals that stand at that place in either registry.

use coexist_checker::registry::Registry;

const FRESH: &str = "zz9";

/// A path that a form sends to.
#[derive(Debug)]
pub(crate) struct Fill {
    pub(crate) path: String,
    /// No hole holds a literal.
    pub(crate) is_fresh: bool,
}

pub(crate) fn has_holes(path: &str) -> bool {
    path.contains('{')
}

pub(crate) fn fills(path: &str, registries: [&Registry; 2]) -> Vec<Fill> {
    let mut fills = vec![Fill {
        path: String::new(),
        is_fresh: true,
    }];
    for (at, segment) in path.split('/').enumerate().skip(1) {
        let mut texts = Vec::new();
        if has_holes(segment) {
            texts.push((FRESH.to_owned(), true));
            if segment.starts_with("{*") {
                texts.push((format!("{FRESH}/{FRESH}"), true));
            }
            for literal in literals(at, registries) {
                texts.push((literal, false));
            }
        } else {
            texts.push((segment.to_owned(), true));
        }
        let longer = fills.iter().flat_map(|fill| {
            texts.iter().map(|(text, is_fresh)| Fill {
                path: format!("{}/{text}", fill.path),
                is_fresh: fill.is_fresh && *is_fresh,
            })
        });
        fills = longer.collect();
    }
    fills
}

fn literals(at: usize, registries: [&Registry; 2]) -> Vec<String> {
    let handlers = registries.iter().flat_map(|registry| &registry.handlers);
    let literals = handlers.filter_map(|handler| handler.path.split('/').nth(at));
    let literals = literals.filter(|literal| !literal.is_empty() && !has_holes(literal));
    let mut literals: Vec<String> = literals.map(str::to_owned).collect();
    literals.sort();
    literals.dedup();
    literals
}
