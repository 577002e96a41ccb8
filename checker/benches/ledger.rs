//! What it costs to ask a ledger that has seen much: a thousand releases, five thousand
//! handlers and forms in each, on a disk and on a real S3 server on this machine.
//!
//! `cargo bench --package coexist-checker --bench ledger`
//!
//! Every hundredth release changed something, so there are ten registries. All but the
//! last three releases were retired long ago; of these, one runs, and the pages of two
//! may be open. The least time of several counts. A network adds its way there and back
//! to each of the requests that follow one another, as they are told here.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark that cannot go on says why"
)]

#[path = "../tests/ledger/s3.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod s3;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use coexist_checker::ledger::{Access, Folder, Ledger, Name};
use coexist_checker::model::Verdict;
use coexist_checker::registry::{Registry, snapshot};
use jiff::{SignedDuration, Timestamp};

const RELEASES: i64 = 1000;
const ITEMS: usize = 5000;
const CHANGES_EVERY: i64 = 100;
const LIVE: i64 = 3;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let begin = Instant::now();
    fill(&path);
    let took = begin.elapsed().as_secs_f64();
    println!("{RELEASES} releases of {ITEMS} handlers and forms, recorded in {took:.1} s");
    println!(
        "registries: {} MB\n",
        size(&path.join("registries")) / 1_000_000
    );

    let ledger = || Ledger::open(Box::new(Folder::new(&path)), None).unwrap();
    row(
        "in a folder, opened and asked what is out",
        least(|| ask(&ledger())),
        None,
    );

    let server = s3::Server::start();
    server.make("team");
    copy(&path, &server.folder().join("team/ledger"));
    let access = Access {
        variables: server.variables(),
        ..Access::default()
    };
    let ledger = || Ledger::open(access.open("s3://team/ledger").unwrap(), None).unwrap();
    let [requests, bytes, _] = server.tell("counts");
    ask(&ledger());
    let [requests_after, bytes_after, _] = server.tell("counts");
    let cost = (requests_after - requests, bytes_after - bytes);
    row(
        "in a bucket, opened and asked what is out",
        least(|| ask(&ledger())),
        Some(cost),
    );

    let opened = ledger();
    let [requests, bytes, _] = server.tell("counts");
    opened.recorded().unwrap();
    let [requests_after, bytes_after, _] = server.tell("counts");
    let cost = (requests_after - requests, bytes_after - bytes);
    let all = || assert_eq!(opened.recorded().unwrap().len(), 1000);
    row(
        "in a bucket, all that was ever recorded",
        least(all),
        Some(cost),
    );
}

fn ask(ledger: &Ledger) {
    let now = Timestamp::now();
    let state = ledger.state(now, now, DAY).unwrap();
    assert_eq!(state.live.len(), usize::try_from(LIVE).unwrap());
}

/// Records all of them, each an hour before its successor.
fn fill(path: &Path) {
    let store = Folder::new(path);
    Ledger::init(&store, "production").unwrap();
    let ledger = Ledger::open(Box::new(store), None).unwrap();
    let now = Timestamp::now();
    let deployed_at = |n| {
        // Those that can still be met were deployed within a page's lifetime.
        let pause = if n < RELEASES - LIVE { 100 } else { 0 };
        now - SignedDuration::from_hours(RELEASES - n + pause)
    };
    let mut registry = registry(0);
    for n in 0..RELEASES {
        if n > 0 && n % CHANGES_EVERY == 0 {
            registry = self::registry(n);
        }
        registry.release.version = format!("1.{n}.0").parse().unwrap();
        let time = deployed_at(n);
        let state = ledger.state(time, now, DAY).unwrap();
        let deployed = ledger.deploy(&state, &registry, time, Verdict::Accept);
        assert!(deployed.unwrap().is_some());
        if n > 0 {
            let name: Name = format!("app@1.{}.0", n - 1).parse().unwrap();
            let hour = SignedDuration::from_hours(1);
            ledger.retire(&name, deployed_at(n - 1) + hour).unwrap();
        }
    }
}

/// A registry that is like another one but for one path.
fn registry(change: i64) -> Registry {
    let items = ITEMS / 2;
    let handlers: Vec<String> = (0..items)
        .map(|n| {
            let path = if n == 0 { format!("/changed/{change}") } else { format!("/items/{n}") };
            format!(
                r#"{{"id":"app::items::save_{n}","method":"POST","path":"{path}","since":"1.0.0","fields":[{{"name":"file_name","required":true,"type":"text"}},{{"name":"notes","required":false,"type":"text"}}],"source":{{"file":"src/items.rs","line":{}}}}}"#,
                n + 1
            )
        })
        .collect();
    let forms: Vec<String> = (1..=items)
        .map(|n| {
            let target = n % (items - 1) + 1;
            format!(
                r#"{{"id":"app::pages::page_{n}","since":"1.0.0","posts_to":[{{"method":"POST","path":"/items/{target}"}}],"fields":[{{"name":"file_name","always":true,"type":"text"}}],"source":{{"file":"src/pages.rs","line":{n}}}}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"1.0.0"}},"handlers":[{}],"forms":[{}]}}"#,
        handlers.join(","),
        forms.join(",")
    );
    snapshot::read(text.as_bytes()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum()
}

fn least(mut ask: impl FnMut()) -> Duration {
    let times = (0..7).map(|_| {
        let begin = Instant::now();
        ask();
        begin.elapsed()
    });
    times.min().unwrap()
}

fn row(what: &str, time: Duration, cost: Option<(u64, u64)>) {
    let millis = time.as_secs_f64() * 1000.0;
    let cost = cost.map_or(String::new(), |(requests, bytes)| {
        format!("  {requests:5} requests  {:6} kB", bytes / 1000)
    });
    println!("{what:44} {millis:8.1} ms{cost}");
}
