//! What cannot be simulated says why, and rates are shared out.

use super::*;

#[track_caller]
fn error(parameters: Parameters, policy: &Policy) -> String {
    let [old, new] = replaced();
    let report = check(&old, &new, policy).unwrap();
    Model::new(parameters, policy, &report)
        .unwrap_err()
        .to_string()
}

#[test]
fn bad_parameters() {
    let usual = || fixed(2, 600, 60);
    let canary = |share| Parameters {
        canary: Some(Canary {
            share,
            hold: seconds(1),
        }),
        ..usual()
    };
    let rates = |id: &str, rate| Parameters {
        form_rates: BTreeMap::from([(id.to_owned(), rate)]),
        ..usual()
    };
    let open = |dwell_median, dwell_p95| Parameters {
        dwell_median: seconds(dwell_median),
        dwell_p95: seconds(dwell_p95),
        ..usual()
    };
    let rollback = Parameters {
        rollback_at: Some(seconds(87_001)),
        ..usual()
    };
    let rate = |rate| Parameters { rate, ..usual() };
    let cases = [
        (fixed(0, 600, 60), "0 nodes: expected 1 to 10000"),
        (fixed(10_001, 600, 60), "10001 nodes: expected 1 to 10000"),
        (
            fixed(2, 40_000_000, 60),
            "the rollout takes 11111h6m40s: expected a year at most",
        ),
        (rate(0.0), "a rate of 0 submissions per second"),
        (rate(f64::NAN), "a rate of NaN submissions per second"),
        (
            rates("app::x", -1.0),
            "form `app::x`: a rate of -1 submissions",
        ),
        (
            rates("app::x", 11.0),
            "the forms of 1.0.0 that are named have 11 submissions per second",
        ),
        (
            rates("App::xx", 1.0),
            "neither build has a form `App::xx`: did you mean `app::x`?",
        ),
        (
            open(60, 59),
            "the 95th percentile cannot be below the median",
        ),
        (open(0, 60), "raise the median above 0s"),
        (
            open(90_000, 90_000),
            "for 25h or longer, and a page lives 24h: lower the median",
        ),
        (
            canary(0.0),
            "a canary of 0%: expected more than 0% and less than 100%",
        ),
        (canary(1.0), "a canary of 100%"),
        (canary(0.6), "a canary of 60% is every node, as there are 2"),
        (
            rollback,
            "a rollback after 24h10m1s is after the end: the last page of the old build has expired after 24h10m",
        ),
        (
            Parameters {
                samples: 999,
                ..usual()
            },
            "a sample of 999 submissions: expected 1000 or more",
        ),
    ];
    for (parameters, expected) in cases {
        let error = error(parameters, &Policy::default());
        assert!(error.contains(expected), "{error}");
    }
    let policy = Policy {
        rollback: false,
        ..Policy::default()
    };
    let parameters = Parameters {
        rollback_at: Some(seconds(1)),
        ..usual()
    };
    let error = error(parameters, &policy);
    assert!(
        error.contains("the policy says that there is none"),
        "{error}"
    );
}

/// Submissions that fail for one second's worth of all.
fn failing(form_rates: &[(&str, f64)]) -> Result<f64, ModelError> {
    let builds = [
        build("1.0.0", &["a", "b", "x"], &["a", "b", "x"]),
        build("1.1.0", &["a"], &["a", "b"]),
    ];
    let policy = Policy::default();
    let report = check(&builds[0], &builds[1], &policy).unwrap();
    let form_rates = form_rates
        .iter()
        .map(|(id, rate)| ((*id).to_owned(), *rate));
    let parameters = Parameters {
        form_rates: form_rates.collect(),
        ..fixed(50, 0, 1)
    };
    let model = Model::new(parameters, &policy, &report)?;
    Ok(expected(&report, &model).total.failed)
}

#[test]
fn what_is_left_of_the_rate_is_spread_over_the_other_forms() {
    assert_near(failing(&[]).unwrap(), 10.0 / 3.0);
    assert_near(failing(&[("app::x", 4.0)]).unwrap(), 4.0);
    assert_near(failing(&[("app::a", 4.0)]).unwrap(), 3.0);
    // The rest belongs to no form.
    let all = [("app::a", 1.0), ("app::b", 1.0), ("app::x", 2.0)];
    assert_near(failing(&all).unwrap(), 2.0);
    assert_near(failing(&[("app::x", 0.0)]).unwrap(), 0.0);
}

#[test]
fn a_form_sends_to_its_endpoints_equally_often() {
    let form = |targets: Value| json!([{ "id": "app::x", "posts_to": targets }]);
    let post = |path: &str| json!({ "method": "POST", "path": path });
    let handler =
        |path: &str| json!({ "id": format!("app{path}"), "method": "POST", "path": path });
    let old = json!({ "format": 1, "release": { "name": "app", "version": "1.0.0" },
        "forms": form(json!([post("/a"), post("/b")])),
        "handlers": [handler("/a"), handler("/b")] });
    let new = json!({ "format": 1, "release": { "name": "app", "version": "1.1.0" },
        "forms": [], "handlers": [handler("/a")] });
    let builds = [read(&old), read(&new)];
    with(
        &builds,
        &Policy::default(),
        fixed(50, 0, 60),
        |_, _, curve| {
            assert_near(curve.total.failed, 300.0);
        },
    );
}
