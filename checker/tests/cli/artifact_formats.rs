//! Programs of each format are read, and give the same registry.

use coexist_checker::artifact::open;

use super::programs::{elf, elf_32, elf_of, form, handler, mach_o, mach_o_of, pe, section};
use super::programs::{universal_mach_o, wasm, wasm_of};
use super::{Folder, run};

/// The snapshot of the build that the others are compared with.
const EXPECTED: &str = r#"{ "format": 2, "release": { "name": "importer", "version": "1.0.0" },
  "handlers": [ { "id": "importer::import_csv", "method": "POST", "path": "/imports/csv",
    "since": "1.0.0", "encoding": "urlencoded",
    "fields": [ { "name": "file_name", "required": true, "type": "text" },
                { "name": "page", "required": false, "flattened": "struct", "type": "integer",
                  "min": 0, "max": 255 } ],
    "source": { "file": "src/imports.rs", "line": 12 } } ],
  "forms": [ { "id": "importer::upload", "since": "1.0.0", "encoding": "urlencoded",
    "posts_to": [ { "method": "POST", "path": "/imports/csv" } ],
    "pages": [ { "method": "GET", "path": "/imports" } ],
    "source": { "file": "src/pages.rs", "line": 30 } } ] }"#;

fn records() -> Vec<u8> {
    section(&[handler("importer", "1.0.0"), form("importer", "1.0.0")])
}

#[test]
fn each_format_gives_the_same_registry() {
    let records = records();
    // A linker may put zeros between records, and behind them.
    let padded = [&records[..], &[0; 511]].concat();
    let mach_o_file = mach_o(&records);
    let programs = [
        ("elf", elf(&records)),
        ("elf-32", elf_32(&records)),
        ("mach-o", mach_o_file.clone()),
        ("universal", universal_mach_o([&mach_o_file, &mach_o_file])),
        ("pe.exe", pe(&padded)),
        ("wasm.wasm", wasm(&records)),
    ];
    let folder = Folder::new();
    let expected = folder.file("expected.json", EXPECTED);
    let expected = open(expected.as_ref(), None).unwrap();
    for (name, program) in programs {
        let program = folder.file(name, program);
        let build = open(program.as_ref(), None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(build, expected, "{name}");
    }
}

#[test]
fn a_snapshot_of_a_program_is_the_same_as_the_program() {
    let folder = Folder::new();
    let program = folder.file("importer", elf(&records()));
    let snapshot = super::shown(&folder.path().join("importer.json"));
    let written = run(&[
        "inspect", &program, "--format", "json", "--output", &snapshot,
    ]);
    assert_eq!(written, (Some(0), String::new(), String::new()));
    let (status, said, _) = run(&["check", &program, &snapshot]);
    assert_eq!(status, Some(0));
    assert!(said.contains("are the same (1 handler, 1 form)"), "{said}");
    let printed = run(&["inspect", &program, "--format", "json"]).1;
    assert_eq!(printed, std::fs::read_to_string(snapshot).unwrap());
}

#[test]
fn the_order_of_keys_in_a_record_changes_nothing() {
    let folder = Folder::new();
    let usual = handler("importer", "1.0.0");
    let source = r#","source":{"file":"src/imports.rs","line":12}"#;
    let other = usual
        .replace(source, "")
        .replace("}]}}", &format!("}}]{source}}}}}"));
    assert_ne!(usual, other);
    let usual = folder.file("usual", elf(&section(&[usual])));
    let other = folder.file("other", elf(&section(&[other])));
    assert_eq!(
        open(usual.as_ref(), None).unwrap(),
        open(other.as_ref(), None).unwrap()
    );
}

#[test]
fn a_record_that_is_linked_twice_counts_once() {
    let folder = Folder::new();
    let once = folder.file("once", elf(&records()));
    let twice = folder.file("twice", elf(&[records(), records()].concat()));
    assert!(run(&["check", &once, &twice]).1.contains("are the same"));
}

#[test]
fn the_release_is_what_release_says_else_what_all_records_agree_on_else_the_flag() {
    let folder = Folder::new();
    let release = |version: &str, line: u32| {
        format!(
            r#"{{"format":1,"package":"importer","version":"0.1.0","release":{{"name":"importer","version":"{version}","source":{{"file":"src/main.rs","line":{line}}}}}}}"#
        )
    };
    let agreed = [handler("importer", "1.3.0"), form("lib", "1.3.0")];
    let disagreeing = [handler("importer", "1.3.0"), form("lib", "0.2.0")];
    let first_line = |records: &[String], args: &[&str]| {
        let program = folder.file("program", elf(&section(records)));
        let (status, said, complaint) = run(&[&["inspect", &program], args].concat());
        (
            status,
            said.lines().next().unwrap_or_default().to_owned(),
            complaint,
        )
    };
    assert_eq!(first_line(&agreed, &[]).1, "program 1.3.0");
    assert_eq!(
        first_line(&agreed, &["--release", "2.0.0"]).1,
        "program 2.0.0"
    );
    let stated = [&disagreeing[..], &[release("1.5.0", 3)]].concat();
    assert_eq!(first_line(&stated, &[]).1, "importer 1.5.0");

    let (status, _, complaint) = first_line(&disagreeing, &[]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("importer 1.3.0, lib 0.2.0"),
        "{complaint}"
    );
    let several = [&stated[..], &[release("1.6.0", 9)]].concat();
    let (status, _, complaint) = first_line(&several, &[]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("importer 1.5.0 at src/main.rs:3, importer 1.6.0 at src/main.rs:9"),
        "{complaint}"
    );
}

#[test]
fn all_sections_of_the_name_are_read() {
    let folder = Folder::new();
    let (one, other) = (
        section(&[handler("importer", "1.0.0")]),
        section(&[form("importer", "1.0.0")]),
    );
    let both = [&*one, &*other];
    let expected = folder.file("expected.json", EXPECTED);
    let expected = open(expected.as_ref(), None).unwrap();
    let universal = universal_mach_o([&mach_o_of(&both), &mach_o_of(&both)]);
    for (name, program) in [
        ("elf", elf_of(&both)),
        ("mach-o", mach_o_of(&both)),
        ("universal", universal),
        ("wasm.wasm", wasm_of(&both)),
    ] {
        let program = folder.file(name, program);
        let build = open(program.as_ref(), None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(build, expected, "{name}");
    }
}

/// A `macro_rules!` that annotates a method of two types writes two records of one id and
/// one line.
#[test]
fn records_of_one_id_and_one_line_that_differ_are_all_kept() {
    let folder = Folder::new();
    let one = form("importer", "1.0.0");
    let other = one.replace("/imports/csv", "/imports/xml");
    for records in [[&one, &other, &one], [&other, &one, &other]] {
        let records: Vec<String> = records.into_iter().cloned().collect();
        let program = folder.file("importer", elf(&section(&records)));
        let targets = open(program.as_ref(), None).unwrap().forms;
        let mut targets: Vec<&str> = targets.iter().map(|form| &*form.posts_to[0].path).collect();
        targets.sort_unstable();
        assert_eq!(targets, ["/imports/csv", "/imports/xml"]);
    }
    let one = handler("importer", "1.0.0");
    let other = one.replace("file_name", "name");
    let program = folder.file("importer", elf(&section(&[one, other])));
    assert_eq!(open(program.as_ref(), None).unwrap().handlers.len(), 2);
}

/// Of 750 KB with 3,000 architectures on one slice, each was read as another program.
#[test]
fn architectures_on_one_slice_are_read_once_and_very_many_are_refused() {
    let folder = Folder::new();
    let slice = mach_o(&records());
    let universal = |count: u32| {
        let at = 0x1_0000;
        let mut file = 0xCAFE_BABE_u32.to_be_bytes().to_vec();
        file.extend(count.to_be_bytes());
        for number in 0..count {
            let size = u32::try_from(slice.len()).unwrap();
            for number in [0x0100_000C, number, at, size, 12] {
                file.extend(number.to_be_bytes());
            }
        }
        file.resize(at.try_into().unwrap(), 0);
        file.extend(&slice);
        file
    };
    let few = folder.file("few", universal(3));
    assert_eq!(open(few.as_ref(), None).unwrap().handlers.len(), 1);
    let many = folder.file("many", universal(3000));
    let error = open(many.as_ref(), None).unwrap_err().to_string();
    assert!(
        error.contains("for 3000 architectures, more than the 64 that are read"),
        "{error}"
    );
}

#[test]
fn sections_that_share_bytes_are_refused() {
    let folder = Folder::new();
    let records = records();
    let whole = elf_of(&[&records, &records]);
    // The second section's header gets the offset of the first, and one byte more.
    let header = |section: usize| {
        let table = u64::from_le_bytes(whole[0x28..0x30].try_into().unwrap());
        usize::try_from(table).unwrap() + 64 * section
    };
    let size = |at: usize| u64::from_le_bytes(whole[at + 0x20..at + 0x28].try_into().unwrap());
    let ours: Vec<usize> = (0..usize::from(whole[0x3C]))
        .map(header)
        .filter(|at| size(*at) == records.len() as u64)
        .collect();
    let [first, second] = ours[..] else {
        panic!("{ours:?}")
    };
    let at = u64::from_le_bytes(whole[first + 0x18..first + 0x20].try_into().unwrap());
    let mut overlapping = whole.clone();
    overlapping[second + 0x18..second + 0x20].copy_from_slice(&(at + 1).to_le_bytes());
    let program = folder.file("overlapping", overlapping);
    let error = open(program.as_ref(), None).unwrap_err().to_string();
    assert!(error.contains("overlap at byte"), "{error}");
}
