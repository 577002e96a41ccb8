//! Estimates the failures by drawing submissions, one by one: the time, how long the page was
//! open, the node that made it, the node that gets it, and the form.
//!
//! Half of the draws are spread evenly over the steps of the curve, so that the minutes of
//! the rollout are estimated well, and half over time, so that the day after it is. Each draw
//! stands for an equal part of the submissions of its step.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

use super::curve::{Count, Curve, Step, WayCount};
use super::dwell::Dwell;
use super::grid::{self, End};
use super::model::Model;
use super::traffic::{Fate, Traffic, Way};
use crate::model::{Direction, Report, Rollout};

/// The number of draws between two calls of `progress`.
const BETWEEN: u64 = 1 << 16;

/// Draws the model's number of submissions. `progress` is called now and then with the
/// number of submissions drawn so far.
///
/// The same seed gives the same curve, on each machine.
#[must_use]
pub fn run<'a>(
    report: &'a Report<'a>,
    model: &Model,
    seed: u64,
    progress: &mut dyn FnMut(u64),
) -> Curve<'a> {
    let traffic = Traffic::new(report, model);
    let mut draw = Draw::new(seed, model);
    let settled = model.roll().settled();
    let mut ways = [&traffic.old_to_new, &traffic.new_to_old]
        .map(|sent| vec![WayCount::default(); sent.ways.len()]);
    let ends = grid::ends(model);
    let samples = samples(model.parameters().samples, &ends);
    let (mut steps, mut from, mut drawn) = (Vec::new(), 0.0, 0);
    for (end, samples) in ends.into_iter().zip(samples) {
        let submissions = model.parameters().rate * (end.at - from);
        let weight = submissions / count(samples);
        let mut hits = Hits::default();
        for _ in 0..samples {
            drawn += 1;
            if drawn % BETWEEN == 0 {
                progress(drawn);
            }
            draw.submissions(&traffic, (from, end.at), &mut |direction, way| {
                if !hits.add(direction, &traffic.sent(direction).ways[way]) {
                    return;
                }
                let way = &mut ways[side(direction)][way];
                way.total += weight;
                // Until the end, this is the variance.
                way.standard_error += weight * weight;
                if end.at <= settled {
                    way.during_roll += weight;
                }
            });
        }
        steps.push(Step {
            from,
            to: end.at,
            new_nodes: model.roll().nodes_at(end.at),
            samples,
            ends_line: end.ends_line,
            ..hits.step(submissions, samples)
        });
        from = end.at;
    }
    Curve::new(steps, settled, &traffic, |direction, way| {
        let way = ways[side(direction)][way];
        WayCount {
            standard_error: libm::sqrt(way.standard_error),
            ..way
        }
    })
}

/// The draws of a step that fail.
#[derive(Default)]
struct Hits {
    /// By direction, and by whether it follows a link.
    failed: [[u64; 2]; 2],
    may_fail: u64,
}

impl Hits {
    /// Counts a submission. Says whether it fails, or may.
    fn add(&mut self, direction: Direction, way: &Way) -> bool {
        match way.fate {
            Fate::Served => return false,
            Fate::MayFail => self.may_fail += 1,
            Fate::Fails => self.failed[side(direction)][usize::from(way.is_link)] += 1,
        }
        true
    }

    /// What a step of so many submissions and draws has of it.
    fn step(&self, submissions: f64, samples: u64) -> Step {
        let weight = submissions / count(samples);
        let [old_to_new, new_to_old] = self.failed.map(|[other, link]| count(other + link));
        let hits = old_to_new + new_to_old;
        let share = hits / count(samples);
        Step {
            from: 0.0,
            to: 0.0,
            new_nodes: 0,
            samples,
            old_to_new: weight * old_to_new,
            new_to_old: weight * new_to_old,
            count: Count {
                submissions,
                failed: weight * hits,
                standard_error: submissions * libm::sqrt(share * (1.0 - share) / count(samples)),
                failed_links: weight * count(self.failed[0][1] + self.failed[1][1]),
                may_fail: weight * count(self.may_fail),
            },
            ends_line: false,
        }
    }
}

fn side(direction: Direction) -> usize {
    match direction {
        Direction::OldToNew => 0,
        Direction::NewToOld => 1,
    }
}

#[expect(clippy::cast_precision_loss, reason = "2^53 draws would take for ever")]
fn count(number: u64) -> f64 {
    number as f64
}

/// How many draws each step gets.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there are not that many"
)]
fn samples(all: u64, ends: &[End]) -> Vec<u64> {
    let last = ends.last().map_or(1.0, |end| end.at);
    let steps = ends.len() as f64;
    let mut given = 0;
    let samples = ends.iter().zip(1_u32..).map(|(end, number)| {
        let share = f64::midpoint(f64::from(number) / steps, end.at / last);
        let up_to = (all as f64 * share).round() as u64;
        let samples = up_to - given;
        given = up_to;
        samples
    });
    samples.collect()
}

/// Draws submissions.
struct Draw<'m> {
    random: Pcg64,
    /// The second of two normal deviates, which are computed together.
    spare: Option<f64>,
    model: &'m Model,
}

impl<'m> Draw<'m> {
    fn new(seed: u64, model: &'m Model) -> Self {
        Self {
            random: Pcg64::seed_from_u64(seed),
            spare: None,
            model,
        }
    }

    /// Tells of what is submitted between two times, by one draw: its direction, and its position
    /// among the ways of that direction. Nothing, if page and node are of one build, or it goes
    /// no such way. What is open for another time than pages is drawn beside them.
    fn submissions(
        &mut self,
        traffic: &Traffic<'_>,
        (from, to): (f64, f64),
        submit: &mut dyn FnMut(Direction, usize),
    ) {
        let time = from + (to - from) * self.unit();
        for (position, dwell) in self.model.dwells().enumerate() {
            let Some(direction) = self.meeting(time, dwell) else {
                continue;
            };
            let sent = traffic.sent(direction);
            let way = sent.way(self.unit());
            if let Some(way) = way.filter(|way| sent.ways[*way].dwell == position) {
                submit(direction, way);
            }
        }
    }

    /// The direction of a submission at that time; `None`: page and node are of one build.
    fn meeting(&mut self, time: f64, dwell: &Dwell) -> Option<Direction> {
        let made = time - self.length(dwell);
        let roll = self.model.roll();
        let (then, now) = (roll.nodes_at(made), roll.nodes_at(time));
        // The nodes with the lowest numbers serve the new build.
        let made_by = self.node();
        let is_new_page = made_by < then;
        let is_new_node = match self.model.rollout() {
            Rollout::Pinned if is_new_page => now > 0,
            Rollout::Pinned => now == self.model.parameters().nodes,
            Rollout::Rolling | Rollout::BlueGreen => {
                let is_new_still = made_by < now;
                if self.model.parameters().sticky && is_new_still == is_new_page {
                    is_new_page
                } else {
                    self.node() < now
                }
            }
        };
        match (is_new_page, is_new_node) {
            (false, true) => Some(Direction::OldToNew),
            (true, false) => Some(Direction::NewToOld),
            _ => None,
        }
    }

    /// A node.
    fn node(&mut self) -> u32 {
        let nodes = u64::from(self.model.parameters().nodes);
        let high = self.random.next_u64() >> 32;
        // At most one number less than there are nodes.
        u32::try_from((high * nodes) >> 32).unwrap_or_default()
    }

    /// How long a page is open, in seconds.
    fn length(&mut self, dwell: &Dwell) -> f64 {
        loop {
            let deviate = self.normal();
            // At least half of them are within the page's life.
            if let Some(length) = dwell.length(deviate) {
                return length;
            }
        }
    }

    /// A number in `[0, 1)`.
    #[expect(clippy::cast_precision_loss, reason = "of 53 bits none is lost")]
    fn unit(&mut self) -> f64 {
        (self.random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A standard normal deviate, by the method of Box and Muller (1958).
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // In `(0, 1]`: the logarithm of 0 is none.
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        let (sine, cosine) = libm::sincos(std::f64::consts::TAU * self.unit());
        self.spare = Some(radius * sine);
        radius * cosine
    }
}
