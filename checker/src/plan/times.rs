//! The earliest releases in which each part may change, so that all bounds are kept.
//!
//! The bounds are differences, `later >= earlier + distance`, so the earliest times are
//! longest paths from the beginning; a cycle that makes them grow for ever shows that
//! no order does.

use std::collections::VecDeque;

use super::bounds::{Bounds, Time};

/// The releases in which each part changes, from 1.
#[derive(Debug)]
pub(super) struct Times {
    /// Per endpoint: from when on it is no longer the old handler, and from when on it
    /// is the new one.
    pub(super) endpoints: Vec<(usize, usize)>,
    /// Per form: from when on it is the new one.
    pub(super) forms: Vec<usize>,
}

impl Times {
    /// How many releases there are.
    pub(super) fn count(&self) -> usize {
        let endpoints = self.endpoints.iter().map(|(_, new)| *new);
        let last = endpoints.chain(self.forms.iter().copied()).max();
        last.unwrap_or(1)
    }
}

/// The earliest times; if there are none, the endpoints that are in the way.
pub(super) fn solve(bounds: &Bounds) -> Result<Times, Vec<usize>> {
    if !bounds.blocked.is_empty() {
        return Err(bounds.blocked.clone());
    }
    let index = |time: Time| match time {
        Time::Leaves(endpoint) => 2 * endpoint,
        Time::Arrives(endpoint) => 2 * endpoint + 1,
        Time::Form(form) => 2 * bounds.endpoints + form,
    };
    let count = 2 * bounds.endpoints + bounds.forms;
    let mut later: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    let mut equal = Vec::new();
    for bound in &bounds.list {
        later[index(bound.earlier)].push((index(bound.later), bound.distance));
    }
    for (endpoint, has_tolerant) in bounds.has_tolerant.iter().enumerate() {
        let (leaves, arrives) = (2 * endpoint, 2 * endpoint + 1);
        later[leaves].push((arrives, 0));
        if !has_tolerant {
            equal.push(endpoint);
            later[arrives].push((leaves, 0));
        }
    }
    let mut times = vec![1; count];
    let mut queue: VecDeque<usize> = (0..count).collect();
    let mut is_queued = vec![true; count];
    while let Some(at) = queue.pop_front() {
        is_queued[at] = false;
        for &(to, distance) in &later[at] {
            let least = times[at] + distance;
            if times[to] >= least {
                continue;
            }
            times[to] = least;
            // No path without a cycle is that long.
            if least > count + 1 {
                return Err(in_the_way(&later, to, 2 * bounds.endpoints));
            }
            if !is_queued[to] {
                is_queued[to] = true;
                queue.push_back(to);
            }
        }
    }
    let endpoints = (0..bounds.endpoints).map(|endpoint| {
        let (leaves, arrives) = (times[2 * endpoint], times[2 * endpoint + 1]);
        // Where the old handler can stay until the new one comes, no third is needed.
        let keeps = |&(to, distance): &(usize, usize)| times[to] >= arrives + distance;
        if later[2 * endpoint].iter().all(keeps) {
            (arrives, arrives)
        } else {
            (leaves, arrives)
        }
    });
    Ok(Times {
        endpoints: endpoints.collect(),
        forms: times[2 * bounds.endpoints..].to_vec(),
    })
}

/// The endpoints on the cycles through this time.
fn in_the_way(later: &[Vec<(usize, usize)>], from: usize, end: usize) -> Vec<usize> {
    let reach = |from: usize| {
        let mut reached = vec![false; later.len()];
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for &(to, _) in &later[at] {
                if !std::mem::replace(&mut reached[to], true) {
                    open.push(to);
                }
            }
        }
        reached
    };
    let reached = reach(from);
    let on_cycle = (0..end).filter(|at| reached[*at] && reach(*at)[from]);
    let mut endpoints: Vec<usize> = on_cycle.map(|at| at / 2).collect();
    endpoints.dedup();
    endpoints
}
