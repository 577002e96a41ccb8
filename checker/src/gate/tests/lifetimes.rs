//! Forms that do not live as long as pages.

use jiff::Timestamp;

use super::{against, findings, judge, live, time};
use crate::ledger::Live;
use crate::model::{Policy, Rollout, Verdict};
use crate::registry::{Registry, snapshot};

/// A release of which a form to each of these paths is out, with its kind and its lifetime.
fn release(version: &str, forms: &[(&str, &str, &str)], handlers: &[&str]) -> Registry {
    let forms = forms.iter().map(|(path, kind, lifetime)| {
        let mut form = serde_json::json!({ "id": format!("importer::send_{path}"), "kind": kind,
            "posts_to": [{ "method": "GET", "path": path }] });
        if !lifetime.is_empty() {
            form["lifetime"] = (*lifetime).into();
        }
        form
    });
    let handlers = ["/"].iter().chain(handlers).map(|path| {
        serde_json::json!({ "id": format!("importer::take_{path}"), "method": "GET", "path": path })
    });
    let file = serde_json::json!({ "format": 2,
        "release": { "name": "importer", "version": version },
        "handlers": handlers.collect::<Vec<_>>(), "forms": forms.collect::<Vec<_>>() });
    snapshot::read(file.to_string().as_bytes()).unwrap()
}

/// A release with all of them is retired; the one that runs has none of them.
fn world() -> [Live; 2] {
    let paths = ["/page", "/mail", "/next"];
    let forms = [
        ("/page", "submit", ""),
        ("/mail", "link", "10d"),
        ("/next", "redirect", ""),
    ];
    let first = release("1.0.0", &forms, &paths);
    let second = release("1.1.0", &[], &paths);
    let retired = Some("2026-11-10T10:00:00Z");
    let mut first = live(1, &first, "2026-11-01T08:00:00Z", retired);
    first.deployment.longest_lifetime = first.registry.longest_lifetime().cloned();
    [first, live(2, &second, "2026-11-10T09:00:00Z", None)]
}

#[track_caller]
fn assert_is(takes: &[&str], now: &str, expected: &[&str], passes_at: Option<&str>) {
    let candidate = release("1.2.0", &[], takes);
    let (live, policy) = (world(), Policy::default());
    let gate = judge(&candidate, &live, &policy, time(now)).unwrap();
    assert_eq!(
        gate.report
            .findings
            .iter()
            .filter_map(|finding| Some(finding.page.form?.id.as_str()))
            .collect::<Vec<_>>(),
        expected,
        "{:?}",
        findings(&gate)
    );
    assert_eq!(gate.passes_at, passes_at.map(time));
    let verdict = if expected.is_empty() {
        Verdict::Accept
    } else {
        Verdict::Reject
    };
    assert_eq!(gate.verdict(), Some(verdict));
}

#[test]
fn each_form_is_judged_as_long_as_it_may_be_open() {
    // A redirect lives a minute, and clocks may be five apart.
    let redirect = Some("2026-11-10T10:06:00Z");
    assert_is(
        &["/page", "/mail"],
        "2026-11-10T10:05:59Z",
        &["importer::send_/next"],
        redirect,
    );
    assert_is(&["/page", "/mail"], "2026-11-10T10:06:00Z", &[], None);
    let page = Some("2026-11-11T10:05:00Z");
    assert_is(
        &["/mail", "/next"],
        "2026-11-11T10:04:59Z",
        &["importer::send_/page"],
        page,
    );
    assert_is(&["/mail", "/next"], "2026-11-11T10:05:00Z", &[], None);
    let mail = Some("2026-11-20T10:05:00Z");
    assert_is(
        &["/page", "/next"],
        "2026-11-20T10:04:59Z",
        &["importer::send_/mail"],
        mail,
    );
    assert_is(&["/page", "/next"], "2026-11-20T10:05:00Z", &[], None);
    // All of them pass when the last one does.
    let all = [
        "importer::send_/mail",
        "importer::send_/next",
        "importer::send_/page",
    ];
    assert_is(&[], "2026-11-10T10:01:00Z", &all, mail);
}

#[test]
fn each_finding_says_when_it_passes() {
    let candidate = release("1.2.0", &[], &["/page"]);
    let (live, policy) = (world(), Policy::default());
    let gate = judge(&candidate, &live, &policy, time("2026-11-10T10:01:00Z")).unwrap();
    assert_eq!(against(&gate), ["1.1.0 ><", "1.0.0 >"]);
    let until = |id: &str| -> Option<Timestamp> {
        let of_form = |finding: &&crate::model::Finding<'_>| finding.page.form.unwrap().id == id;
        let found: Vec<_> = gate.report.findings.iter().filter(of_form).collect();
        assert_eq!(found.len(), 1);
        gate.expire_at(&found)
    };
    assert_eq!(
        until("importer::send_/next"),
        Some(time("2026-11-10T10:06:00Z"))
    );
    assert_eq!(
        until("importer::send_/mail"),
        Some(time("2026-11-20T10:05:00Z"))
    );
    assert_eq!(gate.expiring().len(), 1);
}

#[test]
fn mails_outlive_pages_that_have_no_life() {
    let candidate = release("1.2.0", &[], &[]);
    let live = world();
    let policy = Policy {
        page_lifetime: std::time::Duration::ZERO,
        ..Policy::default()
    };
    let gate = judge(&candidate, &live, &policy, time("2026-11-10T10:01:00Z")).unwrap();
    assert_eq!(findings(&gate), ["handler-removed 1.0.0 1.2.0"]);
    assert_eq!(gate.passes_at, Some(time("2026-11-20T10:05:00Z")));
}

#[test]
fn mails_of_a_release_that_runs_meet_a_pinned_candidate_where_pages_do_not_stay_open() {
    let paths = ["/page", "/mail", "/next"];
    let forms = [
        ("/page", "submit", ""),
        ("/mail", "link", "10d"),
        ("/next", "redirect", ""),
    ];
    let runs = release("1.0.0", &forms, &paths);
    let live = [live(1, &runs, "2026-11-01T08:00:00Z", None)];
    let policy = Policy {
        rollout: Rollout::Pinned,
        page_lifetime: std::time::Duration::ZERO,
        rollback: false,
        ..Policy::default()
    };
    let judged = |candidate: &Registry| {
        let gate = judge(candidate, &live, &policy, time("2026-11-02T08:00:00Z")).unwrap();
        let forms = gate.report.findings.iter();
        let forms = forms.filter_map(|finding| Some(finding.page.form?.id.clone()));
        (forms.collect::<Vec<_>>(), against(&gate))
    };
    let met = vec!["1.0.0 >".to_owned()];
    let gone = release("1.1.0", &[], &[]);
    assert_eq!(
        judged(&gone),
        (vec!["importer::send_/mail".to_owned()], met.clone())
    );
    assert_eq!(judged(&release("1.1.0", &[], &["/mail"])), (vec![], met));
    // The same of two builds, and of the way there.
    let report = crate::judge::check(&runs, &gone, &policy).unwrap();
    assert_eq!(report.verdict(), Verdict::Reject);
    assert_eq!(report.findings.len(), 1);
    let plan = crate::plan::plan(&runs, &gone, &policy).unwrap();
    let crate::plan::Plan::Steps(steps) = plan else {
        panic!("there is a way: {plan:?}");
    };
    let ten_days = std::time::Duration::from_secs(10 * 24 * 60 * 60);
    let waits: Vec<_> = steps.iter().map(|step| step.wait).collect();
    assert_eq!(
        waits,
        [
            crate::plan::Wait::Roll,
            crate::plan::Wait::Lifetime(ten_days)
        ]
    );
}
