//! What annotations cost the program: bytes in the stripped release build, and
//! instructions at start-up (counted by `valgrind --tool=callgrind`), per record;
//! the same program with and without them, side by side.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use coexist_tests::generate::{Annotated, package, program};
use coexist_tests::{cargo, succeed, target};

const HANDLERS: usize = 1000;

fn main() -> io::Result<()> {
    let without = build("program-without", Annotated::No)?;
    let with = build("program-with", Annotated::Coexist)?;
    // A handler and a form each, and the release.
    let records = f64::from(u32::try_from(2 * HANDLERS + 1).unwrap_or(u32::MAX));
    let bytes = [&without, &with].map(|program| fs::metadata(program).map(|file| file.len()));
    let [without_bytes, with_bytes] = bytes;
    report(
        "bytes in the stripped release build",
        without_bytes?,
        with_bytes?,
        records,
    );
    match (instructions(&without), instructions(&with)) {
        (Ok(without), Ok(with)) => report("instructions of a start", without, with, records),
        (Err(error), _) | (_, Err(error)) => println!("instructions: not counted: {error}"),
    }
    Ok(())
}

fn report(what: &str, without: u64, with: u64, records: f64) {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let (added, ratio) = ((with - without) as f64, with as f64 / without as f64);
    println!("{what}: {without} without, {with} with annotations ({ratio:.2} times)");
    println!("  {:.0} per record of six fields", added / records);
}

fn build(name: &str, annotated: Annotated) -> io::Result<PathBuf> {
    let code = program(HANDLERS, 0, annotated, false);
    let folder = package(name, "", "main.rs", &code)?;
    let mut cargo = cargo(&folder);
    let target = target().join("bench/target");
    cargo
        .args(["build", "--quiet", "--release", "--target-dir"])
        .arg(&target);
    succeed(&mut cargo)?;
    Ok(target.join("release").join(coexist_tests::program(name)))
}

/// The instructions that the program executes from its start to its end.
fn instructions(program: &Path) -> io::Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program);
    let said = succeed(&mut valgrind)?.stderr;
    let said = String::from_utf8_lossy(&said);
    let counted = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let counted = counted.and_then(|(_, count)| count.trim().parse().ok());
    counted.ok_or_else(|| io::Error::other(format!("valgrind counted nothing:\n{said}")))
}
