//! Forms with a lifetime of their own: what fails of them ends when they have expired.

use coexist_checker::simulate::Agreement;

use super::*;

/// Each form and its handler go in one release; its key says how long it lives.
fn removed_with(forms: &[(&str, &str)]) -> [Registry; 2] {
    let version = |version: &str, is_there: bool| {
        let post = |name: &str| json!({ "method": "POST", "path": format!("/{name}") });
        let there = || forms.iter().enumerate().filter(|_| is_there);
        let items = there().map(|(number, (key, value))| {
            let mut form =
                json!({ "id": format!("app::{number}"), "posts_to": [post(&number.to_string())] });
            form[key] = (*value).into();
            form
        });
        let handlers = there().map(|(number, _)| {
            let mut handler = post(&number.to_string());
            handler["id"] = format!("app::take{number}").into();
            handler
        });
        let mut home = post("home");
        home["id"] = "app::home".into();
        read(
            &json!({ "format": 2, "release": { "name": "app", "version": version },
                     "forms": items.collect::<Vec<_>>(),
                     "handlers": handlers.chain([home]).collect::<Vec<_>>() }),
        )
    };
    [version("1.0.0", true), version("1.1.0", false)]
}

const PAGE: (&str, &str) = ("kind", "submit");
const REDIRECT: (&str, &str) = ("kind", "redirect");
const MAIL: (&str, &str) = ("lifetime", "30d");

#[test]
fn a_page_that_states_the_lifetime_of_pages_is_one() {
    let total = |form| {
        let policy = Policy::default();
        with(
            &removed_with(&[form]),
            &policy,
            fixed(50, 600, 60),
            |_, model, curve| (curve.total.failed, model.end()),
        )
    };
    assert_eq!(total(PAGE), total(("lifetime", "24h")));
}

#[test]
fn what_lives_longer_is_open_for_as_much_longer() {
    let policy = Policy::default();
    // All at once: what is open then fails, for as long as it is.
    let parameters = || fixed(50, 0, 60);
    let failed = |form| {
        with(
            &removed_with(&[form]),
            &policy,
            parameters(),
            |_, model, curve| (curve.total.failed / 10.0, model.end()),
        )
    };
    let day = 86_400.0;
    let (seconds, end) = failed(PAGE);
    assert_near(seconds, 60.0);
    assert_near(end, day);
    let (seconds, end) = failed(MAIL);
    assert_near(seconds, 30.0 * 60.0);
    assert_near(end, 30.0 * day);
    // It lives for a minute, and a page for a day.
    let (seconds, end) = failed(REDIRECT);
    assert_near(seconds, 60.0 / (24.0 * 60.0));
    assert_near(end, day);
    assert_near(failed(("lifetime", "0s")).0, 0.0);
}

#[test]
fn a_mail_counts_where_pages_do_not_stay_open() {
    let policy = Policy {
        page_lifetime: seconds(0),
        ..Policy::default()
    };
    let builds = removed_with(&[MAIL, PAGE]);
    with(&builds, &policy, fixed(50, 0, 0), |_, model, curve| {
        assert_near(model.end(), 30.0 * 86_400.0);
        let [first, second] = &curve.findings[..] else {
            unreachable!("two are found");
        };
        let id = |count: &coexist_checker::simulate::FindingCount<'_>| {
            count.finding.page.form.unwrap().id.clone()
        };
        assert_eq!([id(first), id(second)], ["app::0", "app::1"]);
        assert!(first.total > 0.0);
        assert_near(second.total, 0.0);
    });
}

#[test]
fn the_sample_agrees_with_the_closed_form() {
    let builds = removed_with(&[PAGE, REDIRECT, MAIL, PAGE]);
    for (rollout, seed) in [
        (Rollout::Rolling, 1),
        (Rollout::BlueGreen, 2),
        (Rollout::Pinned, 3),
    ] {
        let parameters = Parameters {
            samples: 400_000,
            rate: 10.0,
            ..Parameters::default()
        };
        with(
            &builds,
            &policy(rollout),
            parameters,
            |report, model, curve| {
                assert_eq!(curve.findings.len(), 4);
                let sampled = run(report, model, seed, &mut |_| {});
                let apart = Agreement::new(curve, &sampled).standard_errors();
                assert!(apart < 4.0, "{apart} {rollout:?}");
                for (one, other) in curve.steps.iter().zip(&sampled.steps) {
                    assert!(one.old_to_new > 0.0 || other.old_to_new == 0.0);
                }
            },
        );
    }
}
