//! Whose pages can meet whose nodes, and when: what the policy and the rollout allow,
//! however often it happens.

use super::model::Model;
use crate::model::Rollout;

/// A span of time, in seconds since the release began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// When it begins.
    pub from: f64,
    /// When it ends; [`Model::end`] at the latest.
    pub to: f64,
}

/// When pages of each build can be submitted to nodes of each: first by the page's build,
/// then by the node's; the old one is 0, the new one 1. Spans are in order, and apart.
#[must_use]
pub fn meetings(model: &Model) -> [[Vec<Span>; 2]; 2] {
    let times = times(model);
    [0, 1].map(|page| {
        [0, 1].map(|node| {
            let mut spans: Vec<Span> = Vec::new();
            for pair in times.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                if !can_meet(model, page, node, f64::midpoint(from, to)) {
                    continue;
                }
                match spans.last_mut() {
                    Some(last) if last.to.total_cmp(&from).is_eq() => last.to = to,
                    _ => spans.push(Span { from, to }),
                }
            }
            spans
        })
    })
}

/// The times between which nothing changes: neither who serves, nor whose pages have all
/// expired.
fn times(model: &Model) -> Vec<f64> {
    let end = model.end();
    let life = model.longest_lifetime().as_secs_f64();
    let changes = model.roll().changes().iter();
    let changes = changes.flat_map(|(at, _)| [*at, *at + life]);
    let mut times: Vec<f64> = changes.chain([0.0, end]).collect();
    times.retain(|at| (0.0..=end).contains(at));
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}

fn can_meet(model: &Model, page: usize, node: usize, at: f64) -> bool {
    let nodes = model.parameters().nodes;
    let of_build = |new: u32| if page == 0 { nodes - new } else { new };
    let roll = model.roll();
    let now = of_build(roll.nodes_at(at));
    // The most nodes of its build at any time from which a page may still be open. The new
    // build's go up and perhaps down again: the most are at one of the ends, or at the peak.
    let opened = at - model.longest_lifetime().as_secs_f64();
    let peak = roll.changes().iter().max_by_key(|(_, new)| *new);
    let peak = peak.filter(|(change, _)| (opened..=at).contains(change));
    let most = peak.map_or(now, |(_, new)| of_build(*new).max(now));
    let most = most.max(of_build(roll.nodes_at(opened)));
    if page == node {
        return most > 0 && now > 0;
    }
    match model.rollout() {
        Rollout::Pinned => most > 0 && now == 0,
        // Its session leaves a node only when that is replaced.
        _ if model.parameters().sticky => most > now,
        Rollout::Rolling | Rollout::BlueGreen => most > 0 && now < nodes,
    }
}
