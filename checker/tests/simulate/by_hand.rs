//! The closed form, in cases that are reckoned by hand. Ten submissions a second; a page
//! meets a node of the other build for so many seconds' worth of them.

use super::*;

/// Asserts for how many seconds' worth of submissions pages meet nodes that fail them:
/// in all, and how much of it during the rollout.
#[track_caller]
fn assert_meets(
    builds: &[Registry; 2],
    rollout: Rollout,
    parameters: Parameters,
    (total, during_roll): (f64, f64),
) {
    with(builds, &policy(rollout), parameters, |_, _, curve| {
        assert_near(curve.total.failed, 10.0 * total);
        assert_near(curve.during_roll.failed, 10.0 * during_roll);
        assert_eq!(curve.fails(), total > 0.0);
    });
}

#[test]
fn an_instant_roll_fails_whoever_is_on_a_page() {
    assert_meets(&removed(), Rollout::Rolling, fixed(50, 0, 60), (60.0, 0.0));
}

#[test]
fn one_node_is_an_instant_roll_at_its_end() {
    assert_meets(&removed(), Rollout::Rolling, fixed(1, 600, 60), (60.0, 0.0));
}

#[test]
fn one_node_and_no_time_on_a_page_never_meet() {
    assert_meets(&removed(), Rollout::Rolling, fixed(1, 600, 0), (0.0, 0.0));
}

#[test]
fn half_of_the_nodes_for_half_of_the_time() {
    // From 50 s on one page of two is old, and one node of two is new.
    assert_meets(&removed(), Rollout::Rolling, fixed(2, 100, 0), (12.5, 12.5));
}

#[test]
fn a_form_that_comes_with_its_handler_fails_only_during_the_roll() {
    let [old, new] = removed();
    let came = [
        build("1.0.0", &[], &["y"]),
        Registry {
            release: new.release,
            ..old
        },
    ];
    // From 50 s on there are new pages; those of 70 s on are submitted after the rollout.
    let parameters = fixed(2, 100, 30);
    assert_meets(&came, Rollout::Rolling, parameters, (5.0, 5.0));
}

#[test]
fn a_sticky_session_meets_no_other_node_while_its_own_is_there() {
    let sticky = |open| Parameters {
        sticky: true,
        ..fixed(2, 100, open)
    };
    assert_meets(&removed(), Rollout::Rolling, sticky(0), (0.0, 0.0));
    // 50 to 80 s: half of the pages were made by the node that is replaced, and half of
    // the nodes are new. 100 to 130 s: half of the pages are old, and all nodes new.
    assert_meets(&removed(), Rollout::Rolling, sticky(30), (22.5, 7.5));
}

#[test]
fn a_pinned_page_meets_its_own_build_until_there_is_none() {
    // 100 to 130 s: half of the pages are old.
    assert_meets(&removed(), Rollout::Pinned, fixed(2, 100, 30), (15.0, 0.0));
}

#[test]
fn blue_green_takes_no_time() {
    assert_meets(
        &removed(),
        Rollout::BlueGreen,
        fixed(2, 100, 30),
        (30.0, 0.0),
    );
}

#[test]
fn canary_nodes_are_replaced_first() {
    let parameters = Parameters {
        canary: Some(Canary {
            share: 0.3,
            hold: seconds(100),
        }),
        ..fixed(2, 0, 0)
    };
    // 30% of two nodes are one.
    assert_meets(&removed(), Rollout::Rolling, parameters, (25.0, 25.0));
}

#[test]
fn after_a_rollback_the_pages_of_the_new_build_fail() {
    let back = |at| Parameters {
        rollback_at: Some(seconds(at)),
        ..fixed(2, 0, 30)
    };
    let builds = replaced();
    // Half of the submissions are of what is replaced. Old pages for 30 s, and after 100 s
    // new ones.
    assert_meets(&builds, Rollout::Rolling, back(100), (30.0, 15.0));
    assert_meets(&builds, Rollout::BlueGreen, back(100), (30.0, 15.0));
    // After 10 s there are new pages of 10 s only, and the old ones of 20 s fail no more.
    assert_meets(&builds, Rollout::Rolling, back(10), (10.0, 5.0));
}

#[test]
fn a_rollback_in_the_middle_of_the_roll_goes_back_at_its_pace() {
    let parameters = Parameters {
        rollback_at: Some(seconds(60)),
        ..fixed(4, 100, 0)
    };
    let policy = policy(Rollout::Rolling);
    with(&removed(), &policy, parameters, |_, model, _| {
        let roll = model.roll();
        let changes = [(25.0, 1), (50.0, 2), (85.0, 1), (110.0, 0)];
        assert_eq!(roll.changes(), changes);
        assert_near(roll.settled(), 110.0);
        let nodes = [-1.0, 24.9, 25.0, 60.0, 85.0, 1e9].map(|time| roll.nodes_at(time));
        assert_eq!(nodes, [0, 0, 1, 2, 1, 0]);
    });
}

#[test]
fn what_fails_after_an_instant_roll_is_the_mean_time_on_a_page() {
    let parameters = Parameters {
        dwell_median: seconds(60),
        dwell_p95: seconds(1200),
        ..fixed(50, 0, 0)
    };
    let policy = Policy {
        page_lifetime: seconds(3600),
        ..Policy::default()
    };
    with(&removed(), &policy, parameters, |_, model, curve| {
        let dwell = model.dwell();
        // The pages that are longer than an hour are cut off.
        let cut = dwell.at_most(60.0) / 0.5;
        assert!((1.01..1.02).contains(&cut), "{cut}");
        assert_near(dwell.at_most(1200.0), 0.95 * cut);
        assert_near(dwell.at_most(3600.0), 1.0);
        // The integral of those that are still open, in trapezoids of 0.1 s.
        let open = |step: u32| 1.0 - dwell.at_most(f64::from(step) / 10.0);
        let mean: f64 = (0..36_000)
            .map(|step| f64::midpoint(open(step), open(step + 1)) / 10.0)
            .sum();
        let share = curve.total.failed / 10.0 / mean;
        assert!((share - 1.0).abs() < 1e-6, "{share}");
    });
}
