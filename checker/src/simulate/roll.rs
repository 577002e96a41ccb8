//! The rollout: how many nodes serve the new build, as a function of time.
//!
//! The canary nodes are replaced at the beginning, at once. After that the others are,
//! evenly: with `n` of them in `T` seconds the i-th serves the new build from `i·T/n` on,
//! so that the last one does when the time is over. Blue-green replaces them all at once.
//! A rollback brings nodes back at the same pace, the last one first; that of blue-green
//! all at once.

use super::parameters::Parameters;
use crate::model::Rollout;

/// How many nodes serve the new build, as a function of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Roll {
    /// When it changes, in seconds, and how many nodes serve the new build from then on.
    changes: Vec<(f64, u32)>,
    /// When nothing changes any more.
    settled: f64,
}

impl Roll {
    /// The rollout of these parameters, with whole canary nodes fewer than there are nodes.
    pub(super) fn new(parameters: &Parameters, canary_nodes: u32, rollout: Rollout) -> Self {
        let nodes = parameters.nodes;
        let hold = parameters
            .canary
            .map_or(0.0, |canary| canary.hold.as_secs_f64());
        let mut roll = Self {
            changes: Vec::new(),
            settled: 0.0,
        };
        if canary_nodes > 0 {
            roll.change(0.0, canary_nodes);
        }
        let duration = match rollout {
            Rollout::Rolling | Rollout::Pinned => parameters.roll.as_secs_f64(),
            Rollout::BlueGreen => 0.0,
        };
        let rest = nodes - canary_nodes;
        for number in 1..=rest {
            // Not by adding up: the last one is to be there when the time is over.
            let at = hold + duration * f64::from(number) / f64::from(rest);
            roll.change(at, canary_nodes + number);
        }
        if let Some(at) = parameters.rollback_at {
            roll.roll_back(at.as_secs_f64(), duration / f64::from(rest));
        }
        roll
    }

    fn roll_back(&mut self, from: f64, pace: f64) {
        self.changes.retain(|(at, _)| *at <= from);
        self.settled = from;
        let there = self.nodes_at(from);
        for number in 1..=there {
            self.change(from + pace * f64::from(number), there - number);
        }
    }

    /// Of several changes at once the last one counts.
    fn change(&mut self, at: f64, nodes: u32) {
        match self.changes.last_mut() {
            Some(last) if last.0 >= at => last.1 = nodes,
            _ => self.changes.push((at, nodes)),
        }
        self.settled = at;
    }

    /// When it changes, in seconds in ascending order, and how many nodes serve the new
    /// build from then on. Before, none does.
    #[must_use]
    pub fn changes(&self) -> &[(f64, u32)] {
        &self.changes
    }

    /// When nothing changes any more, in seconds.
    #[must_use]
    pub fn settled(&self) -> f64 {
        self.settled
    }

    /// How many nodes serve the new build at that time.
    #[must_use]
    pub fn nodes_at(&self, time: f64) -> u32 {
        let passed = self.changes.partition_point(|(at, _)| *at <= time);
        match passed.checked_sub(1) {
            Some(last) => self.changes[last].1,
            None => 0,
        }
    }
}
