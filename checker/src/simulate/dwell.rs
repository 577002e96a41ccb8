//! How long a page is open before it is submitted: a log-normal distribution, given by
//! its median and its 95th percentile, cut off at the policy's page lifetime.
//!
//! Log-normal, since this is the time that a person takes for a task, which is measured
//! as log-normal: van der Linden, «A lognormal model for response times on test items»,
//! Journal of Educational and Behavioral Statistics 31 (2006), 181–204; Sauro and Lewis,
//! «Average task times in usability tests: what to report?», CHI 2010. How long pages
//! are *read* is better met by a Weibull distribution (Liu, White and Dumais,
//! «Understanding web browsing behaviors through Weibull analysis of dwell time», SIGIR
//! 2010). Through the same median and 95th percentile, that one has the lighter tail,
//! and would promise less trouble from the pages that stay open for hours.

use std::time::Duration;

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

/// The distribution of how long a page is open before it is submitted, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dwell {
    shape: Shape,
    /// What is open for longer is never submitted.
    lifetime: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// Always this long: the median and the 95th percentile are the same.
    Fixed(f64),
    LogNormal {
        /// Mean and standard deviation of the logarithm.
        mu: f64,
        sigma: f64,
        /// How much of the distribution is within the lifetime.
        within: f64,
    },
}

impl Dwell {
    /// The distribution. The median and the percentile are those before it is cut off;
    /// `None`: they are none of a log-normal distribution, or more than half of it would
    /// be cut off.
    #[must_use]
    pub fn new(median: Duration, p95: Duration, lifetime: Duration) -> Option<Self> {
        let [median, p95, lifetime] = [median, p95, lifetime].map(|time| time.as_secs_f64());
        if p95 < median || lifetime < median {
            return None;
        }
        // A spread that no double can tell from none would divide by nothing.
        let sigma = libm::log(p95 / median) / Z95;
        let shape = if median.total_cmp(&p95).is_eq() || sigma < 1e-9 {
            Shape::Fixed(median)
        } else if median > 0.0 {
            let mu = libm::log(median);
            let within = normal((libm::log(lifetime) - mu) / sigma);
            Shape::LogNormal { mu, sigma, within }
        } else {
            return None;
        };
        Some(Self { shape, lifetime })
    }

    /// The same, stretched so that what is left open for `from` is so for `to`.
    pub(super) fn stretched(&self, from: Duration, to: Duration) -> Self {
        let [from, to] = [from, to].map(|time| time.as_secs_f64());
        let factor = to / from;
        let shape = match self.shape {
            // Nothing that takes no time takes longer.
            _ if to <= 0.0 => Shape::Fixed(0.0),
            Shape::Fixed(length) => Shape::Fixed(length * factor),
            Shape::LogNormal { mu, sigma, within } => Shape::LogNormal {
                mu: mu + libm::log(factor),
                sigma,
                within,
            },
        };
        Self {
            shape,
            lifetime: to,
        }
    }

    /// The share of the pages that is open for at most `time` seconds.
    #[must_use]
    pub fn at_most(&self, time: f64) -> f64 {
        match self.shape {
            Shape::Fixed(length) => f64::from(u8::from(time >= length)),
            _ if time <= 0.0 => 0.0,
            _ if time >= self.lifetime => 1.0,
            Shape::LogNormal { mu, sigma, within } => {
                normal((libm::log(time) - mu) / sigma) / within
            }
        }
    }

    /// The integral of [`at_most`](Self::at_most) from 0 to `time`, in seconds:
    /// `t·F(t)` less the part of the mean that lies below `t`, which for a log-normal
    /// distribution is `exp(μ + σ²/2)·Φ((ln t - μ)/σ - σ)`.
    #[must_use]
    pub fn integral(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        match self.shape {
            Shape::Fixed(length) => (time - length).max(0.0),
            Shape::LogNormal { mu, sigma, within } => {
                let inside = time.min(self.lifetime);
                let z = (libm::log(inside) - mu) / sigma;
                let mean_below = libm::exp(mu + sigma * sigma / 2.0) * normal(z - sigma);
                (inside * normal(z) - mean_below) / within + (time - inside)
            }
        }
    }

    /// A length, out of a standard normal deviate; `None`: it is cut off, draw again.
    pub(super) fn length(&self, deviate: f64) -> Option<f64> {
        let length = match self.shape {
            Shape::Fixed(length) => length,
            Shape::LogNormal { mu, sigma, .. } => libm::exp(mu + sigma * deviate),
        };
        (length <= self.lifetime).then_some(length)
    }
}

/// The standard normal distribution function.
fn normal(z: f64) -> f64 {
    libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}
