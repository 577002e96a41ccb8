//! The handlers that share one method and path, so that guards decide which of them
//! takes a request. Their order depends on what they declare, not on their ids.

use std::collections::HashMap;
use std::ptr;

use foldhash::fast::FixedState;

use crate::registry::Handler;

/// The groups of handlers that share an endpoint.
#[derive(Debug, Default)]
pub(super) struct SharedEndpoints<'r> {
    /// By the address of the first handler of the group.
    groups: HashMap<usize, Vec<&'r Handler>, FixedState>,
}

impl<'r> SharedEndpoints<'r> {
    /// Sorts the handlers of each path by what they declare, and keeps each group of
    /// handlers with one method.
    pub(super) fn new<'l>(leaves: impl Iterator<Item = &'l mut Vec<&'r Handler>>) -> Self
    where
        'r: 'l,
    {
        let mut shared = Self::default();
        for leaf in leaves.filter(|leaf| leaf.len() > 1) {
            leaf.sort_by(|one, other| one.method.cmp(&other.method));
            for group in leaf.chunk_by_mut(|one, other| one.method == other.method) {
                if group.len() > 1 {
                    group.sort_by_cached_key(|handler| declared(handler));
                    let first = address(group[0]);
                    shared.groups.insert(first, group.to_vec());
                }
            }
        }
        shared
    }

    /// The group of its first handler; empty, if nothing shares its endpoint.
    pub(super) fn with_first(&self, handler: &Handler) -> &[&'r Handler] {
        self.groups
            .get(&address(handler))
            .map_or(&[], Vec::as_slice)
    }
}

fn address(handler: &Handler) -> usize {
    ptr::from_ref(handler).addr()
}

/// What a handler declares. A handler that takes every request comes before one that
/// takes some, since the endpoint then serves whatever the others leave.
pub(crate) fn declared(handler: &Handler) -> (bool, String) {
    let reads = (
        handler.encoding,
        handler.reader,
        handler.unknown_fields,
        &handler.fields,
        &handler.query,
    );
    (handler.partial, format!("{reads:?}"))
}
