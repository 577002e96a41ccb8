//! When pages and nodes can meet, against what the closed form expects to fail.

use std::time::Duration;

use coexist_checker::judge::check;
use coexist_checker::model::{Policy, Rollout};
use coexist_checker::simulate::{Canary, Model, Parameters, Span, expected, meetings};

use super::{replaced, seconds};

/// Whether a span has a part of a step, and not just an end of it.
fn touches(spans: &[Span], from: f64, to: f64) -> bool {
    spans
        .iter()
        .any(|span| span.from < to - 1e-6 && span.to > from + 1e-6)
}

#[test]
fn submissions_fail_only_when_pages_and_nodes_can_meet() {
    let rollouts = [Rollout::Rolling, Rollout::BlueGreen, Rollout::Pinned];
    let canary = Canary {
        share: 0.3,
        hold: seconds(90),
    };
    let [old, new] = replaced();
    for rollout in rollouts {
        for sticky in [false, true] {
            for canary in [None, Some(canary)] {
                for rollback in [None, Some(100), Some(500), Some(2_000)] {
                    let policy = Policy {
                        rollout,
                        page_lifetime: seconds(1_500),
                        ..Policy::default()
                    };
                    let parameters = Parameters {
                        nodes: 7,
                        sticky,
                        canary,
                        rollback_at: rollback.map(Duration::from_secs),
                        dwell_median: seconds(60),
                        dwell_p95: seconds(600),
                        ..Parameters::default()
                    };
                    let report = check(&old, &new, &policy).unwrap();
                    let Ok(model) = Model::new(parameters, &policy, &report) else {
                        continue;
                    };
                    let met = meetings(&model);
                    for step in expected(&report, &model).steps {
                        let failing = [(0, 1, step.old_to_new), (1, 0, step.new_to_old)];
                        for (page, node, failed) in failing {
                            let can = touches(&met[page][node], step.from, step.to);
                            assert!(can || failed < 1e-6, "{model:?} {step:?}");
                            // Within one lifetime of the last change even rare ones are.
                            let is_late = step.to > model.roll().settled() + 300.0;
                            assert!(!can || is_late || failed > 0.0, "{model:?} {step:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_roll_by_hand() {
    let [old, new] = replaced();
    let policy = Policy {
        page_lifetime: seconds(1_000),
        ..Policy::default()
    };
    let report = check(&old, &new, &policy).unwrap();
    let parameters = Parameters {
        nodes: 10,
        roll: seconds(100),
        ..Parameters::default()
    };
    let model = Model::new(parameters, &policy, &report).unwrap();
    let span = |from, to| vec![Span { from, to }];
    let by_hand = [
        [span(0.0, 100.0), span(10.0, 1_100.0)],
        [span(10.0, 100.0), span(10.0, 1_100.0)],
    ];
    assert_eq!(meetings(&model), by_hand);
}
