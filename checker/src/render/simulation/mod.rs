//! Prints simulations: for people, and as JSON.
//!
//! It simulates nothing: that is the business of [`simulate`](crate::simulate).

pub mod json;
pub mod text;

use std::collections::HashMap;

use crate::model::{Report, Rollout};
use crate::plan::OnTheWay;
use crate::simulate::{Agreement, Curve, FindingCount, Model};

/// A simulation, and what it is of.
pub struct Simulation<'a> {
    /// What the checker found.
    pub report: &'a Report<'a>,
    /// What was simulated.
    pub model: &'a Model,
    /// The closed form.
    pub expected: &'a Curve<'a>,
    /// The sample.
    pub sampled: &'a Curve<'a>,
    /// The seed of the sample.
    pub seed: u64,
    /// How far the sample is from the closed form.
    pub agreement: Agreement,
    /// What the new build lacks on the way to another one, if that is known.
    pub way: Option<&'a OnTheWay>,
}

impl<'a> Simulation<'a> {
    /// The failures by finding: in closed form, the worst first, and in the sample.
    pub(super) fn findings(&self) -> Vec<(&'a FindingCount<'a>, &'a FindingCount<'a>)> {
        let place = |count: &FindingCount<'a>| std::ptr::from_ref(count.finding);
        let sampled = self.sampled.findings.iter();
        let sampled: HashMap<_, _> = sampled.map(|count| (place(count), count)).collect();
        let expected = self.expected.findings.iter();
        expected
            .filter_map(|count| Some((count, *sampled.get(&place(count))?)))
            .collect()
    }
}

/// The name of a strategy in the policy.
fn rollout_name(rollout: Rollout) -> &'static str {
    match rollout {
        Rollout::Rolling => "rolling",
        Rollout::BlueGreen => "blue-green",
        Rollout::Pinned => "pinned",
    }
}
