//! What a check costs: two release builds of 50 MB with 10,000 handlers and 10,000
//! forms each, beside the mere reading of their two sections; and snapshots of
//! growing size. The least of several times counts.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs::{self, File};
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use coexist_checker::artifact::find_sections;
use coexist_tests::generate::{self, Annotated};
use coexist_tests::{cargo, succeed, target};

const HANDLERS: usize = 10_000;
const BALLAST: usize = 36 << 20;

fn main() -> io::Result<()> {
    let coexist = build_coexist()?;
    let (old, new) = (build("1.0.0")?, build("1.1.0")?);
    let megabytes = fs::metadata(&old)?.len() / 1_000_000;
    println!("two programs of {megabytes} MB, each with {HANDLERS} handlers and {HANDLERS} forms");
    let reading = least(|| {
        for program in [&old, &new] {
            assert!(read_section(program).is_ok_and(|bytes| bytes > 0));
        }
    });
    let whole = least(|| run(&coexist, &old, &new));
    let empty = least(|| {
        black_box(
            Command::new(&coexist)
                .arg("--version")
                .output()
                .map(|output| output.status),
        )
        .ok();
    });
    row("reading both sections, in this process", reading, reading);
    row("`coexist --version`, a process", empty, reading);
    row("`coexist check OLD NEW`, a process", whole, reading);

    println!("\nsnapshots of growing size, a process each");
    let folder = target().join("bench");
    let mut base = None;
    for count in [1_000, 10_000, 100_000, 1_000_000] {
        let [old, new] = [("old", 0), ("new", 1)].map(|(name, extra)| {
            let path = folder.join(format!("{name}-{count}.json"));
            fs::write(&path, generate::snapshot(count, extra)).map(|()| path)
        });
        let (old, new) = (old?, new?);
        let time = least(|| run(&coexist, &old, &new));
        row(
            &format!("{count} handlers and forms"),
            time,
            *base.get_or_insert(time),
        );
    }
    Ok(())
}

/// Reads the section, and looks at each record's beginning; returns its size.
fn read_section(program: &Path) -> io::Result<u64> {
    let mut file = File::open(program)?;
    let mut bytes = 0;
    for section in find_sections(&file)
        .map_err(io::Error::other)?
        .unwrap_or_default()
    {
        let mut frames = section.frames(&mut file).map_err(io::Error::other)?;
        while let Some(json) = frames.next_record().map_err(io::Error::other)? {
            bytes += black_box(json).len() as u64;
        }
    }
    Ok(bytes)
}

fn row(what: &str, time: Duration, base: Duration) {
    let ratio = time.as_secs_f64() / base.as_secs_f64();
    println!("  {what:<42} {:>8.2} ms  {ratio:>6.1} times", millis(time));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn least(mut measured: impl FnMut()) -> Duration {
    let times = (0..10).map(|_| {
        let begin = Instant::now();
        measured();
        begin.elapsed()
    });
    times.min().unwrap_or_default()
}

fn run(coexist: &Path, old: &Path, new: &Path) {
    let output = Command::new(coexist)
        .arg("check")
        .arg(old)
        .arg(new)
        .output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(
        said.is_ok_and(|said| said.starts_with("accepted")),
        "the two are accepted"
    );
}

fn build_coexist() -> io::Result<PathBuf> {
    let mut cargo = cargo(&coexist_tests::workspace());
    cargo.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "coexist-checker",
        "--target-dir",
    ]);
    succeed(cargo.arg(target()))?;
    Ok(target()
        .join("release")
        .join(coexist_tests::program("coexist")))
}

/// Builds a program of that release.
fn build(version: &str) -> io::Result<PathBuf> {
    let name = "check-program";
    // The second has one handler more: the two are not the same.
    let extra = usize::from(version != "1.0.0");
    let code = generate::program(HANDLERS, extra, Annotated::Coexist, true);
    let folder = generate::package(name, "", "main.rs", &code)?;
    let ballast = folder.join("src/ballast.bin");
    if !ballast.exists() {
        fs::write(&ballast, vec![b'x'; BALLAST])?;
    }
    let mut cargo = cargo(&folder);
    let target = target().join("bench/target");
    cargo
        .args(["build", "--quiet", "--release", "--target-dir"])
        .arg(&target);
    succeed(cargo.env("COEXIST_RELEASE", version))?;
    let kept = target.join(format!("{name}-{version}"));
    fs::copy(
        target.join("release").join(coexist_tests::program(name)),
        &kept,
    )?;
    Ok(kept)
}
