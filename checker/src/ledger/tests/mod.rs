//! A ledger in a directory, from its first deployment to its last.

mod damage;
mod untrusted;

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::{Folder, Ledger, LedgerError, Live, Pruned, SKEW, State};
use crate::model::Verdict;
use crate::registry::{Registry, snapshot};

const HOUR: Duration = Duration::from_secs(60 * 60);
const LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

/// A build with one handler at that path.
fn registry(version: &str, path: &str) -> Registry {
    let json = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},"forms":[],
            "handlers":[{{"id":"app::edit","method":"POST","path":"{path}"}}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

fn time(text: &str) -> Timestamp {
    format!("2026-01-{text}:00Z").parse().unwrap()
}

/// Long after all that is recorded here.
fn clock() -> Timestamp {
    time("31T00:00")
}

fn ledger() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let store = || Folder::new(folder.path().join("ledger"));
    assert!(Ledger::init(&store(), "production").unwrap());
    let ledger = Ledger::open(Box::new(store()), None).unwrap();
    (folder, ledger)
}

fn state(ledger: &Ledger, now: &str) -> Result<State, LedgerError> {
    ledger.state(time(now), clock(), LIFETIME)
}

fn deploy(ledger: &Ledger, registry: &Registry, at: &str) -> Option<u64> {
    let state = state(ledger, at).unwrap();
    let deployed = ledger.deploy(&state, registry, time(at), Verdict::Accept);
    deployed.unwrap()
}

fn retire(ledger: &Ledger, version: &str, at: &str) -> Result<u64, LedgerError> {
    let name = format!("app@{version}").parse().unwrap();
    let retired = ledger.retire(&name, time(at));
    retired.map(|(number, _)| number)
}

fn numbers(state: &State) -> Vec<u64> {
    state.live.iter().map(|live| live.number).collect()
}

fn file(folder: &TempDir, key: &str) -> std::path::PathBuf {
    folder.path().join("ledger").join(Path::new(key))
}

/// Three releases, one a day; each is retired an hour after the next one came.
fn history() -> (TempDir, Ledger) {
    let (folder, ledger) = ledger();
    assert_eq!(
        deploy(&ledger, &registry("1.0.0", "/a"), "01T10:00"),
        Some(1)
    );
    assert_eq!(
        deploy(&ledger, &registry("1.1.0", "/a"), "02T10:00"),
        Some(2)
    );
    assert_eq!(retire(&ledger, "1.0.0", "02T11:00").unwrap(), 1);
    assert_eq!(
        deploy(&ledger, &registry("1.2.0", "/b"), "03T10:00"),
        Some(3)
    );
    assert_eq!(retire(&ledger, "1.1.0", "03T11:00").unwrap(), 2);
    (folder, ledger)
}

#[test]
fn who_runs_and_whose_pages_are_open_can_be_met() {
    let (_folder, ledger) = history();
    let live = state(&ledger, "03T12:00").unwrap().live;
    let summary = |live: &Live| {
        (
            live.number,
            live.is_running(),
            live.registry.release.version.minor,
        )
    };
    assert_eq!(
        live.iter().map(summary).collect::<Vec<_>>(),
        [(2, false, 1), (3, true, 2)]
    );
    assert_eq!(live[0].registry.handlers[0].path, "/a");
    // Two hours after the last node, and as much longer as clocks may be apart.
    let end = time("03T13:00").checked_add(SKEW).unwrap();
    assert_eq!(live[0].pages_until(LIFETIME), Some(end));
    let second = Duration::from_secs(1);
    let before = ledger.state(end.checked_sub(second).unwrap(), clock(), LIFETIME);
    assert_eq!(numbers(&before.unwrap()), [2, 3]);
    assert_eq!(numbers(&ledger.state(end, clock(), LIFETIME).unwrap()), [3]);
    // Pages that have no life are gone with the last node.
    let at_once = ledger.state(time("03T11:00"), clock(), Duration::ZERO);
    assert_eq!(numbers(&at_once.unwrap()), [3]);
}

#[test]
fn a_longer_lifetime_than_was_recorded_looks_at_all_of_them() {
    let (_folder, ledger) = history();
    let all = ledger.state(time("03T12:00"), clock(), 48 * HOUR).unwrap();
    assert_eq!(numbers(&all), [1, 2, 3]);
    let forever = ledger
        .state(time("03T12:00"), clock(), Duration::MAX)
        .unwrap();
    assert_eq!(numbers(&forever), [1, 2, 3]);
}

#[test]
fn who_was_judged_against_less_than_there_is_records_nothing() {
    let (_folder, ledger) = history();
    let seen = state(&ledger, "04T10:00").unwrap();
    assert_eq!(
        deploy(&ledger, &registry("1.3.0", "/b"), "04T10:00"),
        Some(4)
    );
    let late = registry("1.4.0", "/c");
    let deployed = ledger.deploy(&seen, &late, time("04T10:00"), Verdict::Accept);
    assert_eq!(deployed.unwrap(), None);
    let now = state(&ledger, "04T11:00").unwrap();
    assert_eq!(numbers(&now), [3, 4]);
}

#[test]
fn a_registry_that_did_not_change_is_stored_once() {
    let (folder, ledger) = history();
    let count = || fs::read_dir(file(&folder, "registries")).unwrap().count();
    assert_eq!(count(), 2);
    assert_eq!(
        deploy(&ledger, &registry("1.3.0", "/a"), "04T10:00"),
        Some(4)
    );
    assert_eq!(count(), 2);
    let live = state(&ledger, "04T11:00").unwrap().live;
    assert_eq!(live[1].registry.release.version.minor, 3);
    assert_eq!(live[1].registry.handlers[0].path, "/a");
}

#[test]
fn the_files_are_made_to_be_read() {
    let (folder, _ledger) = history();
    let text = fs::read_to_string(file(&folder, "production/000002.json")).unwrap();
    let digest = text
        .split('"')
        .find(|part| part.len() == 64)
        .unwrap()
        .to_owned();
    assert_eq!(
        text,
        format!(
            r#"{{
  "format": 1,
  "release": {{
    "name": "app",
    "version": "1.1.0"
  }},
  "registry": "{digest}",
  "deployed": "2026-01-02T10:00:00Z",
  "retired": "2026-01-03T11:00:00Z",
  "verdict": "accept",
  "after": "app@1.0.0 of 2026-01-01T10:00:00Z",
  "open_since": "2026-01-02T07:55:00Z",
  "open": [
    1
  ]
}}
"#
        )
    );
    let registry = fs::read_to_string(file(&folder, &format!("registries/{digest}.json")));
    let registry = registry.unwrap();
    let lines: Vec<&str> = registry.lines().collect();
    assert_eq!(lines[..2], ["{ \"format\": 1,", "  \"handlers\": ["]);
    assert!(lines[2].starts_with("    {\"id\":\"app::edit\",\"method\":\"POST\",\"path\":\"/a\""));
    assert_eq!(lines[3..], ["  ],", "  \"forms\": [] }"]);
}

#[test]
fn what_has_not_come_yet_is_not_believed() {
    let (_folder, ledger) = history();
    let at = |clock: &str| ledger.state(time("03T12:00"), time(clock), LIFETIME);
    assert_eq!(numbers(&at("03T10:56").unwrap()), [2, 3]);
    assert!(matches!(
        at("03T10:54"),
        Err(LedgerError::RecordedInFuture { .. })
    ));
}

#[test]
fn who_was_not_deployed_cannot_be_retired() {
    let (_folder, ledger) = history();
    let error = |version: &str, at: &str| retire(&ledger, version, at).unwrap_err().to_string();
    assert!(error("1.2.0", "03T09:00").contains("cannot have been retired at"));
    assert!(error("1.1.0", "03T12:00").contains("was already retired at 2026-01-03T11:00:00Z"));
    let unknown = error("1.2.1", "03T12:00");
    assert!(
        unknown.contains(
            "no deployment of `app@1.2.1` to `production` is recorded: did you mean `app@1.2.0`?"
        ),
        "{unknown}"
    );
}

#[test]
fn a_version_names_one_build() {
    let (_folder, ledger) = history();
    let now = state(&ledger, "03T12:00").unwrap();
    let running = |registry: &Registry| {
        let running = ledger.running(&now, registry);
        running.map(|live| live.map(|live| live.number))
    };
    assert_eq!(running(&registry("1.2.0", "/b")).unwrap(), Some(3));
    assert_eq!(running(&registry("1.3.0", "/b")).unwrap(), None);
    assert_eq!(running(&registry("1.1.0", "/a")).unwrap(), None);
    assert!(matches!(
        running(&registry("1.2.0", "/c")),
        Err(LedgerError::SameVersion { .. })
    ));
}

#[test]
fn an_environment_is_named_if_there_are_several() {
    let (folder, _ledger) = history();
    let store = || Folder::new(folder.path().join("ledger"));
    let open = |name| Ledger::open(Box::new(store()), name).map_err(|error| error.to_string());
    assert!(!Ledger::init(&store(), "production").unwrap());
    assert!(Ledger::init(&store(), "staging").unwrap());
    assert_eq!(open(Some("staging")).unwrap().recorded().unwrap().len(), 0);
    assert!(
        open(None)
            .unwrap_err()
            .contains("`--environment production` or `--environment staging`")
    );
    let error = open(Some("stagging")).unwrap_err();
    assert!(
        error.contains("there is no environment `stagging`: did you mean `staging`? "),
        "{error}"
    );
    assert!(
        open(Some("Production"))
            .unwrap_err()
            .contains("is not a valid name for an environment")
    );
    let error = Ledger::init(&store(), "registries")
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("is not a valid name for an environment"),
        "{error}"
    );
}

#[test]
fn what_is_long_gone_can_be_taken_away() {
    let (folder, ledger) = history();
    // The last deployment speaks of the second one.
    let pruned = ledger.prune(time("20T00:00")).unwrap();
    assert_eq!(
        pruned,
        Pruned {
            deployments: 1,
            registries: 0
        }
    );
    assert_eq!(numbers(&state(&ledger, "03T12:00").unwrap()), [2, 3]);
    assert_eq!(
        deploy(&ledger, &registry("1.3.0", "/b"), "20T10:00"),
        Some(4)
    );
    assert_eq!(ledger.prune(time("03T10:30")).unwrap(), Pruned::default());
    let pruned = ledger.prune(time("21T00:00")).unwrap();
    assert_eq!(
        pruned,
        Pruned {
            deployments: 1,
            registries: 0
        }
    );
    // Young registries may be somebody's who is about to record them.
    assert_eq!(
        fs::read_dir(file(&folder, "registries")).unwrap().count(),
        2
    );
    let two_days_ago = std::time::SystemTime::now() - 48 * HOUR;
    for entry in fs::read_dir(file(&folder, "registries")).unwrap() {
        let file = fs::File::options()
            .append(true)
            .open(entry.unwrap().path())
            .unwrap();
        file.set_modified(two_days_ago).unwrap();
    }
    let pruned = ledger.prune(time("21T00:00")).unwrap();
    assert_eq!(
        pruned,
        Pruned {
            deployments: 0,
            registries: 1
        }
    );
    assert_eq!(numbers(&state(&ledger, "20T12:00").unwrap()), [3, 4]);
}

#[test]
fn no_ledger_is_no_empty_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| {
        let error = Ledger::open(Box::new(Folder::new(path)), None).unwrap_err();
        error.to_string()
    };
    assert!(open(folder.path()).contains("there is no ledger. If the place is right, create one"));
    assert!(open(&folder.path().join("misspelt")).contains("there is no ledger"));
}

#[test]
fn at_a_time_that_is_past_what_was_retired_later_ran() {
    let (_folder, ledger) = history();
    let live = state(&ledger, "03T10:30").unwrap().live;
    let runs = |live: &Live| (live.number, live.is_running());
    assert_eq!(
        live.iter().map(runs).collect::<Vec<_>>(),
        [(2, true), (3, true)]
    );
}

/// A build with a link in a mail that lives ten days, and a redirect.
fn with_mail(version: &str) -> Registry {
    let json = format!(
        r#"{{"format":2,"release":{{"name":"app","version":"{version}"}},"handlers":[],"forms":[
            {{"id":"app::mail","kind":"link","lifetime":"10d",
              "posts_to":[{{"method":"GET","path":"/confirm","elsewhere":true}}]}},
            {{"id":"app::redirect","kind":"redirect",
              "posts_to":[{{"method":"GET","path":"/","elsewhere":true}}]}}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

#[test]
fn a_release_counts_until_its_longest_lifetime_is_over() {
    let (folder, ledger) = ledger();
    deploy(&ledger, &with_mail("1.0.0"), "01T10:00");
    deploy(&ledger, &registry("1.1.0", "/a"), "02T10:00");
    retire(&ledger, "1.0.0", "02T11:00").unwrap();
    let text = fs::read_to_string(file(&folder, "production/000001.json")).unwrap();
    assert!(text.contains("\"format\": 2"), "{text}");
    assert!(text.contains("\"longest_lifetime\": \"10d\""), "{text}");
    let other = fs::read_to_string(file(&folder, "production/000002.json")).unwrap();
    assert!(other.contains("\"format\": 1"), "{other}");
    assert_eq!(numbers(&state(&ledger, "05T10:00").unwrap()), [1, 2]);
    // The next ones go on listing it, and it is not pruned.
    deploy(&ledger, &registry("1.2.0", "/a"), "06T10:00");
    retire(&ledger, "1.1.0", "06T11:00").unwrap();
    assert_eq!(ledger.prune(time("11T00:00")).unwrap().deployments, 0);
    let live = state(&ledger, "12T11:00").unwrap().live;
    assert_eq!(
        live.iter().map(|live| live.number).collect::<Vec<_>>(),
        [1, 3]
    );
    let end = time("12T11:00").checked_add(SKEW).unwrap();
    assert_eq!(live[0].pages_until(LIFETIME), Some(end));
    assert_eq!(numbers(&ledger.state(end, clock(), LIFETIME).unwrap()), [3]);
    deploy(&ledger, &registry("1.3.0", "/a"), "13T10:00");
    // Not before its mails have been gone for as long.
    assert_eq!(ledger.prune(time("12T11:00")).unwrap().deployments, 1);
    assert_eq!(ledger.prune(time("12T12:00")).unwrap().deployments, 1);
}
