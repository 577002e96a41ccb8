//! Bad input: status 2, one sentence that says what, where and what now; no panic,
//! nothing printed as an answer.

use std::fs::File;

use super::programs::{elf, form, frame, handler, section, wasm};
use super::{Folder, coexist, fixture, run, said};

/// Checks a build that cannot be read, as the old and as the new one; returns
/// the complaint behind the build's name.
#[track_caller]
fn complaint(build: &str) -> String {
    let good = fixture("handler-removed/near_miss/old.json");
    let mut complaints = [[build, &good], [&good, build]].map(|[old, new]| {
        let (status, printed, complaint) = run(&["check", old, new]);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
        complaint
    });
    assert_eq!(complaints[0], complaints[1]);
    let complaint = std::mem::take(&mut complaints[0]);
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    let begin = format!("coexist: could not check: {build}: ");
    complaint
        .strip_prefix(&begin)
        .unwrap_or_else(|| panic!("{complaint}"))
        .trim_end()
        .to_owned()
}

#[track_caller]
fn assert_complains(build: &str, expected: &str) {
    let complaint = complaint(build);
    assert!(complaint.contains(expected), "{complaint}");
}

#[test]
fn a_file_that_is_not_there() {
    assert_complains("no-such-file", "cannot read it: No such file or directory");
}

#[test]
fn a_directory() {
    let folder = Folder::new();
    assert_complains(folder.path().to_str().unwrap(), "this is a directory");
}

#[test]
fn a_file_that_is_no_program() {
    let folder = Folder::new();
    for (name, contents) in [
        ("empty", &b""[..]),
        ("text", b"#!/bin/sh\n"),
        ("zeros", &[0; 4096]),
    ] {
        assert_complains(
            &folder.file(name, contents),
            "neither a program (ELF, Mach-O, PE, wasm), an image (what `docker save` writes",
        );
    }
}

#[test]
fn a_program_without_annotations() {
    let own = env!("CARGO_BIN_EXE_coexist");
    assert_complains(own, "this program has no annotations");
    let folder = Folder::new();
    let empty = folder.file("empty", elf(&[]));
    assert_complains(
        &empty,
        "no annotated handler or form: an empty registry is never compatible",
    );
    let release =
        r#"{"format":1,"package":"a","version":"1.0.0","release":{"name":"a","version":"1.0.0"}}"#;
    let only_release = folder.file("release", elf(&section(&[release.to_owned()])));
    assert_complains(&only_release, "no annotated handler or form");
}

#[test]
fn a_program_cut_short() {
    let folder = Folder::new();
    let whole = elf(&section(&[handler("importer", "1.0.0")]));
    for end in [8, 40, 63, whole.len() / 2, whole.len() - 1] {
        let cut = folder.file("cut", &whole[..end]);
        let complaint = complaint(&cut);
        assert!(
            complaint.contains("damaged") || complaint.contains("neither"),
            "{end}: {complaint}"
        );
    }
}

#[test]
fn a_section_cut_short() {
    let folder = Folder::new();
    let whole = section(&[handler("importer", "1.0.0"), form("importer", "1.0.0")]);
    let cut = folder.file("cut", elf(&whole[..whole.len() - 5]));
    assert_complains(&cut, "cut short: the record at byte");
    let cut = folder.file("cut.wasm", wasm(&whole[..whole.len() - 5]));
    assert_complains(&cut, "needs 5 bytes more");
    let other = folder.file("other", elf(&[&whole[..], b"other bytes"].concat()));
    assert_complains(&other, &format!("no record begins at byte {}", whole.len()));
}

#[test]
fn a_record_of_a_newer_format() {
    let folder = Folder::new();
    let newer = frame(r#"{"format":3,"package":"a","version":"1.0.0","socket":{"id":"a::b"}}"#);
    assert_complains(
        &folder.file("newer", elf(&newer)),
        "of format 3, this version reads up to 2: update",
    );
}

#[test]
fn a_record_that_the_macros_do_not_write() {
    let folder = Folder::new();
    let good = handler("importer", "1.0.0");
    for (record, expected) in [
        (
            good.replace("\"path\"", "\"pth\""),
            "record 2 in its section `.coexist` cannot be read: unknown field `pth`",
        ),
        (
            good.replace("\"POST\"", "\"post\""),
            "`post` is not an HTTP method",
        ),
        (
            good.replace("/imports/csv", "/imports/{"),
            "broken parameter in `{`",
        ),
        (
            good.replace(
                "\"since\":\"1.0.0\"",
                "\"since\":\"1.0.0\",\"until\":\"next\"",
            ),
            "`until` cannot be \"next\": expected the version",
        ),
        (
            r#"{"format":1,"package":"a","version":"1.0.0"}"#.to_owned(),
            "expected one of `handler`, `form` and `release`",
        ),
        ("\u{0}".to_owned(), "expected value at line 1 column 1"),
    ] {
        let section = section(&[form("importer", "1.0.0"), record]);
        assert_complains(&folder.file("wrong", elf(&section)), expected);
    }
}

#[test]
fn a_snapshot_that_is_wrong() {
    let folder = Folder::new();
    let good = std::fs::read_to_string(fixture("handler-removed/triggers/old.json")).unwrap();
    for (json, expected) in [
        (
            good.replacen("\"handlers\"", "\"handelrs\"", 1),
            "unknown field `handelrs`, expected one of",
        ),
        (
            good.replacen("\"source\"", "\"sorce\"", 1),
            "at handlers[0].sorce: unknown field `sorce`",
        ),
        (
            good.replacen("\"POST\"", "1", 1),
            "at handlers[0].method: invalid type: integer `1`",
        ),
        (
            good.replacen("\"since\"", "\"until\": \"next\", \"since\"", 1),
            "at handlers[0].until: `until` cannot be \"next\"",
        ),
        (
            good.replacen("\"1.0.0\"", "\"1.0\"", 1),
            "at release.version: unexpected end of input",
        ),
        (
            good.replacen("\"format\": 1", "\"format\": 3", 1),
            "of format 3, this version reads up to 2: update",
        ),
        (
            good.replacen("\"format\": 1", "\"format\": 0", 1),
            "there is no format 0",
        ),
        (
            good.replacen("\"format\": 1,", "", 1),
            "missing field `format`",
        ),
        (
            good.replacen("/imports/csv", "imports/csv", 1),
            "does not begin with a slash",
        ),
        (good[..good.len() / 2].to_owned(), "EOF while parsing"),
        (format!("{good}more"), "trailing characters at line"),
        (
            r#"{"format":1,"release":{"name":"a","version":"1.0.0"}}"#.to_owned(),
            "an empty registry is never compatible",
        ),
        (
            good.replacen(
                "[{ \"method\": \"POST\", \"path\": \"/imports/csv\" }]",
                "[]",
                1,
            ),
            "`posts_to` is empty",
        ),
    ] {
        assert_ne!(json, good);
        assert_complains(&folder.file("wrong.json", json), expected);
    }
}

#[test]
fn a_release_without_a_name() {
    let folder = Folder::new();
    let good = std::fs::read_to_string(fixture("handler-removed/triggers/old.json")).unwrap();
    let nameless = good.replacen("\"name\": \"importer\"", "\"name\": \"\"", 1);
    assert_ne!(nameless, good);
    assert_complains(
        &folder.file("nameless.json", nameless),
        "its release has no name",
    );
    let record = handler("", "1.0.0");
    assert_complains(
        &folder.file("nameless", elf(&section(&[record]))),
        "its release has no name",
    );
}

#[test]
fn a_snapshot_in_another_encoding() {
    let folder = Folder::new();
    let good = std::fs::read_to_string(fixture("handler-removed/triggers/old.json")).unwrap();
    let utf_16 = |to_bytes: fn(u16) -> [u8; 2], mark: &str| {
        let text = format!("{mark}{good}");
        text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()
    };
    for (snapshot, encoding) in [
        (utf_16(u16::to_le_bytes, "\u{FEFF}"), "UTF-16"),
        (utf_16(u16::to_be_bytes, "\u{FEFF}"), "UTF-16"),
        (utf_16(u16::to_le_bytes, ""), "UTF-16"),
        (utf_16(u16::to_be_bytes, ""), "UTF-16"),
        (
            format!("\u{FEFF}{good}").into_bytes(),
            "UTF-8 with a byte order mark",
        ),
    ] {
        assert_complains(
            &folder.file("snapshot.json", snapshot),
            &format!("this is text in {encoding}, and a snapshot is UTF-8"),
        );
    }
}

/// To open a pipe that has no writer waits for one.
#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_and_a_device() {
    let folder = Folder::new();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    assert_complains(&super::shown(&pipe), "this is a named pipe");
    let device = folder.path().join("device");
    std::os::unix::fs::symlink("/dev/zero", &device).unwrap();
    assert_complains(&super::shown(&device), "this is a device");
}

#[cfg(unix)]
#[test]
fn a_policy_that_has_no_end() {
    let folder = Folder::new();
    let good = fixture("handler-removed/near_miss/old.json");
    let policy = super::shown(&folder.path().join("coexist.toml"));
    std::os::unix::fs::symlink("/dev/zero", &policy).unwrap();
    let (status, printed, complaint) = run(&["check", &good, &good, "--config", &policy]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(complaint.contains("this is a device"), "{complaint}");
}

#[test]
fn a_sparse_file_of_4_gib() {
    let folder = Folder::new();
    for (name, head) in [
        ("zeros", &b""[..]),
        ("snapshot.json", b"{ \"format\": 1,"),
        ("elf", &elf(&section(&[handler("a", "1.0.0")]))[..64]),
        ("module.wasm", b"\0asm\x01\0\0\0"),
    ] {
        let path = folder.file(name, head);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(4 << 30)
            .unwrap();
        let begin = std::time::Instant::now();
        let complaint = complaint(&path);
        // It takes no time and no memory, since nothing of it is read. (A timing is
        // not asserted: it is what a person sees if this test begins to hang.)
        println!("{name}: {:?}: {complaint}", begin.elapsed());
        #[cfg(target_os = "linux")]
        assert_bounded_memory(&path);
    }
}

/// Runs it with 256 MiB of address space.
#[cfg(target_os = "linux")]
fn assert_bounded_memory(build: &str) {
    let script = format!("ulimit -v 262144; exec \"$0\" inspect \"{build}\"");
    let output = std::process::Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_coexist")])
        .output()
        .unwrap();
    let (status, _, complaint) = said(output);
    assert_eq!(status, Some(2), "{complaint}");
    assert!(
        complaint.starts_with("coexist: could not check: "),
        "{complaint}"
    );
}

/// A pipe whose reader has gone.
#[cfg(unix)]
#[test]
fn a_closed_pipe() {
    let good = fixture("handler-removed/near_miss/old.json");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = coexist()
        .args(["check", &good, &good])
        .stdout(writer)
        .output()
        .unwrap();
    let (status, _, complaint) = said(output);
    assert_eq!(status, Some(2));
    assert_eq!(
        complaint,
        "coexist: could not check: the output could not be printed completely: Broken pipe (os error 32)\n"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_that_holds_nothing_or_no_snapshot() {
    for input in [
        &b""[..],
        b"rubbish",
        &elf(&section(&[handler("a", "1.0.0")])),
    ] {
        let (status, _, complaint) = super::run_with_pipe(&["inspect", "/dev/stdin"], input);
        assert_eq!(status, Some(2), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}

#[test]
fn a_command_line_that_is_wrong() {
    for args in [
        &["check", "one"][..],
        &["check", "one", "two", "--format", "yaml"],
        &["check", "one", "two", "--new-release", "1.0"],
        &["inspekt", "one"],
        &["explain", "no-such-rule"],
    ] {
        let (status, printed, complaint) = run(args);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{args:?}");
        assert!(!complaint.is_empty(), "{args:?}");
    }
}

#[test]
fn an_output_file_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new();
    let good = fixture("handler-removed/near_miss/old.json");
    let output = super::shown(&folder.path().join("absent/snapshot.json"));
    let (status, printed, complaint) =
        run(&["inspect", &good, "--format", "json", "--output", &output]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        complaint.contains("absent/snapshot.json: cannot write the file"),
        "{complaint}"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn an_output_file_that_is_a_link_stays_one() {
    let folder = Folder::new();
    let good = fixture("handler-removed/near_miss/old.json");
    let target = folder.file("target", "old");
    let link = super::shown(&folder.path().join("link"));
    std::os::unix::fs::symlink("target", &link).unwrap();
    let (status, ..) = run(&["inspect", &good, "--format", "json", "--output", &link]);
    assert_eq!(status, Some(0));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        std::fs::read_to_string(target)
            .unwrap()
            .contains("\"format\": 1")
    );
}
