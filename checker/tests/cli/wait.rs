//! `gate --wait`: by the real clock, with pages that live for a second.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use coexist_checker::ledger::SKEW;
use jiff::Timestamp;

use super::gate::GateLedger;
use super::said;

/// A ledger in which the pages of a release that a candidate holds back expire in so long,
/// if a page lives for a second; and the candidate.
fn expiring_in(time: Duration) -> (GateLedger, String) {
    let ledger = GateLedger::new();
    let all = &["csv", "edit"][..];
    ledger.deploy("1.3.0", all, all, "2025-11-20T08:00:00Z");
    ledger.deploy("1.4.0", all, &["edit"], "2025-11-27T08:50:00Z");
    let retired = Timestamp::now() - (Duration::from_secs(1) + SKEW) + time;
    ledger.retire("1.3.0", &retired.to_string());
    let candidate = ledger.release("1.5.0", &["edit"], &["edit"]);
    (ledger, candidate)
}

const WAIT: [&str; 3] = ["--wait", "--page-lifetime", "1s"];

#[test]
fn waiting_ends_when_the_pages_have_expired() {
    let begun = Instant::now();
    let (ledger, candidate) = expiring_in(Duration::from_secs(3));
    let (status, printed, complaint) = ledger.gate(&candidate, &WAIT);
    assert_eq!(status, Some(0), "{printed}{complaint}");
    assert!(begun.elapsed() >= Duration::from_secs(3));
    assert!(begun.elapsed() < Duration::from_secs(30));
    // In a log, one line is enough.
    assert!(
        complaint.starts_with("coexist: waiting until 20"),
        "{complaint}"
    );
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert!(
        printed.contains("accepted: 1.5.0 can be released over 1.4.0"),
        "{printed}"
    );
}

#[test]
fn nobody_waits_for_what_time_does_not_mend() {
    let (ledger, _) = expiring_in(Duration::from_secs(200));
    let candidate = ledger.release("1.5.0", &["edit"], &["edit", "elsewhere"]);
    let begun = Instant::now();
    let (status, printed, complaint) = ledger.gate(&candidate, &WAIT);
    assert_eq!((status, &*complaint), (Some(1), ""), "{printed}");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

/// Begins to wait.
fn waits(ledger: &GateLedger, candidate: &str) -> (Child, String) {
    let mut command = ledger.command(candidate, &WAIT);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let stderr = child.stderr.as_mut().unwrap();
    BufReader::new(stderr).read_line(&mut line).unwrap();
    (child, line)
}

#[test]
fn what_is_deployed_meanwhile_counts() {
    let (ledger, candidate) = expiring_in(Duration::from_secs(5));
    let (child, line) = waits(&ledger, &candidate);
    assert!(line.contains("waiting until"), "{line}");
    let again = ledger.release("1.3.0", &["csv", "edit"], &["csv", "edit"]);
    ledger.deploy_file(&again, Timestamp::now());
    let (status, printed, _) = said(child.wait_with_output().unwrap());
    assert_eq!(status, Some(1));
    assert!(printed.contains("rejected: 1.5.0 cannot"), "{printed}");
}

#[test]
fn a_ledger_that_is_gone_meanwhile_lets_nothing_pass() {
    let (ledger, candidate) = expiring_in(Duration::from_secs(5));
    let (child, _) = waits(&ledger, &candidate);
    std::fs::remove_dir_all(ledger.folder.path().join("ledger")).unwrap();
    let (status, printed, complaint) = said(child.wait_with_output().unwrap());
    assert_eq!((status, &*printed), (Some(2), ""));
    assert!(complaint.contains("could not check"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn waiting_can_be_interrupted() {
    let (ledger, candidate) = expiring_in(Duration::from_secs(200));
    let (child, _) = waits(&ledger, &candidate);
    // Not INT: where tests run in the background, programs begin with that one ignored.
    let interrupt = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
}
