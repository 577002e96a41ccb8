//! A judgement that takes too many steps ends, and accepts nothing.

use super::{list, registry};
use crate::judge::{check, denied};
use crate::model::{Direction, Policy, TooManySteps};
use crate::plan::{plan, sequence};
use crate::registry::Registry;
use crate::support::steps;

/// How many steps are given here: fewer than the builds below need, and enough for the first of
/// their forms.
const LIMIT: u64 = 500;

/// A form that sends to a literal, and then forms that mean one of many literals, each with
/// another prefix, so that none is looked up twice.
fn build(version: &str) -> Registry {
    let handlers = list(100, |number| {
        format!(r#"{{"id":"app::h{number}","method":"POST","path":"/{number}"}}"#)
    });
    let more = format!(r#"{{"id":"app::h","method":"POST","path":"/{version}"}}"#);
    let forms = list(20, |number| {
        format!(
            r#"{{"id":"app::f{number:02}","posts_to":[{{"method":"POST","path":"/{number}{{x}}"}}]}}"#
        )
    });
    registry(version, &format!("{handlers},{more}"), &forms)
}

fn limited<T>(run: impl FnOnce() -> Result<T, TooManySteps>) -> Option<String> {
    let error = steps::with_limit(LIMIT, run).err();
    error.map(|error| error.to_string())
}

#[test]
fn it_names_the_form_and_the_endpoint() {
    let (old, new) = (build("1.0.0"), build("1.1.0"));
    let policy = Policy::default();
    let found = |direction| limited(|| denied(&old, &new, direction, &policy));
    let expected = "the judgement takes more than 500000000 steps, which is far more than an \
                    ordinary app needs. It was stopped at the form `app::f01`, which sends POST \
                    /1{x}: check how many handlers, forms and fields this endpoint has";
    for direction in [Direction::OldToNew, Direction::NewToOld] {
        assert_eq!(found(direction).as_deref(), Some(expected));
    }
    // Without a limit, there is an answer.
    let found = denied(&old, &new, Direction::OldToNew, &policy);
    assert!(found.is_ok_and(|found| found.is_empty()));
}

#[test]
fn every_judgement_has_an_end() {
    let (old, new) = (build("1.0.0"), build("1.1.0"));
    let policy = Policy::default();
    let releases = [old.clone(), new.clone()];
    assert!(limited(|| check(&old, &new, &policy)).is_some());
    assert!(limited(|| plan(&old, &new, &policy)).is_some());
    assert!(limited(|| sequence(&releases, &policy)).is_some());
}

#[test]
fn it_ends_in_the_same_place_each_time() {
    let (old, new) = (build("1.0.0"), build("1.1.0"));
    let policy = Policy::default();
    let ends = || limited(|| check(&old, &new, &policy));
    let first = ends();
    assert!(first.is_some());
    for _ in 0..20 {
        assert_eq!(ends(), first);
    }
}
