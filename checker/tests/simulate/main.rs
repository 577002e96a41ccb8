//! How many submissions fail if the new build goes out in one release.

#![allow(
    clippy::unwrap_used,
    reason = "a panic fails the test, also in helper functions"
)]

mod agreement;
mod by_hand;
mod invariants;
mod lifetimes;
mod meetings;
mod parameters;

use std::collections::BTreeMap;
use std::time::Duration;

use coexist_checker::judge::check;
use coexist_checker::model::{Policy, Report, Rollout};
use coexist_checker::registry::{Registry, snapshot};
use coexist_checker::simulate::{Canary, Curve, Model, ModelError, Parameters, expected, run};
use serde_json::{Value, json};

/// A build with these items: a form `app::x` for each name, and for each path its
/// handler.
fn build(version: &str, forms: &[&str], handlers: &[&str]) -> Registry {
    let post = |path: &str| json!({ "method": "POST", "path": path });
    let forms = forms.iter().map(|name| {
        json!({ "id": format!("app::{name}"), "posts_to": [post(&format!("/{name}"))],
                "fields": [{ "name": "a", "always": true, "type": "text" }] })
    });
    let handlers = handlers.iter().map(|name| {
        json!({ "id": format!("app::take_{name}"), "method": "POST", "path": format!("/{name}") })
    });
    read(
        &json!({ "format": 1, "release": { "name": "app", "version": version },
                 "forms": forms.collect::<Vec<_>>(), "handlers": handlers.collect::<Vec<_>>() }),
    )
}

fn read(build: &Value) -> Registry {
    snapshot::read(build.to_string().as_bytes()).unwrap()
}

/// The one form and its handler go in one release.
fn removed() -> [Registry; 2] {
    [build("1.0.0", &["x"], &["x"]), build("1.1.0", &[], &["y"])]
}

/// A form and its handler go, others come, and some stay.
fn replaced() -> [Registry; 2] {
    [
        build("1.0.0", &["a", "x"], &["a", "x"]),
        build("1.1.0", &["a", "y"], &["a", "y"]),
    ]
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Ten submissions a second; every page is open for as long.
fn fixed(nodes: u32, roll: u64, open: u64) -> Parameters {
    Parameters {
        nodes,
        roll: seconds(roll),
        rate: 10.0,
        dwell_median: seconds(open),
        dwell_p95: seconds(open),
        samples: 50_000,
        ..Parameters::default()
    }
}

/// A policy with that strategy.
fn policy(rollout: Rollout) -> Policy {
    Policy {
        rollout,
        ..Policy::default()
    }
}

/// Hands what is expected of a release to a test.
fn with<R>(
    [old, new]: &[Registry; 2],
    policy: &Policy,
    parameters: Parameters,
    test: impl FnOnce(&Report<'_>, &Model, &Curve<'_>) -> R,
) -> R {
    let report = check(old, new, policy).unwrap();
    let model = Model::new(parameters, policy, &report).unwrap();
    let curve = expected(&report, &model);
    test(&report, &model, &curve)
}

#[track_caller]
fn assert_near(number: f64, other: f64) {
    let tolerance = 1e-9 * number.abs().max(other.abs()).max(1.0);
    assert!((number - other).abs() <= tolerance, "{number} {other}");
}
