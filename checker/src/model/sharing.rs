//! Which handlers a request may go from and to, where several share an endpoint. The
//! guards that decide between them are not declared, so each that could take the
//! request counts.

use std::collections::{HashMap, HashSet};

use super::routed::refuses_all;
use crate::endpoint::declared;
use crate::registry::{Form, Handler, Target};

/// How many pairs of handlers are judged. Where there are more, each handler of the
/// node is judged by all that the form sends, which finds no less.
const MOST_PAIRS: usize = 4096;

/// A handler that takes a request at home, `None` if that is not known, and one that
/// takes its place.
pub(super) type HandlerPair<'r> = (Option<&'r Handler>, &'r Handler);

/// The pairs of handlers that a form's request may meet. `own` share the endpoint at
/// home, `there` at the node; neither is empty.
///
/// A handler that reads the same on both sides takes its own place. What is left has
/// changed, and any of it may take the place of any other. A handler that refuses all
/// that the form sends is not the one that the form is for.
pub(super) fn pairs<'r>(
    own: &[&'r Handler],
    there: &[&'r Handler],
    (form, target): (&Form, &Target),
) -> Vec<HandlerPair<'r>> {
    let is_for = |own: &&'r Handler| !refuses_all(own, form, target);
    let is_for_some = own.iter().any(is_for);
    let mut same: HashMap<String, Vec<&'r Handler>> = HashMap::new();
    for handler in there.iter().rev() {
        same.entry(declared(handler).1).or_default().push(handler);
    }
    let mut pairs = Vec::new();
    let (mut own_taking, mut own_changed) = (Vec::new(), Vec::new());
    for handler in own {
        let in_place = same.get_mut(&declared(handler).1).and_then(Vec::pop);
        if is_for_some && !is_for(handler) {
            continue;
        }
        own_taking.push(*handler);
        match in_place {
            Some(in_place) => pairs.push((Some(*handler), in_place)),
            None => own_changed.push(*handler),
        }
    }
    let left: HashSet<*const Handler> = same
        .into_values()
        .flatten()
        .map(std::ptr::from_ref)
        .collect();
    let is_left = |handler: &&&Handler| left.contains(&std::ptr::from_ref(**handler));
    let there_changed: Vec<&Handler> = there.iter().filter(is_left).copied().collect();
    if own_changed.is_empty() && there_changed.is_empty() {
        return pairs;
    }
    let or_all = |changed: Vec<&'r Handler>, all: &[&'r Handler]| {
        if changed.is_empty() {
            all.to_vec()
        } else {
            changed
        }
    };
    let own = or_all(own_changed, &own_taking);
    let there = or_all(there_changed, there);
    if own.len().saturating_mul(there.len()) > MOST_PAIRS {
        pairs.extend(there.into_iter().map(|there| (None, there)));
    } else {
        for own in own {
            pairs.extend(there.iter().map(|there| (Some(own), *there)));
        }
    }
    pairs
}
