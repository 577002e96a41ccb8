//! A simulation as JSON, for programs. Times are in seconds since the release began,
//! rates in submissions per second; everything else is a number of submissions.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Simulation, rollout_name};
use crate::model::Direction;
use crate::plan::OnTheWay;
use crate::simulate::{Count, FindingCount, Step};
use crate::support;

/// The number of the format where no link fails.
pub const FORMAT: u32 = 1;

/// The number of the format where links fail: there is the key `failed_links` in addition.
pub const FORMAT_WITH_LINKS: u32 = 2;

/// The number of the format where a build is named that the new one is a step to: there is the
/// key `towards` in addition.
pub const FORMAT_WITH_GAPS: u32 = 3;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    old: String,
    new: String,
    fails: bool,
    parameters: Parameters<'a>,
    during_roll: Both,
    total: Both,
    agreement: WrittenAgreement,
    not_counted: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    towards: Option<Towards<'a>>,
    findings: Vec<WrittenFinding<'a>>,
    curve: Vec<WrittenStep>,
}

#[derive(Serialize)]
struct Parameters<'a> {
    strategy: &'static str,
    nodes: u32,
    roll: f64,
    settled: f64,
    end: f64,
    rate: f64,
    form_rates: &'a BTreeMap<String, f64>,
    dwell_median: f64,
    dwell_p95: f64,
    page_lifetime: f64,
    sticky: bool,
    canary: Option<Canary>,
    rollback_at: Option<f64>,
    samples: u64,
    seed: u64,
}

#[derive(Serialize)]
struct Canary {
    share: f64,
    nodes: u32,
    hold: f64,
}

#[derive(Serialize)]
struct Both {
    submissions: f64,
    expected: Failing,
    sampled: Failing,
}

#[derive(Serialize)]
struct Failing {
    failed: f64,
    /// How many of these follow a link or a redirect.
    #[serde(skip_serializing_if = "is_zero")]
    failed_links: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error: Option<f64>,
    may_fail: f64,
}

#[derive(Serialize)]
struct WrittenAgreement {
    difference: f64,
    standard_error: f64,
    standard_errors: f64,
}

#[derive(Serialize)]
struct Towards<'a> {
    release: String,
    lacks: Vec<WrittenGap<'a>>,
}

/// A form that the old build has and the new one lacks, and what does the same in the end.
#[derive(Serialize)]
struct WrittenGap<'a> {
    form: &'a str,
    source: Option<String>,
    wanted: &'a str,
}

#[derive(Serialize)]
struct WrittenFinding<'a> {
    rule: &'static str,
    level: &'static str,
    waived: bool,
    direction: &'static str,
    form: Option<&'a str>,
    source: Option<String>,
    method: &'a str,
    path: &'a str,
    expected: Failed,
    sampled: Failed,
}

#[derive(Serialize)]
struct Failed {
    during_roll: f64,
    total: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error: Option<f64>,
}

#[derive(Serialize)]
struct WrittenStep {
    from: f64,
    to: f64,
    new_nodes: u32,
    submissions: f64,
    expected: Directions,
    sampled: Directions,
    samples: u64,
}

#[derive(Serialize)]
struct Directions {
    old_to_new: f64,
    new_to_old: f64,
    #[serde(flatten)]
    all: Failing,
}

/// Writes the simulation, indented, with a newline at the end.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn simulation(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    let (expected, sampled) = (simulation.expected, simulation.sampled);
    let agreement = simulation.agreement;
    let findings = simulation.findings();
    let steps = expected.steps.iter().zip(&sampled.steps);
    let written = Written {
        format: if simulation.way.is_some() {
            FORMAT_WITH_GAPS
        } else if expected.total.failed_links > 0.0 {
            FORMAT_WITH_LINKS
        } else {
            FORMAT
        },
        old: simulation.report.old().release.version.to_string(),
        new: simulation.report.new.release.version.to_string(),
        fails: expected.fails(),
        parameters: parameters(simulation),
        during_roll: both(&expected.during_roll, &sampled.during_roll),
        total: both(&expected.total, &sampled.total),
        agreement: WrittenAgreement {
            difference: rounded(agreement.difference),
            standard_error: rounded(agreement.standard_error),
            standard_errors: rounded(agreement.standard_errors()),
        },
        not_counted: simulation.report.denied_within(),
        towards: simulation.way.map(towards),
        findings: findings
            .into_iter()
            .map(|(expected, sampled)| finding(expected, sampled))
            .collect(),
        curve: steps
            .map(|(expected, sampled)| step(expected, sampled))
            .collect(),
    };
    support::json::write(&written, to)
}

fn towards(way: &OnTheWay) -> Towards<'_> {
    let gaps = way.gaps.iter();
    let lacks = gaps.map(|gap| WrittenGap {
        form: &gap.form.id,
        source: gap.form.source.as_ref().map(ToString::to_string),
        wanted: &gap.wanted.id,
    });
    Towards {
        release: way.wanted.version.to_string(),
        lacks: lacks.collect(),
    }
}

fn parameters<'a>(simulation: &Simulation<'a>) -> Parameters<'a> {
    let model = simulation.model;
    let parameters = model.parameters();
    Parameters {
        strategy: rollout_name(model.rollout()),
        nodes: parameters.nodes,
        roll: parameters.roll.as_secs_f64(),
        settled: rounded(model.roll().settled()),
        end: rounded(model.end()),
        rate: parameters.rate,
        form_rates: &parameters.form_rates,
        dwell_median: parameters.dwell_median.as_secs_f64(),
        dwell_p95: parameters.dwell_p95.as_secs_f64(),
        page_lifetime: model.page_lifetime().as_secs_f64(),
        sticky: parameters.sticky,
        canary: parameters.canary.map(|canary| Canary {
            share: canary.share,
            nodes: model.canary_nodes(),
            hold: canary.hold.as_secs_f64(),
        }),
        rollback_at: parameters.rollback_at.map(|at| at.as_secs_f64()),
        samples: parameters.samples,
        seed: simulation.seed,
    }
}

fn both(expected: &Count, sampled: &Count) -> Both {
    Both {
        submissions: rounded(expected.submissions),
        expected: failing(expected, false),
        sampled: failing(sampled, true),
    }
}

fn failing(count: &Count, is_sample: bool) -> Failing {
    Failing {
        failed: rounded(count.failed),
        failed_links: rounded(count.failed_links),
        standard_error: is_sample.then(|| rounded(count.standard_error)),
        may_fail: rounded(count.may_fail),
    }
}

fn finding<'a>(
    expected: &'a FindingCount<'a>,
    sampled: &'a FindingCount<'a>,
) -> WrittenFinding<'a> {
    let found = expected.finding;
    let (method, path) = found.endpoint;
    let source = found.page.form.and_then(|form| form.source.as_ref());
    let failed = |count: &FindingCount<'_>, is_sample: bool| Failed {
        during_roll: rounded(count.during_roll),
        total: rounded(count.total),
        standard_error: is_sample.then(|| rounded(count.standard_error)),
    };
    WrittenFinding {
        rule: found.rule.name,
        level: found.level.name(),
        waived: expected.is_waived,
        direction: match expected.direction {
            Direction::OldToNew => "old-to-new",
            Direction::NewToOld => "new-to-old",
        },
        form: found.page.form.map(|form| form.id.as_str()),
        source: source.map(ToString::to_string),
        method,
        path,
        expected: failed(expected, false),
        sampled: failed(sampled, true),
    }
}

fn step(expected: &Step, sampled: &Step) -> WrittenStep {
    let directions = |step: &Step, is_sample| Directions {
        old_to_new: rounded(step.old_to_new),
        new_to_old: rounded(step.new_to_old),
        all: failing(&step.count, is_sample),
    };
    WrittenStep {
        from: rounded(expected.from),
        to: rounded(expected.to),
        new_nodes: expected.new_nodes,
        submissions: rounded(expected.count.submissions),
        expected: directions(expected, false),
        sampled: directions(sampled, true),
        samples: sampled.samples,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// The number, rounded to six decimals: further ones have no meaning.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
