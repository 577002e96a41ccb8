//! Why something cannot be simulated: one cause each, with what to do about it.

use std::time::Duration;

use crate::model::TooManySteps;

use super::parameters::{MAX_NODES, MIN_SAMPLES};
use super::time::shown;

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
    /// No node is left for the rollout.
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
    /// The judgement of the releases takes too many steps.
    #[error(transparent)]
    Steps(#[from] TooManySteps),
    /// The sample is too small.
    #[error("a sample of {0} submissions: expected {MIN_SAMPLES} or more")]
    Samples(u64),
}
