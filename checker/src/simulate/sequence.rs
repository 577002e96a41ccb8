//! The failures of a sequence of releases: each rolls out over the one before.

use super::curve::{Count, Step};
use super::error::ModelError;
use super::expected::expected;
use super::model::Model;
use super::parameters::Parameters;
use crate::judge;
use crate::model::Policy;
use crate::plan;
use crate::registry::Registry;

/// The failures over time of one release of a sequence.
#[derive(Clone, Debug)]
pub struct ReleaseCurve {
    /// As those of [`Curve`](super::Curve).
    pub steps: Vec<Step>,
    /// While nodes are replaced, or brought back.
    pub during_roll: Count,
    /// From the beginning of its roll until the last page has expired.
    pub total: Count,
}

/// The expected failures of each release of a plan, the first of which rolls out over
/// `old`, with the same parameters for each.
pub fn sequenced(
    old: &Registry,
    steps: &[plan::Step],
    parameters: &Parameters,
    policy: &Policy,
) -> Result<Vec<ReleaseCurve>, ModelError> {
    let mut before = old;
    let mut curves = Vec::with_capacity(steps.len());
    for step in steps {
        let report = judge::check(before, &step.registry, policy)?;
        let mut parameters = parameters.clone();
        // A form that neither of the two has sends nothing.
        let has = |id: &str| before.form(id).is_some() || step.registry.form(id).is_some();
        parameters.form_rates.retain(|id, _| has(id));
        let model = Model::new(parameters, policy, &report)?;
        let curve = expected(&report, &model);
        curves.push(ReleaseCurve {
            steps: curve.steps,
            during_roll: curve.during_roll,
            total: curve.total,
        });
        before = &step.registry;
    }
    Ok(curves)
}
