//! Programs of each format are read, and give the same registry.

use coexist_checker::artifact::open;

use super::programs::{elf, elf_32, form, handler, mach_o, pe, section, universal_mach_o, wasm};
use super::{Folder, run};

/// The snapshot of the build that the others are compared with.
const EXPECTED: &str = r#"{ "format": 1, "release": { "name": "importer", "version": "1.0.0" },
  "handlers": [ { "id": "importer::import_csv", "method": "POST", "path": "/imports/csv",
    "since": "1.0.0", "encoding": "urlencoded",
    "fields": [ { "name": "file_name", "required": true, "type": "text" },
                { "name": "page", "required": false, "type": "integer", "min": 0, "max": 255 } ],
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
