//! The expected number of failures, in closed form.
//!
//! Between two changes of the rollout both the node of a page and the node of a submission
//! have fixed chances, so what is sought is the chance that a page was made between `a`
//! and `b` and submitted at `t`, `F(t - a) - F(t - b)`, integrated over `t`. The integral
//! of a log-normal distribution function is known, so nothing is approximated.

use super::curve::{Count, Curve, Step, WayCount};
use super::dwell::Dwell;
use super::grid;
use super::model::Model;
use super::traffic::{Shares, Traffic};
use crate::model::{Direction, Report, Rollout};

/// The expected failures, of a release that was judged by the model's policy.
#[must_use]
pub fn expected<'a>(report: &'a Report<'a>, model: &Model) -> Curve<'a> {
    let traffic = Traffic::new(report, model);
    let rate = model.parameters().rate;
    let settled = model.roll().settled();
    let mut clocks: Vec<Clock<'_>> = model
        .dwells()
        .map(|dwell| Clock::new(model, dwell))
        .collect();
    // What the forms send scales it; it is the same for all that are open for as long.
    let mut during_roll = vec![Meetings::default(); clocks.len()];
    let mut total = during_roll.clone();
    let mut steps = Vec::new();
    let mut from = 0.0;
    for end in grid::ends(model) {
        let met: Vec<Meetings> = clocks.iter_mut().map(|clock| clock.until(end.at)).collect();
        for (position, met) in met.iter().enumerate() {
            total[position].add(met);
            if end.at <= settled {
                during_roll[position].add(met);
            }
        }
        let failing = |direction, share: fn(&Shares) -> f64| {
            let shares = traffic.sent(direction).shares.iter().zip(&met);
            let failing = shares.map(|(shares, met)| rate * met.along(direction) * share(shares));
            // Not the sum of nothing, which is a negative zero.
            failing.fold(0.0, |sum, failing| sum + failing)
        };
        let both =
            |share| failing(Direction::OldToNew, share) + failing(Direction::NewToOld, share);
        steps.push(Step {
            from,
            to: end.at,
            new_nodes: model.roll().nodes_at(end.at),
            samples: 0,
            old_to_new: failing(Direction::OldToNew, |shares| shares.fails),
            new_to_old: failing(Direction::NewToOld, |shares| shares.fails),
            count: Count {
                submissions: rate * (end.at - from),
                failed: both(|shares| shares.fails),
                standard_error: 0.0,
                failed_links: both(|shares| shares.links_fail),
                may_fail: both(|shares| shares.may_fail),
            },
            ends_line: end.ends_line,
        });
        from = end.at;
    }
    Curve::new(steps, settled, &traffic, |direction, way| {
        let way = &traffic.sent(direction).ways[way];
        let sent = rate * way.share;
        WayCount {
            during_roll: sent * during_roll[way.dwell].along(direction),
            total: sent * total[way.dwell].along(direction),
            standard_error: 0.0,
        }
    })
}

/// For how many seconds' worth of submissions pages of the one build meet nodes of the
/// other.
#[derive(Clone, Copy, Default)]
struct Meetings {
    old_to_new: f64,
    new_to_old: f64,
}

impl Meetings {
    fn add(&mut self, other: &Self) {
        self.old_to_new += other.old_to_new;
        self.new_to_old += other.new_to_old;
    }

    /// Adds pages that were made while so many nodes served the new build, and are
    /// submitted while so many do.
    fn pages(&mut self, model: &Model, (made_by, at): (u32, u32), (pages, noise): (f64, f64)) {
        if pages > noise {
            let nodes = model.parameters().nodes;
            self.old_to_new += pages * chance(model, nodes - made_by, nodes - at);
            self.new_to_old += pages * chance(model, made_by, at);
        }
    }

    fn along(&self, direction: Direction) -> f64 {
        match direction {
            Direction::OldToNew => self.old_to_new,
            Direction::NewToOld => self.new_to_old,
        }
    }
}

/// Goes through time, from one change to the next.
struct Clock<'m> {
    model: &'m Model,
    dwell: &'m Dwell,
    now: f64,
    /// The integral of the dwell's distribution since each change, up to now.
    since: Vec<f64>,
}

impl<'m> Clock<'m> {
    fn new(model: &'m Model, dwell: &'m Dwell) -> Self {
        Self {
            model,
            dwell,
            now: 0.0,
            since: vec![0.0; model.roll().changes().len()],
        }
    }

    /// What meets from now until then.
    fn until(&mut self, end: f64) -> Meetings {
        let mut met = Meetings::default();
        let changes = self.model.roll().changes();
        let first = changes.partition_point(|(at, _)| *at <= self.now);
        let inner = changes[first..].iter().map(|(at, _)| *at);
        for next in inner.take_while(|at| *at < end).chain([end]) {
            met.add(&self.advance(next));
        }
        met
    }

    /// What meets until then; nothing changes in between.
    fn advance(&mut self, next: f64) -> Meetings {
        let model = self.model;
        let at_nodes = model.roll().nodes_at(self.now);
        // A difference that rounding explains is not a page. It does not grow
        // with the span, of which ten thousand nodes see a little part each.
        let noise = 64.0 * f64::EPSILON * next;
        let mut met = Meetings::default();
        let mut made_by = 0;
        // Pages that were made after the change before: of the first span, all.
        let mut after = next - self.now;
        for ((at, nodes), since) in model.roll().changes().iter().zip(&mut self.since) {
            let integral = self.dwell.integral(next - at);
            let after_this = integral - *since;
            *since = integral;
            met.pages(model, (made_by, at_nodes), (after - after_this, noise));
            (made_by, after) = (*nodes, after_this);
        }
        met.pages(model, (made_by, at_nodes), (after, noise));
        self.now = next;
        met
    }
}

/// The chance that a page is of a build that `made_by` nodes served when it was made, and
/// is submitted to a node of the other one, when `at` nodes serve its own.
fn chance(model: &Model, made_by: u32, at: u32) -> f64 {
    let nodes = f64::from(model.parameters().nodes);
    let of_build = f64::from(made_by) / nodes;
    let at_other = 1.0 - f64::from(at) / nodes;
    let unbound = if made_by == 0 {
        return 0.0;
    } else if model.rollout() == Rollout::Pinned {
        return if at == 0 { of_build } else { 0.0 };
    } else if model.parameters().sticky {
        // Nodes are replaced in one order and brought back in the reverse one, so that
        // those that still serve it are the ones that did.
        f64::from(made_by.saturating_sub(at)) / f64::from(made_by)
    } else {
        1.0
    };
    of_build * unbound * at_other
}
