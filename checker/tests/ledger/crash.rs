//! A writer that is killed at any moment leaves the ledger as before or as after.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use coexist_checker::ledger::{Deployment, Ledger};
use coexist_checker::registry::snapshot;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use tempfile::TempDir;

use super::{Place, release, state};

/// How many are killed before they have come to their end: `KILLS`, or thirty.
fn kills() -> u32 {
    match std::env::var("KILLS") {
        Ok(stated) => stated.parse().unwrap(),
        Err(_) => 30,
    }
}

#[test]
fn in_a_folder() {
    kill(&Place::folder());
}

#[test]
fn in_a_bucket() {
    kill(&Place::bucket());
}

/// What a process is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Deploy,
    Retire,
    Prune,
}

/// All that is recorded.
type Recorded = BTreeMap<u64, Deployment>;

fn kill(place: &Place) {
    let kills = kills();
    let mut writer = Writer::new(place);
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut durations = BTreeMap::new();
    for change in [Change::Deploy, Change::Retire, Change::Prune] {
        let before = writer.recorded();
        let begin = Instant::now();
        let mut process = writer.start(change, &before);
        assert!(process.wait().unwrap().success(), "{change:?}");
        durations.insert(change, begin.elapsed());
        writer.count += 1;
    }

    // Of those that were killed: how many had changed nothing yet, and how many had.
    let (mut before_it, mut after_it) = (0, 0);
    let mut finished = 0;
    // Were all of them on one side, the moment between would never have been met.
    while before_it + after_it < kills || before_it < 3 || after_it + finished < 3 {
        let before = writer.recorded();
        let is_running = before.values().any(|one| one.retired.is_none());
        let change = match rng.random_range(0..10) {
            0 => Change::Prune,
            1..=5 if is_running => Change::Retire,
            _ => Change::Deploy,
        };
        let duration = durations.get_mut(&change).unwrap();
        let mut process = writer.start(change, &before);
        thread::sleep(duration.mul_f64(rng.random_range(0.4..1.2)));
        let is_killed = process.try_wait().unwrap().is_none();
        process.kill().unwrap();
        let status = process.wait().unwrap();
        if !is_killed {
            assert!(status.success(), "{change:?}");
        }
        writer.settle();
        let after = writer.recorded();
        let is_done = writer.assert_before_or_after(change, &before, &after);
        assert!(is_killed || is_done, "{change:?} said that it was done");
        // Near the moment of the change is where it could break. When that comes depends
        // on what else this machine does.
        *duration = duration.mul_f64(if is_done { 0.94 } else { 1.04 });
        match (is_killed, is_done) {
            (true, true) => after_it += 1,
            (true, false) => before_it += 1,
            (false, _) => finished += 1,
        }
        assert!(
            before_it + after_it + finished < 10 * kills,
            "{before_it} before, {after_it} after; {finished} finished"
        );
        writer.count += 1;
    }
    let name = if matches!(place, Place::Folder(_)) {
        "folder"
    } else {
        "bucket"
    };
    #[expect(clippy::print_stdout, reason = "seen with `--nocapture`")]
    {
        println!(
            "{name}: killed {before_it} before, {after_it} after the change; {finished} finished"
        );
    }
}

struct Writer<'a> {
    place: &'a Place,
    ledger: Ledger,
    builds: TempDir,
    /// How many processes there were.
    count: u32,
}

impl<'a> Writer<'a> {
    fn new(place: &'a Place) -> Self {
        Self {
            place,
            ledger: place.init(),
            builds: tempfile::tempdir().unwrap(),
            count: 0,
        }
    }

    fn version(&self) -> String {
        format!("1.{}.0", self.count)
    }

    /// Times go on from one process to the next, and are long past.
    fn time(&self) -> Timestamp {
        let begin: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
        begin + SignedDuration::from_hours(i64::from(self.count) * 13)
    }

    fn start(&self, change: Change, recorded: &Recorded) -> Child {
        let (time, url) = (self.time().to_string(), self.place.url());
        let mut coexist = Command::new(env!("CARGO_BIN_EXE_coexist"));
        coexist.arg("record");
        match change {
            Change::Deploy => {
                let build = self.builds.path().join("build.json");
                // A registry of its own, which is also written.
                let registry = release(&self.version(), &[&format!("field{}", self.count)]);
                let mut text = Vec::new();
                snapshot::write(&registry, &mut text).unwrap();
                std::fs::write(&build, text).unwrap();
                coexist.arg("deploy").arg(build).args(["--at", &time]);
            }
            Change::Retire => {
                let release = &running(recorded).unwrap().1.release;
                let name = format!("{}@{}", release.name, release.version);
                coexist.args(["retire", &name, "--at", &time]);
            }
            Change::Prune => {
                coexist.args(["prune", "--older-than", "2d"]);
            }
        }
        coexist
            .args(["--ledger", &url])
            .envs(self.place.variables())
            .current_dir(self.builds.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Waits until a request has come to its end whose sender is gone.
    fn settle(&self) {
        let Place::Bucket(server) = self.place else {
            return;
        };
        // What was sent before this is taken before it.
        server.pass();
        let begin = Instant::now();
        while server.tell("counts")[2] > 0 {
            assert!(begin.elapsed() < Duration::from_secs(10));
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// All that is recorded. Each can be read, and the registries of those that run.
    fn recorded(&self) -> Recorded {
        state(&self.ledger).unwrap();
        let recorded = self.ledger.recorded().unwrap().into_iter();
        recorded
            .map(|recorded| (recorded.number, recorded.deployment.unwrap()))
            .collect()
    }

    /// Says whether it is as after the change.
    fn assert_before_or_after(&self, change: Change, before: &Recorded, after: &Recorded) -> bool {
        match change {
            Change::Deploy => {
                let mut rest = after.clone();
                let last = before.last_key_value().map_or(0, |(number, _)| *number);
                let new = rest.remove(&(last + 1));
                assert_eq!(rest, *before);
                if let Some(new) = &new {
                    assert_eq!(new.release.version.to_string(), self.version());
                    assert_eq!((new.deployed, new.retired), (self.time(), None));
                }
                new.is_some()
            }
            Change::Retire => {
                let mut done = before.clone();
                let (number, _) = running(before).unwrap();
                done.get_mut(&number).unwrap().retired = Some(self.time());
                assert!(after == before || *after == done);
                *after == done
            }
            // Each is taken away by itself, and none that anybody can still meet.
            Change::Prune => {
                let mut left = before.clone();
                left.retain(|number, _| after.contains_key(number));
                assert_eq!(*after, left);
                let gone = before
                    .iter()
                    .filter(|(number, _)| !after.contains_key(number));
                assert!(
                    gone.clone()
                        .all(|(_, deployment)| deployment.retired.is_some())
                );
                let last = before.last_key_value();
                assert_eq!(after.last_key_value(), last);
                let open = last.map(|(_, last)| last.open.clone()).unwrap_or_default();
                !before.iter().any(|(number, deployment)| {
                    deployment.retired.is_some()
                        && Some(number) != last.map(|(last, _)| last)
                        && !open.contains(number)
                        && after.contains_key(number)
                })
            }
        }
    }
}

fn running(recorded: &Recorded) -> Option<(u64, &Deployment)> {
    let mut running = recorded.iter().filter(|(_, one)| one.retired.is_none());
    running.next().map(|(number, one)| (*number, one))
}
