//! Fills the holes of a form's path: with an arbitrary text, or with one of the literals that
//! stand in that segment in either registry.

use coexist_checker::registry::{Limit, Registry};

const FRESH: &str = "zz9";

/// A path that a form sends to, without holes.
#[derive(Debug)]
pub(crate) struct Fill {
    pub(crate) path: String,
    /// For each segment, whether it is a hole that was filled with a literal.
    listed: Vec<bool>,
}

impl Fill {
    /// Whether no hole was filled with a literal.
    pub(crate) fn is_fresh(&self) -> bool {
        !self.listed.contains(&true)
    }

    /// Whether the other one is filled with the same literals, and with more.
    pub(crate) fn is_wider_than(&self, other: &Self) -> bool {
        let is_kept = |((at, listed), (other_at, other_listed)): ((&str, &bool), (&str, &bool))| {
            !listed || (*other_listed && at == other_at)
        };
        let segments = |fill: &'_ Self| {
            fill.path
                .split('/')
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (ours, others) = (segments(self), segments(other));
        let ours = ours.iter().map(|text| &**text).zip(&self.listed);
        let others = others.iter().map(|text| &**text).zip(&other.listed);
        self.listed != other.listed && ours.zip(others).all(is_kept)
    }
}

pub(crate) fn has_holes(path: &str) -> bool {
    path.contains('{')
}

pub(crate) fn fills(path: &str, registries: [&Registry; 2]) -> Vec<Fill> {
    let mut fills = vec![Fill {
        path: String::new(),
        listed: Vec::new(),
    }];
    for (at, segment) in path.split('/').enumerate().skip(1) {
        let mut texts = Vec::new();
        if has_holes(segment) {
            texts.push((FRESH.to_owned(), false));
            if segment.starts_with("{*") {
                // No literals: a parameter for the rest of the path stands for more than a list of texts.
                texts.push((format!("{FRESH}/{FRESH}"), false));
            } else {
                let literals = literals(at, registries).into_iter();
                texts.extend(literals.map(|literal| (literal, true)));
            }
        } else {
            texts.push((segment.to_owned(), false));
        }
        let longer = fills.iter().flat_map(|fill| {
            texts.iter().map(|(text, is_listed)| Fill {
                path: format!("{}/{text}", fill.path),
                listed: [&*fill.listed, &[*is_listed]].concat(),
            })
        });
        fills = longer.collect();
    }
    fills
}

fn literals(at: usize, registries: [&Registry; 2]) -> Vec<String> {
    let handlers = registries.iter().flat_map(|registry| &registry.handlers);
    let mut limited = Vec::new();
    for handler in handlers.clone() {
        let Some(segment) = handler.path.split('/').nth(at) else {
            continue;
        };
        let known = handler.parameters.iter();
        let known = known.filter(|known| segment == format!("{{{}}}", known.name));
        for limit in known.filter_map(|known| known.limit.as_deref()) {
            match limit {
                Limit::Choice { choices, .. } => limited.extend(choices.iter().cloned()),
                Limit::Integer { .. } => {
                    limited.extend(["7", "8", "-7", "1234"].map(str::to_owned));
                }
                _ => limited.extend(["word", "other"].map(str::to_owned)),
            }
        }
    }
    let literals = handlers.filter_map(|handler| handler.path.split('/').nth(at));
    let literals = literals.filter(|literal| !literal.is_empty() && !has_holes(literal));
    let literals = literals.map(str::to_owned);
    let mut literals: Vec<String> = literals.chain(limited).collect();
    literals.sort();
    literals.dedup();
    literals
}
