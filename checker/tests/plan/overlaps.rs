//! Which releases of a plan meet, and when each of them serves.

use coexist_checker::judge::denied;
use coexist_checker::model::Direction;
use coexist_checker::plan::{Overlap, Service, overlaps, schedule};
use serde_json::json;

use super::*;

/// An app whose form to one path becomes one to another path, and which sends mails that stay
/// open for a week, with a form to this path.
fn version(version: &str, path: &str, mail: &str) -> Registry {
    let endpoint = format!("POST /{path}");
    let mail_endpoint = format!("POST /{mail}");
    let mut mails = form("app::mail", &mail_endpoint, NONE);
    mails["lifetime"] = json!("7d");
    let handlers = [
        handler(path, &endpoint, NONE),
        handler(mail, &mail_endpoint, NONE),
    ];
    let forms = [form(&format!("app::page#{path}"), &endpoint, NONE), mails];
    build2(version, &handlers, &forms)
}

#[test]
fn a_page_meets_the_nodes_that_come_before_it_expires() {
    const MET: Overlap = Overlap::Met { denied: 0 };
    const FAILS: Overlap = Overlap::Met { denied: 1 };
    let policy = Policy::default();
    let [old, new] = [("1.0.0", "a"), ("1.1.0", "b")].map(|(at, path)| version(at, path, "mail"));
    let Plan::Steps(steps) = plan(&old, &new, &policy).unwrap() else {
        panic!("there is a plan");
    };
    assert_eq!(waits(&steps), [Wait::Roll, Wait::Roll, Wait::PageLifetime]);
    // The last release meets pages of all others, since there are mails on them; what else is
    // on the pages of the first two has expired.
    let later = [
        [Overlap::Never, MET, Overlap::Own, MET],
        [Overlap::Never, Overlap::Never, MET, Overlap::Own],
    ];
    assert_eq!(
        overlaps(&old, &steps, &policy).unwrap(),
        [
            [Overlap::Own, MET, MET, MET],
            [MET, Overlap::Own, MET, MET],
            later[0],
            later[1],
        ]
    );
    // If another release is out than the one for which it was planned, mails fail.
    let other = version("1.0.0", "a", "letter");
    assert_eq!(
        overlaps(&other, &steps, &policy).unwrap(),
        [
            [Overlap::Own, FAILS, FAILS, FAILS],
            [FAILS, Overlap::Own, MET, MET],
            later[0],
            later[1],
        ]
    );
}

#[test]
fn a_release_serves_from_its_first_node_until_its_last_page_has_expired() {
    let [old, new] = [("1.0.0", "a"), ("1.1.0", "b")].map(|(at, path)| version(at, path, "mail"));
    let Plan::Steps(steps) = plan(&old, &new, &Policy::default()).unwrap() else {
        panic!("there is a plan");
    };
    let service = |from, until| Service { from, until };
    assert_eq!(
        schedule(&steps, 10.0, 100.0),
        [
            service(f64::NEG_INFINITY, Some((10.0, 110.0))),
            service(0.0, Some((20.0, 120.0))),
            service(10.0, Some((130.0, 230.0))),
            service(120.0, None),
        ]
    );
}

#[test]
fn of_pages_that_are_pinned_only_what_outlives_them_meets_new_nodes() {
    let policy = Policy {
        rollout: Rollout::Pinned,
        page_lifetime: std::time::Duration::ZERO,
        ..Policy::default()
    };
    let old = version("1.0.0", "a", "letter");
    let new = version("1.1.0", "b", "mail");
    let denied = denied(&old, &new, Direction::OldToNew, &policy).unwrap();
    let forms = denied.iter().filter_map(|finding| finding.page.form);
    let forms: Vec<&str> = forms.map(|form| &*form.id).collect();
    assert_eq!(forms, ["app::mail"]);
}
