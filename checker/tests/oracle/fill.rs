//! Fills the holes of a form's path: with an arbitrary text, or with one of the literals that
//! stand in that segment in either registry.

use coexist_checker::registry::{Limit, Registry, Value};

const FRESH: &str = "zz9";

/// A path that a form sends to, without holes.
#[derive(Debug)]
pub(crate) struct Fill {
    pub(crate) path: String,
    /// What each segment holds.
    texts: Vec<Text>,
}

/// What a segment of the path holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    /// It is no hole, or an arbitrary text is in it.
    Any,
    /// A text that stands for all that a parameter with a limit takes.
    Sample,
    /// A literal, or one of the few texts that a parameter takes.
    Listed,
}

impl Fill {
    /// Whether no hole was filled with a literal, or for a limit.
    pub(crate) fn is_fresh(&self) -> bool {
        self.texts.iter().all(|text| *text == Text::Any)
    }

    /// Whether it is the other one but for the length of the rest of the path.
    pub(crate) fn is_longer_than(&self, other: &Self) -> bool {
        self.path == format!("{}/{FRESH}", other.path)
    }

    /// Whether it holds a text for a limit where the other one holds a literal.
    pub(crate) fn is_sample_for(&self, other: &Self) -> bool {
        let mut texts = self.texts.iter().zip(&other.texts);
        texts.any(|texts| texts == (&Text::Sample, &Text::Listed))
    }

    /// Whether the other one is filled with the same literals, and with more.
    pub(crate) fn is_wider_than(&self, other: &Self) -> bool {
        let is_kept = |((at, text), (other_at, other_text)): ((&str, &Text), (&str, &Text))| {
            *text == Text::Any
                || (*other_text == Text::Listed && *text == Text::Sample)
                || (*other_text == *text && at == other_at)
        };
        let segments = |fill: &'_ Self| {
            fill.path
                .split('/')
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (ours, others) = (segments(self), segments(other));
        let ours = ours.iter().map(|text| &**text).zip(&self.texts);
        let others = others.iter().map(|text| &**text).zip(&other.texts);
        self.texts != other.texts && ours.zip(others).all(is_kept)
    }
}

pub(crate) fn has_holes(path: &str) -> bool {
    path.contains('{')
}

pub(crate) fn fills(path: &str, registries: [&Registry; 2]) -> Vec<Fill> {
    let mut fills = vec![Fill {
        path: String::new(),
        texts: Vec::new(),
    }];
    for (at, segment) in path.split('/').enumerate().skip(1) {
        let mut texts = Vec::new();
        if has_holes(segment) {
            texts.push((FRESH.to_owned(), Text::Any));
            if segment.starts_with("{*") {
                // No literals: a parameter for the rest of the path stands for more than a list of texts.
                texts.push((format!("{FRESH}/{FRESH}"), Text::Any));
            } else {
                texts.extend(literals(at, registries));
            }
        } else {
            texts.push((segment.to_owned(), Text::Any));
        }
        let longer = fills.iter().flat_map(|fill| {
            texts.iter().map(|(text, kind)| Fill {
                path: format!("{}/{text}", fill.path),
                texts: [&*fill.texts, &[*kind]].concat(),
            })
        });
        fills = longer.collect();
    }
    fills
}

/// The literals at a segment, and texts that its parameters take.
fn literals(at: usize, registries: [&Registry; 2]) -> Vec<(String, Text)> {
    let handlers = registries.iter().flat_map(|registry| &registry.handlers);
    let (mut listed, mut samples) = (Vec::new(), Vec::new());
    for handler in handlers {
        let Some(segment) = handler.path.split('/').nth(at) else {
            continue;
        };
        if !segment.is_empty() && !has_holes(segment) {
            listed.push(segment.to_owned());
        }
        let known = handler.parameters.iter();
        let known = known.filter(|known| segment == format!("{{{}}}", known.name));
        for limit in known.filter_map(|known| known.limit.as_deref()) {
            match limit {
                Limit::Value(Value::Choice { choices, .. }) => {
                    listed.extend(choices.iter().cloned());
                }
                Limit::Value(_) => samples.extend(["7", "8", "-7", "1234"].map(str::to_owned)),
                Limit::Pattern(_) => samples.extend(["word", "other"].map(str::to_owned)),
            }
        }
    }
    samples.retain(|sample| !listed.contains(sample));
    let listed = listed.into_iter().map(|text| (text, Text::Listed));
    let samples = samples.into_iter().map(|text| (text, Text::Sample));
    let mut literals: Vec<(String, Text)> = listed.chain(samples).collect();
    literals.sort_by(|(one, _), (other, _)| one.cmp(other));
    literals.dedup_by(|(one, _), (other, _)| one == other);
    literals
}
