//! What differs between two builds, item by item: which handler and which form of the
//! one is which of the other.

use std::collections::HashMap;
use std::sync::Arc;

use super::tolerant::tolerant;
use crate::endpoint::Pattern;
use crate::registry::{Form, Handler, Registry};

/// The items of two builds, paired.
pub(super) struct Parts<'r> {
    pub(super) old: &'r Registry,
    pub(super) new: &'r Registry,
    /// The endpoints whose handler is not the same in both.
    pub(super) endpoints: Vec<Endpoint<'r>>,
    /// All forms.
    pub(super) forms: Vec<FormPart<'r>>,
}

/// An endpoint whose handler is not the same in both builds.
pub(super) struct Endpoint<'r> {
    pub(super) old: Option<&'r Arc<Handler>>,
    pub(super) new: Option<&'r Arc<Handler>>,
    /// A handler that takes what either takes, if they differ in that.
    pub(super) tolerant: Option<Arc<Handler>>,
}

/// A form of either build, or of both.
pub(super) struct FormPart<'r> {
    pub(super) old: Option<&'r Arc<Form>>,
    pub(super) new: Option<&'r Arc<Form>>,
}

impl FormPart<'_> {
    /// Whether it sends the same in both builds.
    pub(super) fn is_same(&self) -> bool {
        match (self.old, self.new) {
            (Some(old), Some(new)) => {
                old.posts_to == new.posts_to
                    && old.encoding == new.encoding
                    && old.fields == new.fields
                    && old.query == new.query
            }
            _ => false,
        }
    }

    pub(super) fn id(&self) -> &str {
        self.new.or(self.old).map_or("", |form| &form.id)
    }
}

/// Pairs handlers by their endpoints, forms by their ids.
pub(super) fn parts<'r>(old: &'r Registry, new: &'r Registry) -> Parts<'r> {
    let handlers = paired_handlers(old, new);
    let handlers = handlers.into_iter().filter(|(old, new)| old != new);
    let endpoints = handlers.map(|(old, new)| Endpoint {
        old,
        new,
        tolerant: old.zip(new).and_then(|(old, new)| tolerant(old, new)),
    });
    let endpoints = endpoints.collect();
    let forms = paired(&old.forms, &new.forms, |form| &*form.id);
    Parts {
        old,
        new,
        endpoints,
        forms: forms
            .into_iter()
            .map(|(old, new)| FormPart { old, new })
            .collect(),
    }
}

/// Pairs handlers by their endpoints: first those whose parameters take the same texts, and of
/// the others those of one path.
fn paired_handlers<'r>(old: &'r Registry, new: &'r Registry) -> Vec<Pair<'r, Handler>> {
    let with_limits = paired(&old.handlers, &new.handlers, |handler| {
        (&*handler.method, handler.pattern().ok())
    });
    let (mut pairs, single): (Vec<_>, Vec<_>) = with_limits
        .into_iter()
        .partition(|(old, new)| old.is_some() && new.is_some());
    let old = single.iter().filter_map(|(old, _)| *old);
    let new = single.iter().filter_map(|(_, new)| *new);
    pairs.extend(paired(old, new, |handler| {
        (&*handler.method, Pattern::parse(&handler.path).ok())
    }));
    pairs
}

/// An item of the old build and one of the new, or one of them.
type Pair<'r, T> = (Option<&'r Arc<T>>, Option<&'r Arc<T>>);

/// The items of both lists; those with one key are one item. Of several with one key,
/// the first is paired with the first.
fn paired<'r, T, K: Eq + std::hash::Hash>(
    old: impl IntoIterator<Item = &'r Arc<T>>,
    new: impl IntoIterator<Item = &'r Arc<T>>,
    key: impl Fn(&'r T) -> K,
) -> Vec<Pair<'r, T>> {
    let mut open: HashMap<K, Vec<usize>> = HashMap::new();
    let mut pairs: Vec<Pair<'r, T>> = Vec::new();
    for item in old {
        open.entry(key(item)).or_default().push(pairs.len());
        pairs.push((Some(item), None));
    }
    for positions in open.values_mut() {
        positions.reverse();
    }
    for item in new {
        match open.get_mut(&key(item)).and_then(Vec::pop) {
            Some(position) => pairs[position].1 = Some(item),
            None => pairs.push((None, Some(item))),
        }
    }
    pairs
}
