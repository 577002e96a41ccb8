//! The parameters of a simulation, and what is made of them: a model that can be
//! reckoned with. What cannot be is an error here, and nowhere later.

use std::collections::BTreeMap;
use std::time::Duration;

use super::dwell::Dwell;
use super::roll::Roll;
use super::time::shown;
use crate::judge::{Policy, Report, Rollout};
use crate::registry::Registry;

/// The nodes of the largest app that is simulated: the closed form takes the square of
/// this many steps.
pub const MAX_NODES: u32 = 10_000;

/// The submissions that are drawn at the least: fewer say nothing.
pub const MIN_SAMPLES: u64 = 1_000;

/// What is to be simulated, apart from what the policy says. `default()` is what the
/// program takes where nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// How many nodes the app has.
    pub nodes: u32,
    /// How long the roll takes, after the canary nodes. Blue-green takes no time.
    pub roll: Duration,
    /// Submissions per second, of all forms together.
    pub rate: f64,
    /// Submissions per second of single forms, by id, out of [`rate`](Self::rate). What is
    /// left of it is spread evenly over the other forms of a build; if there are none, it
    /// is no form's, and does not fail.
    pub form_rates: BTreeMap<String, f64>,
    /// How long half of the pages are open at most before they are submitted.
    pub dwell_median: Duration,
    /// How long 95 of 100 pages are.
    pub dwell_p95: Duration,
    /// Whether a session stays at its node while that node serves the page's build.
    pub sticky: bool,
    /// The nodes that are replaced first; `None`: the roll begins at once.
    pub canary: Option<Canary>,
    /// When the release is rolled back, counted from its beginning; `None`: it is not.
    pub rollback_at: Option<Duration>,
    /// How many submissions the sample has.
    pub samples: u64,
}

/// The nodes that are replaced first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canary {
    /// Which share of the nodes, between 0 and 1; rounded up to whole nodes.
    pub share: f64,
    /// How long they alone serve the new build.
    pub hold: Duration,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            nodes: 50,
            roll: Duration::from_secs(10 * 60),
            rate: 100.0,
            form_rates: BTreeMap::new(),
            dwell_median: Duration::from_secs(60),
            dwell_p95: Duration::from_secs(20 * 60),
            sticky: false,
            canary: None,
            rollback_at: None,
            samples: 1_000_000,
        }
    }
}

/// What can be reckoned with.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    parameters: Parameters,
    rollout: Rollout,
    page_lifetime: Duration,
    canary_nodes: u32,
    roll: Roll,
    dwell: Dwell,
}

/// Why these parameters cannot be simulated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// No nodes, or too many.
    #[error("{0} nodes: expected 1 to {MAX_NODES}")]
    Nodes(u32),
    /// The rate is none.
    #[error("a rate of {0} submissions per second: expected more than 0")]
    Rate(f64),
    /// The rate of a form is none.
    #[error("form `{id}`: a rate of {rate} submissions per second: expected 0 or more")]
    FormRate {
        /// The form.
        id: String,
        /// Its rate.
        rate: f64,
    },
    /// The forms alone are more than all.
    #[error(
        "the forms of {release} that are named have {named} submissions per second together, all \
         forms {rate}: raise the rate of all, or lower theirs"
    )]
    FormRates {
        /// The build.
        release: String,
        /// What they have.
        named: f64,
        /// What all have.
        rate: f64,
    },
    /// There is no such form.
    #[error("neither build has a form `{id}`{}", nearest.as_ref().map_or_else(String::new, |nearest| format!(": did you mean `{nearest}`?")))]
    NoForm {
        /// What was named.
        id: String,
        /// The form that was probably meant.
        nearest: Option<String>,
    },
    /// The percentile is below the median.
    #[error(
        "95 of 100 pages are open for {} at most, and half of them for {}: the 95th percentile cannot \
         be below the median", shown(*p95), shown(*median)
    )]
    Percentile {
        /// The median.
        median: Duration,
        /// The percentile.
        p95: Duration,
    },
    /// There is no such distribution.
    #[error(
        "half of the pages are submitted at once, and others are not: raise the median above 0s, or \
         lower the 95th percentile to 0s"
    )]
    Median,
    /// Half of the pages would be open for longer than a page can be.
    #[error(
        "half of the pages are open for {} or longer, and a page lives {}: lower the median, or raise \
         the page lifetime", shown(*median), shown(*lifetime)
    )]
    Lifetime {
        /// The median.
        median: Duration,
        /// The page lifetime.
        lifetime: Duration,
    },
    /// A time that is longer than what is simulated.
    #[error("{what} takes {}: expected a year at most", shown(*time))]
    Long {
        /// What takes that long.
        what: &'static str,
        /// How long.
        time: Duration,
    },
    /// The canary is nothing, or everything.
    #[error(
        "a canary of {}%: expected more than 0% and less than 100%", share * 100.0
    )]
    CanaryShare {
        /// The share.
        share: f64,
    },
    /// No node is left for the roll.
    #[error(
        "a canary of {}% is every node, as there are {nodes}: leave the canary out, or raise the \
         number of nodes", share * 100.0
    )]
    CanaryNodes {
        /// The share.
        share: f64,
        /// The nodes.
        nodes: u32,
    },
    /// There is nothing left to be rolled back.
    #[error(
        "a rollback after {} is after the end: the last page of the old build has expired after {}",
        shown(*at), shown(*end)
    )]
    LateRollback {
        /// When.
        at: Duration,
        /// When the last page has expired.
        end: Duration,
    },
    /// The policy says that there is none.
    #[error("a rollback is to be simulated, and the policy says that there is none")]
    NoRollback,
    /// The sample is too small.
    #[error("a sample of {0} submissions: expected {MIN_SAMPLES} or more")]
    Samples(u64),
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
        let times = [
            ("the roll", parameters.roll),
            ("the canary", hold),
            ("a page's life", page_lifetime),
        ];
        if let Some((what, time)) = times.into_iter().find(|(_, time)| *time > YEAR) {
            return Err(ModelError::Long { what, time });
        }
        rates(&parameters, report)?;
        let dwell = dwell(&parameters, page_lifetime)?;
        let canary_nodes = canary_nodes(&parameters)?;
        let roll = roll(&parameters, canary_nodes, policy)?;
        Ok(Self {
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

    /// When the last page that can meet a node of the other build has expired, in seconds.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.roll.settled() + self.page_lifetime.as_secs_f64()
    }
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
        let builds = [report.old, report.new];
        if builds.iter().all(|build| build.form(id).is_none()) {
            return Err(ModelError::NoForm {
                id: id.clone(),
                nearest: nearest(id, builds),
            });
        }
    }
    for build in [report.old, report.new] {
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
        let name = crate::problem::name(form);
        let names = [(id, form), (crate::problem::name(id), name)];
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
