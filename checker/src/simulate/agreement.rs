//! Whether the two ways agree.

use super::curve::{Count, Curve, Step};

/// How far a sample is from the closed form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// How many failures more the sample has.
    pub difference: f64,
    /// The standard error that a sample of this size has, if the closed form is right.
    pub standard_error: f64,
}

impl Agreement {
    /// Compares the total of a sample with that of the closed form of the same model.
    #[must_use]
    pub fn new(expected: &Curve<'_>, sampled: &Curve<'_>) -> Self {
        let steps = expected.steps.iter().zip(&sampled.steps);
        let variance: f64 = steps
            .map(|(one, other)| Self::of_step(one, other))
            .map(|step| step.standard_error * step.standard_error)
            .sum();
        Self {
            difference: difference(&expected.total, &sampled.total),
            standard_error: libm::sqrt(variance),
        }
    }

    /// Compares one step of both.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "2^53 draws would take for ever")]
    pub fn of_step(expected: &Step, sampled: &Step) -> Self {
        let Count { submissions, .. } = expected.count;
        let share = expected.count.share().min(1.0);
        let variance = share * (1.0 - share) / sampled.samples.max(1) as f64;
        Self {
            difference: difference(&expected.count, &sampled.count),
            standard_error: submissions * libm::sqrt(variance),
        }
    }

    /// The difference in standard errors. Above 4, one of 16,000 samples would be, if the
    /// two did agree.
    #[must_use]
    pub fn standard_errors(&self) -> f64 {
        if self.difference == 0.0 {
            0.0
        } else {
            self.difference.abs() / self.standard_error
        }
    }
}

/// A difference that rounding explains does not count.
fn difference(expected: &Count, sampled: &Count) -> f64 {
    let difference = sampled.failed - expected.failed;
    if difference.abs() <= 1e-9 * expected.submissions {
        0.0
    } else {
        difference
    }
}
