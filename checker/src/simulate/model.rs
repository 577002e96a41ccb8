//! The model that the parameters of a simulation and a policy make. Parameters that cannot
//! be simulated are an error here and nowhere later.

use std::time::Duration;

use super::dwell::Dwell;
use super::error::ModelError;
use super::parameters::{Canary, MAX_NODES, MIN_SAMPLES, Parameters};
use super::roll::Roll;
use crate::model::{Policy, Report, Rollout};
use crate::registry::{Form, Registry};
use crate::support::text::item_name;

/// Parameters that can be simulated, and what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    parameters: Parameters,
    rollout: Rollout,
    page_lifetime: Duration,
    canary_nodes: u32,
    roll: Roll,
    dwell: Dwell,
    /// The other lifetimes of forms of which something is found, and how long these are open.
    others: Vec<(Duration, Dwell)>,
}

/// The longest time that is simulated: beyond it, doubles lose the milliseconds.
const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);

impl Model {
    /// The model of these parameters, of the release that was judged by that policy.
    pub fn new(
        parameters: Parameters,
        policy: &Policy,
        report: &Report<'_>,
    ) -> Result<Self, ModelError> {
        let page_lifetime = policy.page_lifetime;
        if !(1..=MAX_NODES).contains(&parameters.nodes) {
            return Err(ModelError::Nodes(parameters.nodes));
        }
        if parameters.samples < MIN_SAMPLES {
            return Err(ModelError::Samples(parameters.samples));
        }
        let hold = parameters
            .canary
            .map_or(Duration::ZERO, |canary| canary.hold);
        let others = other_lifetimes(report, page_lifetime);
        let times = [
            ("the rollout", parameters.roll),
            ("the canary", hold),
            ("a page's life", page_lifetime),
            (
                "the lifetime of a form",
                others.last().copied().unwrap_or_default(),
            ),
        ];
        if let Some((what, time)) = times.into_iter().find(|(_, time)| *time > YEAR) {
            return Err(ModelError::Long { what, time });
        }
        rates(&parameters, report)?;
        let dwell = dwell(&parameters, page_lifetime)?;
        let canary_nodes = canary_nodes(&parameters)?;
        let roll = roll(&parameters, canary_nodes, policy)?;
        let others = others.into_iter();
        let others = others.map(|lifetime| (lifetime, stretched(&dwell, page_lifetime, lifetime)));
        Ok(Self {
            others: others.collect(),
            parameters,
            rollout: policy.rollout,
            page_lifetime,
            canary_nodes,
            roll,
            dwell,
        })
    }

    /// What it was made of.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// How the new build takes the place of the old one: the policy's.
    #[must_use]
    pub fn rollout(&self) -> Rollout {
        self.rollout
    }

    /// How long a page may be open at most: the policy's.
    #[must_use]
    pub fn page_lifetime(&self) -> Duration {
        self.page_lifetime
    }

    /// How many nodes are replaced first.
    #[must_use]
    pub fn canary_nodes(&self) -> u32 {
        self.canary_nodes
    }

    /// How many nodes serve the new build, as a function of time.
    #[must_use]
    pub fn roll(&self) -> &Roll {
        &self.roll
    }

    /// How long pages are open.
    #[must_use]
    pub fn dwell(&self) -> &Dwell {
        &self.dwell
    }

    /// How long forms are open: pages first, then those of each other lifetime.
    pub(super) fn dwells(&self) -> impl Iterator<Item = &Dwell> {
        let others = self.others.iter().map(|(_, dwell)| dwell);
        std::iter::once(&self.dwell).chain(others)
    }

    /// The position of a form's lifetime among the [`dwells`](Self::dwells).
    pub(super) fn position(&self, form: &Form) -> usize {
        let own = form.lifetime_on(self.page_lifetime);
        let found = self.others.iter().position(|(other, _)| *other == own);
        found.map_or(0, |position| position + 1)
    }

    /// How long a page, or a form of which something is found, may be open at most.
    #[must_use]
    pub fn longest_lifetime(&self) -> Duration {
        let others = self.others.iter().map(|(lifetime, _)| *lifetime);
        others.fold(self.page_lifetime, Duration::max)
    }

    /// When the last page that can meet a node of the other build has expired, in seconds.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.roll.settled() + self.longest_lifetime().as_secs_f64()
    }
}

/// The lifetimes, other than that of pages, of the forms of which something is found, in order.
fn other_lifetimes(report: &Report<'_>, page_lifetime: Duration) -> Vec<Duration> {
    let waived = report.waived.iter().map(|(finding, _)| finding);
    let findings = report.findings.iter().chain(waived);
    let forms = findings.filter(|finding| finding.direction.is_some());
    let forms = forms.filter_map(|finding| finding.page.form);
    let lifetimes = forms.map(|form| form.lifetime_on(page_lifetime));
    let mut lifetimes: Vec<Duration> = lifetimes.filter(|own| *own != page_lifetime).collect();
    lifetimes.sort_unstable();
    lifetimes.dedup();
    lifetimes
}

/// How long forms of that lifetime are open. Where pages live no time at all, that is no
/// measure: then by what is the default.
fn stretched(dwell: &Dwell, page_lifetime: Duration, lifetime: Duration) -> Dwell {
    if !page_lifetime.is_zero() {
        return dwell.stretched(page_lifetime, lifetime);
    }
    let (default, day) = (Parameters::default(), Policy::default().page_lifetime);
    let dwell = Dwell::new(default.dwell_median, default.dwell_p95, day).unwrap_or(*dwell);
    dwell.stretched(day, lifetime)
}

fn rates(parameters: &Parameters, report: &Report<'_>) -> Result<(), ModelError> {
    let rate = parameters.rate;
    if !rate.is_finite() || rate <= 0.0 {
        return Err(ModelError::Rate(rate));
    }
    for (id, &rate) in &parameters.form_rates {
        if !rate.is_finite() || rate < 0.0 {
            return Err(ModelError::FormRate {
                id: id.clone(),
                rate,
            });
        }
        let builds = [report.old(), report.new];
        if builds.iter().all(|build| build.form(id).is_none()) {
            return Err(ModelError::NoForm {
                id: id.clone(),
                nearest: nearest(id, builds),
            });
        }
    }
    for build in [report.old(), report.new] {
        let named = build.forms.iter();
        let named: f64 = named
            .filter_map(|form| parameters.form_rates.get(&form.id))
            .sum();
        if named > rate {
            return Err(ModelError::FormRates {
                release: build.release.version.to_string(),
                named,
                rate,
            });
        }
    }
    Ok(())
}

/// The form that was probably meant: by its whole id, or by the name at its end.
fn nearest(id: &str, builds: [&Registry; 2]) -> Option<String> {
    let alike = |form: &str| {
        let name = item_name(form);
        let names = [(id, form), (item_name(id), name)];
        let alike = names.map(|(one, other)| strsim::normalized_damerau_levenshtein(one, other));
        alike[0].max(alike[1])
    };
    let forms = builds.into_iter().flat_map(|build| &build.forms);
    let forms = forms.map(|form| (alike(&form.id), &form.id));
    let near = forms.max_by(|(one, _), (other, _)| one.total_cmp(other));
    near.map(|(_, id)| id.clone())
}

fn dwell(parameters: &Parameters, lifetime: Duration) -> Result<Dwell, ModelError> {
    let (median, p95) = (parameters.dwell_median, parameters.dwell_p95);
    Dwell::new(median, p95, lifetime).ok_or({
        if p95 < median {
            ModelError::Percentile { median, p95 }
        } else if lifetime < median {
            ModelError::Lifetime { median, lifetime }
        } else {
            ModelError::Median
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of at most all nodes"
)]
fn canary_nodes(parameters: &Parameters) -> Result<u32, ModelError> {
    let Some(Canary { share, .. }) = parameters.canary else {
        return Ok(0);
    };
    if !(share > 0.0 && share < 1.0) {
        return Err(ModelError::CanaryShare { share });
    }
    let nodes = parameters.nodes;
    // 7% of 100 nodes are 7, though 0.07 * 100 is a little more.
    let canary = (share * f64::from(nodes) - 1e-9).ceil() as u32;
    if canary >= nodes {
        return Err(ModelError::CanaryNodes { share, nodes });
    }
    Ok(canary)
}

fn roll(parameters: &Parameters, canary: u32, policy: &Policy) -> Result<Roll, ModelError> {
    let Some(at) = parameters.rollback_at else {
        return Ok(Roll::new(parameters, canary, policy.rollout));
    };
    if !policy.rollback {
        return Err(ModelError::NoRollback);
    }
    let mut forward = parameters.clone();
    forward.rollback_at = None;
    let settled = Roll::new(&forward, canary, policy.rollout).settled();
    let end = Duration::from_secs_f64(settled) + policy.page_lifetime;
    if at > end {
        return Err(ModelError::LateRollback { at, end });
    }
    Ok(Roll::new(parameters, canary, policy.rollout))
}
