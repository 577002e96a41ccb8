//! The section reader: whatever the bytes, it returns, and what it accepts is a
//! registry that can be written, read and judged.

#![no_main]

use std::io::Cursor;

use coexist::format::MAGIC;
use coexist_checker::artifact::{Section, find_sections, read_linked, read_records};
use coexist_checker::judge::check;
use coexist_checker::model::{Policy, Stage};
use coexist_checker::registry::snapshot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // As a whole program, as a section, and as the JSON of records, a line each.
    if let Ok(Some(sections)) = find_sections(Cursor::new(data)) {
        judge(data, &sections);
    }
    let whole = |section: &[u8]| [Section { at: 0, size: section.len() as u64 }];
    judge(data, &whole(data));
    let frames = data.split(|byte| *byte == b'\n').flat_map(|json| {
        let length = u32::try_from(json.len()).unwrap_or(0).to_le_bytes();
        [&MAGIC[..], &length, json].concat()
    });
    let frames: Vec<u8> = frames.collect();
    judge(&frames, &whole(&frames));
});

fn judge(file: &[u8], sections: &[Section]) {
    let Ok(registry) = read_records(Cursor::new(file), sections, "fuzz", None) else { return };
    assert!(read_linked(Cursor::new(file), sections).is_ok());
    let mut json = Vec::new();
    snapshot::write(&registry, &mut json).expect("a vector takes it");
    let read = snapshot::read(&json).expect("what is written can be read");
    assert_eq!(read, registry);
    // A build that is not stamped yet is also clean against itself.
    let in_development = Policy { stage: Stage::Development, ..Policy::default() };
    let report = check(&read, &read, &in_development);
    assert!(report.is_ok_and(|report| report.findings.is_empty()));
}
