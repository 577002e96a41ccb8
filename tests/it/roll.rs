//! The demo of the README, a short one: what it tells, and that nothing is left of it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use coexist_tests::releases::V1_0_0;

use crate::story;

/// Demos measure how fast nodes and users are: one at a time.
static STAGE: Mutex<()> = Mutex::new(());

/// A demo that runs.
struct Demo {
    child: Child,
    _stage: MutexGuard<'static, ()>,
}

impl Demo {
    fn start(balancer: &[&str]) -> Self {
        let stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        // This builds them, if no other test has.
        story::importer(V1_0_0);
        let child = Command::new(env!("CARGO_BIN_EXE_roll"))
            .args(["--nodes", "3", "--roll", "1.5", "--dwell", "0.6"])
            .args(["--visits", "60", "--no-build"])
            .args(balancer)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            child,
            _stage: stage,
        }
    }

    /// Reads until a line holds this.
    fn wait_for(&mut self, what: &str) -> String {
        let mut said = String::new();
        let mut lines = BufReader::with_capacity(1, self.child.stdout.as_mut().unwrap());
        while !said.contains(what) {
            assert!(
                lines.read_line(&mut said).unwrap() > 0,
                "no `{what}`: {said}"
            );
        }
        said
    }

    /// Reads to the end: output, errors and all, and the exit status.
    fn end(&mut self) -> (String, ExitStatus) {
        let mut said = String::new();
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        stdout.unwrap().read_to_string(&mut said).unwrap();
        stderr.unwrap().read_to_string(&mut said).unwrap();
        (said, self.child.wait().unwrap())
    }
}

/// The processes that a demo's output names: `node 1: 1.0.0 starting, process 4711, …`.
fn processes(said: &str) -> Vec<Pid> {
    let numbers = said.lines().filter_map(|line| {
        let (_, number) = line.split_once(" process ")?;
        number.split(',').next()?.parse().ok()
    });
    numbers.filter_map(Pid::from_raw).collect()
}

fn assert_none_is_left(said: &str) {
    let processes = processes(said);
    assert!(!processes.is_empty(), "{said}");
    for process in processes {
        let is_left = test_kill_process(process).is_ok();
        assert!(!is_left, "process {process:?} is left: {said}");
    }
}

fn assert_tells_the_story(balancer: &str) {
    let (said, status) = Demo::start(&["--balancer", balancer]).end();
    assert!(status.success(), "{said}");
    assert!(!said.contains('\x1b'), "{said}");
    let failure = "POST /imports/csv: 404 Not Found (page of 1.0.0, node of 1.1.0)";
    let sequenced = said.split("\n2. Sequenced").nth(1).unwrap();
    assert!(said.contains(failure), "{said}");
    assert!(!sequenced.contains("failed:"), "{said}");
    assert!(sequenced.contains(" submissions, 0 failed\n"), "{said}");
    assert_none_is_left(&said);
}

#[test]
fn submissions_fail_all_at_once_and_none_does_in_sequence() {
    assert_tells_the_story("built-in");
}

#[test]
fn so_it_is_behind_haproxy() {
    if Command::new("haproxy").arg("-v").output().is_err() {
        // Not captured, unlike `print!`, so that the log shows it.
        writeln!(io::stderr(), "skipped behind HAProxy: no `haproxy` in PATH").unwrap();
        return;
    }
    assert_tells_the_story("haproxy");
}

#[test]
fn ctrl_c_leaves_no_process() {
    let mut demo = Demo::start(&[]);
    let said = demo.wait_for("node 2: 1.1.0 starting");
    let roll = Pid::from_child(&demo.child);
    let sent = Instant::now();
    kill_process(roll, Signal::INT).unwrap();
    let (rest, status) = demo.end();
    let said = said + &rest;
    assert_eq!(status.code(), Some(130), "{said}");
    assert!(sent.elapsed() < Duration::from_secs(5), "{said}");
    assert_none_is_left(&said);
}
