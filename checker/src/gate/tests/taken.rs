//! A version that another build has already.

use super::{judge, live, release, time};
use crate::model::Policy;

const NOW: &str = "2026-11-28T06:00:00Z";
const RETIRED: Option<&str> = Some("2026-11-28T05:00:00Z");

#[test]
fn a_name_is_taken_as_the_ledger_takes_it() {
    let candidate = release("1.4.0", &["/edit"], &["/edit"]);
    let other = release("1.4.0", &["/edit"], &[]);
    let next = release("1.5.0", &["/edit"], &[]);
    let deployed = "2026-11-27T08:00:00Z";
    let policy = Policy::default();
    for (all, expected) in [
        (vec![], false),
        (vec![(&next, None)], false),
        (vec![(&candidate, None)], false),
        (vec![(&other, None)], true),
        (vec![(&other, RETIRED)], true),
        (vec![(&other, RETIRED), (&candidate, None)], false),
        (vec![(&other, RETIRED), (&candidate, RETIRED)], true),
        (vec![(&candidate, None), (&other, None)], true),
    ] {
        let numbered = (1..).zip(&all);
        let mut live: Vec<_> = numbered
            .map(|(number, (registry, retired))| live(number, registry, deployed, *retired))
            .collect();
        for _ in 0..2 {
            let gate = judge(&candidate, &live, &policy, time(NOW)).unwrap();
            assert_eq!(gate.has_version_conflict, expected, "{all:?}");
            live.reverse();
        }
    }
}
