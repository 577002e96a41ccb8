//! The calculated number of submissions that fail when form and handler are removed in one
//! release.

use std::fmt;

use super::params::Params;

/// The distribution of the number of failed submissions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Expected {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub deviation: f64,
}

/// The expected failures while all nodes are replaced, one by one, from a release with the
/// form to one without form and handler.
///
/// Node `i` is replaced at the time `i * interval`. The submission of a user who opens the
/// home page at node `i`, the form at node `j` and submits it to node `k` fails if the
/// first two nodes still run the old release and the last one already runs the new one.
/// Each of the three is any node with equal probability, so each triple gets an equal part
/// of the visits. Of these, the visits fail that begin early enough to get the pages, and
/// late enough that the submission meets the new release. Visits are a Poisson process, and
/// so is a random selection of them: the variance equals the mean.
#[must_use]
pub(crate) fn expected(params: &Params) -> Expected {
    let (nodes, interval) = (params.nodes, params.interval().as_secs_f64());
    let click = Params::CLICK.as_secs_f64();
    let turn = |node: u32| f64::from(node) * interval;
    let mut seconds = 0.0;
    for home in 0..nodes {
        for page in 0..nodes {
            for submit in 0..nodes {
                let last_page = turn(page).min(turn(home) + click);
                seconds += mean_excess(params, last_page - turn(submit));
            }
        }
    }
    let mean = params.visits_per_second * seconds / f64::from(nodes).powi(3);
    Expected {
        mean,
        deviation: mean.sqrt(),
    }
}

/// The mean of `max(0, dwell + more)`, in seconds.
fn mean_excess(params: &Params, more: f64) -> f64 {
    let (shortest, longest) = params.dwell;
    let least = shortest.as_secs_f64() + more;
    let most = longest.as_secs_f64() + more;
    if least >= 0.0 {
        f64::midpoint(least, most)
    } else if most <= 0.0 {
        0.0
    } else {
        most * most / (2.0 * (most - least))
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} ± {:.0}", self.mean, self.deviation)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// The share of random visits that fail, by the rules of the demo itself.
    fn played(params: &Params) -> f64 {
        const VISITS: u32 = 200_000;
        let mut random = fastrand::Rng::with_seed(1);
        let interval = params.interval().as_secs_f64();
        let (shortest, longest) = params.dwell;
        let lead = (longest + Params::CLICK).as_secs_f64();
        let time = lead + params.roll.as_secs_f64();
        let lost = (0..VISITS).filter(|_| {
            let came = random.f64() * time - lead;
            let opened = came + Params::CLICK.as_secs_f64();
            let spread = longest.saturating_sub(shortest).as_secs_f64();
            let sent = opened + shortest.as_secs_f64() + random.f64() * spread;
            let mut is_new = |at: f64| at >= f64::from(random.u32(0..params.nodes)) * interval;
            !is_new(came) && !is_new(opened) && is_new(sent)
        });
        let lost = u32::try_from(lost.count()).unwrap_or(VISITS);
        f64::from(lost) / f64::from(VISITS) * time * params.visits_per_second
    }

    #[test]
    fn calculation_and_chance_agree() {
        let short = Params {
            nodes: 3,
            roll: Duration::from_secs(1),
            dwell: (Duration::from_millis(900), Duration::from_millis(900)),
            ..Params::default()
        };
        for params in [Params::default(), short] {
            let (calculated, played) = (expected(&params).mean, played(&params));
            let off = (calculated - played).abs() / played;
            assert!(off < 0.03, "{calculated} and {played} for {params:?}");
        }
    }
}
