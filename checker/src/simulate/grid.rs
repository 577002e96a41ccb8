//! The times between which failures are counted: even steps during the rollout, longer and
//! longer ones after it. They are round, since people read them.

use super::model::Model;

/// How many steps make up one line of a table, during the rollout.
const STEPS: u32 = 6;

/// How many lines the rollout takes at most.
const LINES: f64 = 12.0;

/// How long a line may be during the rollout, in seconds.
const ROUND: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0,
    14_400.0, 21_600.0, 43_200.0,
];

/// The steps after the rollout, in seconds after it, and whether a line ends there.
const TAIL: [(f64, bool); 33] = [
    (10.0, false),
    (20.0, false),
    (30.0, false),
    (60.0, true),
    (120.0, false),
    (180.0, false),
    (300.0, true),
    (450.0, false),
    (600.0, true),
    (900.0, false),
    (1_200.0, false),
    (1_800.0, true),
    (2_700.0, false),
    (3_600.0, true),
    (5_400.0, false),
    (7_200.0, true),
    (10_800.0, false),
    (14_400.0, true),
    (21_600.0, false),
    (28_800.0, true),
    (43_200.0, false),
    (57_600.0, false),
    (86_400.0, true),
    (129_600.0, false),
    (172_800.0, true),
    (259_200.0, false),
    (432_000.0, false),
    (604_800.0, true),
    (1_209_600.0, false),
    (2_592_000.0, true),
    (5_184_000.0, false),
    (10_368_000.0, false),
    (20_736_000.0, false),
];

/// When a step ends, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    /// When.
    pub(super) at: f64,
    /// Whether a line of a table ends with it.
    pub(super) ends_line: bool,
}

/// The ends of the steps, in ascending order; the first one begins at 0. One ends when
/// the rollout does, and the last one at the model's end.
pub(super) fn ends(model: &Model) -> Vec<End> {
    let (settled, end) = (model.roll().settled(), model.end());
    let mut ends = Vec::new();
    if settled > 0.0 {
        let line = ROUND.into_iter().find(|line| settled <= line * LINES);
        let step = line.unwrap_or(settled / LINES) / f64::from(STEPS);
        let at = |number: u32| step * f64::from(number);
        let inner = (1..).take_while(|number| at(*number) < settled * (1.0 - 1e-9));
        ends.extend(inner.map(|number| End {
            at: at(number),
            ends_line: number % STEPS == 0,
        }));
        ends.push(End {
            at: settled,
            ends_line: true,
        });
    }
    let tail = TAIL.into_iter().map(|(after, ends_line)| End {
        at: settled + after,
        ends_line,
    });
    ends.extend(tail.take_while(|step| step.at < end * (1.0 - 1e-9)));
    if end > settled {
        ends.push(End {
            at: end,
            ends_line: true,
        });
    }
    ends
}
