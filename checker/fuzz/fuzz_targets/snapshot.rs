//! The snapshot reader: whatever the bytes, it returns, and what it accepts can be
//! written, read again as the same, and judged.

#![no_main]

use coexist_checker::judge::check;
use coexist_checker::model::{Policy, Stage};
use coexist_checker::registry::snapshot;
use coexist_checker::render::{self, Sources};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // Two snapshots, one after the other, if there is a line of its own between.
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let registries: Vec<_> =
        parts.by_ref().filter_map(|json| snapshot::read(json).ok()).collect();
    // A build that is not stamped yet is also clean against itself.
    let in_development = Policy { stage: Stage::Development, ..Policy::default() };
    let policy = Policy::default();
    for registry in &registries {
        let mut json = Vec::new();
        snapshot::write(registry, &mut json).expect("a vector takes it");
        assert_eq!(&snapshot::read(&json).expect("what is written can be read"), registry);
        let report = check(registry, registry, &in_development);
        assert!(report.is_ok_and(|report| report.findings.is_empty()));
    }
    if let [old, new] = &registries[..] {
        let (Ok(forth), Ok(back)) = (check(old, new, &policy), check(new, old, &policy)) else {
            return;
        };
        let mut text = Vec::new();
        render::text::report(&forth, &Sources::none(), &mut text).expect("a vector takes it");
        render::formats::json::report(&back, None, &mut text).expect("a vector takes it");
    }
});
