//! What holds of every simulation.

use coexist_checker::model::{Expiry, Level, Verdict, Waiver};

use super::*;

#[test]
fn an_accepted_pair_never_fails() {
    let builds = [
        build("1.0.0", &["x"], &["x"]),
        build("1.1.0", &["x"], &["x", "y"]),
    ];
    for rollout in [Rollout::Rolling, Rollout::BlueGreen, Rollout::Pinned] {
        for rollback_at in [None, Some(seconds(300))] {
            let parameters = Parameters {
                rollback_at,
                samples: 10_000,
                ..Parameters::default()
            };
            with(
                &builds,
                &policy(rollout),
                parameters,
                |report, model, curve| {
                    assert_eq!(report.verdict(), Verdict::Accept);
                    assert!(!curve.fails() && curve.worst_step().is_none());
                    let sampled = run(report, model, 1, &mut |_| {});
                    assert!(!sampled.fails() && sampled.findings.is_empty());
                },
            );
        }
    }
}

#[test]
fn the_longer_pages_are_open_the_more_fails_after_the_roll() {
    let after = |median| {
        let parameters = Parameters {
            dwell_median: seconds(median),
            dwell_p95: seconds(20 * median),
            ..Parameters::default()
        };
        with(&removed(), &Policy::default(), parameters, |_, _, curve| {
            curve.total.failed - curve.during_roll.failed
        })
    };
    let after = [1, 10, 60, 120, 600].map(after);
    assert!(after.is_sorted_by(|one, other| one < other), "{after:?}");
}

#[test]
fn the_pages_of_the_old_build_go_on_failing_for_hours() {
    let parameters = Parameters::default();
    with(
        &removed(),
        &Policy::default(),
        parameters,
        |_, model, curve| {
            let late = curve.steps.iter().filter(|step| step.from > 4.0 * 3600.0);
            let late: Vec<f64> = late.map(|step| step.count.share()).collect();
            assert!(late.len() > 3 && late.iter().all(|share| *share > 0.0));
            assert!(late.is_sorted_by(|one, other| one > other), "{late:?}");
            assert_near(model.end(), 600.0 + 86_400.0);
        },
    );
}

#[test]
fn steps_follow_on_each_other() {
    for (roll, lifetime) in [
        (600, 86_400),
        (0, 5),
        (7, 3600),
        (80_000_000, 300),
        (61, 31_000_000),
    ] {
        let parameters = Parameters {
            roll: seconds(roll.min(30_000_000)),
            ..fixed(20, 0, 1)
        };
        let policy = Policy {
            page_lifetime: seconds(lifetime),
            ..Policy::default()
        };
        with(&removed(), &policy, parameters, |_, model, curve| {
            let steps = &curve.steps;
            assert!(steps.len() < 150, "{}", steps.len());
            assert_near(steps[0].from, 0.0);
            assert_near(steps.last().unwrap().to, model.end());
            assert!(steps.iter().all(|step| step.from < step.to));
            assert!(
                steps
                    .windows(2)
                    .all(|pair| pair[0].to.to_bits() == pair[1].from.to_bits())
            );
            let settled = model.roll().settled();
            assert_near(curve.during_roll.submissions, 10.0 * settled);
        });
    }
}

#[test]
fn what_fails_for_two_reasons_counts_for_each_and_once_in_all() {
    let with_item = |build: &Registry, change: &dyn Fn(&mut Value)| {
        let mut written = Vec::new();
        snapshot::write(build, &mut written).unwrap();
        let mut build = serde_json::from_slice(&written).unwrap();
        change(&mut build);
        read(&build)
    };
    // It requires a field that is not sent, and refuses the one that is.
    let old = build("1.0.0", &["x"], &["x"]);
    let new = build("1.1.0", &[], &["x"]);
    let new = with_item(&new, &|build| {
        build["handlers"][0]["unknown_fields"] = json!("deny");
        build["handlers"][0]["fields"] = json!([{ "name": "b", "required": true, "type": "text" }]);
    });
    let policy = Policy::default();
    with(&[old, new], &policy, fixed(50, 600, 60), |_, _, curve| {
        assert_eq!(curve.findings.len(), 2, "{:?}", curve.findings);
        let sum: f64 = curve.findings.iter().map(|count| count.total).sum();
        assert_near(sum, 2.0 * curve.total.failed);
    });
}

#[test]
fn a_warning_may_fail_and_is_not_counted() {
    let mut policy = Policy::default();
    policy.levels.insert("handler-removed", Some(Level::Warn));
    let fails = with(
        &removed(),
        &Policy::default(),
        fixed(5, 600, 60),
        |_, _, curve| curve.total,
    );
    with(
        &removed(),
        &policy,
        fixed(5, 600, 60),
        |report, model, curve| {
            assert!(!curve.fails());
            assert_near(curve.total.may_fail, fails.failed);
            let sampled = run(report, model, 1, &mut |_| {});
            assert!(!sampled.fails() && sampled.total.may_fail > 0.0);
        },
    );
}

#[test]
fn what_is_waived_fails_all_the_same() {
    let [old, new] = removed();
    let policy = Policy::default();
    let waiver = Waiver {
        rule: "handler-removed",
        method: "POST".to_owned(),
        path: "/x".to_owned(),
        form: None,
        reason: "nobody uses it".to_owned(),
        expires: Expiry::Version(new.release.version.clone()),
        at: "coexist.toml:1".to_owned(),
    };
    let mut report = check(&old, &new, &policy).unwrap();
    let model = Model::new(fixed(5, 600, 60), &policy, &report).unwrap();
    let before = expected(&report, &model).total;
    let found = report.findings.drain(..).map(|finding| (finding, &waiver));
    report.waived = found.collect();
    let curve = expected(&report, &model);
    assert_eq!(curve.total, before);
    assert!(curve.findings[0].is_waived);
}

#[test]
fn the_worst_form_comes_first() {
    let form_rates = BTreeMap::from([("app::x".to_owned(), 1.0), ("app::z".to_owned(), 5.0)]);
    let builds = [
        build("1.0.0", &["x", "z", "a"], &["x", "z", "a"]),
        build("1.1.0", &["a"], &["a"]),
    ];
    let parameters = Parameters {
        form_rates,
        ..fixed(50, 0, 60)
    };
    with(&builds, &Policy::default(), parameters, |_, _, curve| {
        let counts = curve.findings.iter();
        let counts: Vec<_> = counts
            .map(|count| (count.finding.endpoint.1, count.total.round()))
            .collect();
        assert_eq!(counts, [("/z", 300.0), ("/x", 60.0)]);
    });
}

#[test]
fn one_seed_gives_one_curve() {
    with(
        &removed(),
        &Policy::default(),
        fixed(50, 600, 60),
        |report, model, _| {
            let mut told = Vec::new();
            let runs = [1, 1, 2].map(|seed| {
                let curve = run(report, model, seed, &mut |drawn| told.push(drawn));
                curve.steps
            });
            assert_eq!(runs[0], runs[1]);
            assert_ne!(runs[0], runs[2]);
            assert!(told.iter().all(|drawn| *drawn <= 50_000));
        },
    );
}
