//! The section reader: whatever the bytes, it returns, and what it accepts is a
//! registry that can be written, read and judged.

#![no_main]

use std::io::Cursor;

use coexist::format::MAGIC;
use coexist_checker::build::{FoundSection, Program, find_section, read_linked, read_programs};
use coexist_checker::judge::check;
use coexist_checker::registry::snapshot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // As a whole program, as a section, and as the JSON of records, a line each.
    if let Ok(FoundSection::Bytes(sections)) = find_section(Cursor::new(data)) {
        judge(&sections);
    }
    judge(&[data.to_vec()]);
    let frames = data.split(|byte| *byte == b'\n').flat_map(|json| {
        let length = u32::try_from(json.len()).unwrap_or(0).to_le_bytes();
        [&MAGIC[..], &length, json].concat()
    });
    judge(&[frames.collect()]);
});

fn judge(sections: &[Vec<u8>]) {
    let program = Program { name: "fuzz".to_owned(), sections: sections.to_vec(), stated: None };
    let [Ok(registry)] = read_programs([&program]) else { return };
    assert!(read_linked(&program).is_ok());
    let mut json = Vec::new();
    snapshot::write(&registry, &mut json).expect("a vector takes it");
    let read = snapshot::read(&json).expect("what is written can be read");
    assert_eq!(read, registry);
    assert!(check(&read, &read).findings.is_empty());
}
