//! The time axis of a diagram: linear while nodes are replaced, and logarithmic after that,
//! since a page lives for a hundred rollouts.

use maud::{Markup, html};

use super::diagram::px;
use crate::simulate::{Model, time};

/// The part of the width that the rollout takes.
const ROLL: f64 = 0.6;

/// The width before the rollout in pixels: there only the old build serves.
const BEFORE: f64 = 18.0;

/// The least distance between the middles of two labels under the axis, in pixels.
const LABEL: f64 = 40.0;

/// The steps that two ticks may be apart during the rollout, in seconds.
const STEPS: [f64; 14] = [
    1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_200.0, 1_800.0, 3_600.0, 7_200.0, 21_600.0,
    86_400.0,
];

/// The ticks after the rollout, in seconds after it.
const AFTER: [f64; 8] = [
    10.0,
    60.0,
    600.0,
    3_600.0,
    21_600.0,
    86_400.0,
    604_800.0,
    2_592_000.0,
];

/// The scale of a model's time.
pub(super) struct TimeScale {
    pub(super) left: f64,
    pub(super) right: f64,
    settled: f64,
    end: f64,
}

impl TimeScale {
    /// Between these columns.
    pub(super) fn new(model: &Model, left: f64, right: f64) -> Self {
        Self {
            left,
            right,
            settled: model.roll().settled(),
            end: model.end(),
        }
    }

    /// The column of the release's beginning.
    pub(super) fn begin(&self) -> f64 {
        self.left + BEFORE
    }

    /// The column at which the rollout is over.
    pub(super) fn settled(&self) -> f64 {
        let width = self.right - self.begin();
        if self.settled <= 0.0 {
            self.begin()
        } else if self.end <= self.settled {
            self.right
        } else {
            self.begin() + ROLL * width
        }
    }

    /// The column of a time.
    pub(super) fn at(&self, time: f64) -> f64 {
        let (begin, settled) = (self.begin(), self.settled());
        if time <= self.settled {
            let share = time.max(0.0) / self.settled.max(f64::MIN_POSITIVE);
            return begin + share * (settled - begin);
        }
        // The first seconds after the rollout are as wide as its last ones, or nearly so.
        let unit = (self.settled / 10.0).max(10.0);
        let share = libm::log1p((time - self.settled) / unit)
            / libm::log1p((self.end - self.settled) / unit);
        settled + share.min(1.0) * (self.right - settled)
    }

    /// The axis, with its ticks under `y`.
    pub(super) fn axis(&self, y: f64) -> Markup {
        html! {
            path class="axis" d={ "M" (px(self.left)) " " (px(y)) "H" (px(self.right)) } {}
            @for (x, label) in self.ticks() {
                path class="axis" d={ "M" (px(x)) " " (px(y)) "v5" } {}
                @if x > self.right - LABEL / 2.0 {
                    text class="small end" x=(px(self.right)) y=(px(y + 18.0)) { (label) }
                } @else {
                    text class="small middle" x=(px(x)) y=(px(y + 18.0)) { (label) }
                }
            }
        }
    }

    /// The ticks: their columns and labels.
    fn ticks(&self) -> Vec<(f64, String)> {
        let mut ticks = vec![(self.begin(), "0".to_owned())];
        let (settled, over) = (self.settled(), shown(self.settled));
        let room = ((settled - self.begin()) / LABEL).max(1.0);
        let step = STEPS.into_iter().find(|step| self.settled <= step * room);
        let step = step.unwrap_or(self.settled);
        let last = settled - LABEL.max(width(&over));
        let mut time = step;
        while time > 0.0 && self.at(time) < last {
            ticks.push((self.at(time), shown(time)));
            time += step;
        }
        if self.settled > 0.0 {
            ticks.push((settled, over));
        }
        let life = self.end - self.settled;
        let mut after: Vec<f64> = AFTER.into_iter().filter(|after| *after < life).collect();
        if life > 0.0 {
            after.push(life);
        }
        let mut free = settled + LABEL;
        for time in after {
            let x = self.at(self.settled + time);
            let label = format!("+{}", shown(time));
            let is_last = time.total_cmp(&life).is_eq();
            // The last one ends at the edge.
            if is_last || (x >= free && x <= self.right - 1.4 * LABEL) {
                ticks.push((x, label));
                free = x + LABEL;
            }
        }
        ticks
    }
}

/// The approximate width of a label in pixels.
fn width(label: &str) -> f64 {
    6.5 * f64::from(u16::try_from(label.len()).unwrap_or(u16::MAX))
}

/// A time as a diagram shows it: in whole seconds, from a minute on.
pub(super) fn shown(seconds: f64) -> String {
    if seconds >= 60.0 {
        time::seconds(seconds.round())
    } else {
        time::seconds(seconds)
    }
}
