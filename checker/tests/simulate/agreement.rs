//! The sample agrees with the closed form. The seeds are fixed, so that a test that has
//! passed passes; of what a few standard errors miss, there is none in 10,000.

use coexist_checker::simulate::{Agreement, Step};

use super::*;

/// Below this many hits a step is too far from normal to be judged by standard errors.
const HITS: f64 = 20.0;

#[track_caller]
fn assert_agree(parameters: &Parameters, rollout: Rollout, seed: u64) {
    let (builds, policy) = (replaced(), policy(rollout));
    with(
        &builds,
        &policy,
        parameters.clone(),
        |report, model, curve| {
            let sampled = run(report, model, seed, &mut |_| {});
            let drawn: u64 = sampled.steps.iter().map(|step| step.samples).sum();
            assert_eq!(drawn, parameters.samples);
            assert_eq!(curve.steps.len(), sampled.steps.len());
            assert_near(curve.total.submissions, 10.0 * model.end());
            let total = Agreement::new(curve, &sampled).standard_errors();
            assert!(total < 4.0, "{total} in all, {parameters:?} {rollout:?}");
            for (one, other) in curve.steps.iter().zip(&sampled.steps) {
                let apart = Agreement::of_step(one, other).standard_errors();
                let hits = hits(one, other);
                assert!(
                    apart < 4.5 || hits < HITS,
                    "{apart} from {} to {}, {parameters:?} {rollout:?}",
                    one.from,
                    one.to
                );
                // What cannot be is never drawn.
                assert!(one.old_to_new > 0.0 || other.old_to_new == 0.0);
                assert!(one.new_to_old > 0.0 || other.new_to_old == 0.0);
            }
        },
    );
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn hits(expected: &Step, sampled: &Step) -> f64 {
    expected.count.share() * sampled.samples as f64
}

#[test]
fn on_a_grid_of_models() {
    let mut seed = 0;
    for (nodes, roll) in [(1, 600), (3, 0), (50, 600)] {
        for (median, p95) in [(60, 1200), (5, 5), (600, 7200)] {
            for rollback_at in [None, Some(200), Some(900)] {
                for (canary, sticky) in [(false, false), (true, false), (false, true), (true, true)]
                {
                    if canary && nodes == 1 {
                        continue;
                    }
                    let parameters = Parameters {
                        dwell_median: seconds(median),
                        dwell_p95: seconds(p95),
                        rollback_at: rollback_at.map(seconds),
                        canary: canary.then_some(Canary {
                            share: 0.05,
                            hold: seconds(120),
                        }),
                        sticky,
                        samples: 20_000,
                        ..fixed(nodes, roll, 0)
                    };
                    for rollout in [Rollout::Rolling, Rollout::BlueGreen, Rollout::Pinned] {
                        seed += 1;
                        assert_agree(&parameters, rollout, seed);
                    }
                }
            }
        }
    }
}

#[test]
fn in_a_large_sample() {
    let parameters = Parameters {
        samples: 1_000_000,
        rate: 10.0,
        rollback_at: Some(seconds(420)),
        ..Parameters::default()
    };
    assert_agree(&parameters, Rollout::Rolling, 7);
}

#[test]
fn per_finding() {
    let policy = Policy::default();
    let parameters = Parameters {
        samples: 200_000,
        form_rates: BTreeMap::from([("app::x".to_owned(), 2.0)]),
        ..fixed(50, 600, 60)
    };
    with(&replaced(), &policy, parameters, |report, model, curve| {
        let sampled = run(report, model, 3, &mut |_| {});
        assert_eq!(curve.findings.len(), 2);
        for count in &curve.findings {
            let is_it = |other: &&_| finding_id(other) == finding_id(count);
            let other = sampled.findings.iter().find(is_it).unwrap();
            let apart = (other.total - count.total).abs() / other.standard_error;
            assert!(apart < 4.0, "{apart}");
            assert!(other.during_roll <= other.total);
        }
    });
}

fn finding_id<'a>(count: &coexist_checker::simulate::FindingCount<'a>) -> &'a str {
    count.finding.page.form.map_or("", |form| &form.id)
}
