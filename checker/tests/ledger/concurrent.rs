//! Several writers at once: each write succeeds, or its writer gets an error.

use std::process::{Command, Stdio};
use std::thread;

use coexist_checker::ledger::{LedgerError, Name};
use coexist_checker::registry::snapshot;
use jiff::Timestamp;

use super::{Place, deploy, release, state};

#[test]
fn of_two_that_were_judged_at_once_the_second_is_told() {
    for place in Place::all() {
        let ledger = place.init();
        let seen = state(&ledger).unwrap();
        let (one, two) = (release("1.0.0", &["name"]), release("1.1.0", &["mail"]));
        let accept = coexist_checker::model::Verdict::Accept;
        let deployed = |registry| ledger.deploy(&seen, registry, Timestamp::now(), accept);
        assert_eq!(deployed(&one).unwrap(), Some(1));
        assert_eq!(deployed(&two).unwrap(), None);
        let live = state(&ledger).unwrap().live;
        assert_eq!(live.len(), 1);
        assert_eq!(live[0].registry.release, one.release);
    }
}

#[test]
fn many_that_deploy_at_once_all_stand() {
    const WRITERS: u64 = 6;
    const EACH: u64 = 5;
    for place in Place::all() {
        place.init();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let place = place.clone();
                thread::spawn(move || {
                    let ledger = place.ledger();
                    let mut numbers = Vec::new();
                    for n in 0..EACH {
                        let registry = release(&format!("1.{writer}.{n}"), &["name"]);
                        let number = loop {
                            if let Some(number) = deploy(&ledger, &registry).unwrap() {
                                break number;
                            }
                        };
                        numbers.push((number, registry.release));
                    }
                    numbers
                })
            })
            .collect();
        let mut told: Vec<_> = writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect();
        told.sort_by_key(|(number, _)| *number);
        let recorded = place.ledger().recorded().unwrap();
        let recorded: Vec<_> = recorded
            .into_iter()
            .map(|recorded| (recorded.number, recorded.deployment.unwrap().release))
            .collect();
        assert_eq!(recorded, told);
        let numbers: Vec<u64> = told.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=WRITERS * EACH).collect::<Vec<_>>());
    }
}

/// Of twenty compatible builds, ten gave up when all tried again at once.
#[test]
fn of_twenty_programs_that_deploy_at_once_none_gives_up() {
    const WRITERS: usize = 20;
    for place in Place::all() {
        place.init();
        let builds = tempfile::tempdir().unwrap();
        let programs: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let build = builds.path().join(format!("{writer}.json"));
                let registry = release(&format!("1.{writer}.0"), &["name"]);
                let mut text = Vec::new();
                snapshot::write(&registry, &mut text).unwrap();
                std::fs::write(&build, text).unwrap();
                Command::new(env!("CARGO_BIN_EXE_coexist"))
                    .args(["record", "deploy", "--ledger", &place.url()])
                    .arg(build)
                    .envs(place.variables())
                    .stdout(Stdio::null())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for program in programs {
            let output = program.wait_with_output().unwrap();
            let complaint = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{complaint}");
        }
        assert_eq!(place.ledger().recorded().unwrap().len(), WRITERS);
    }
}

#[test]
fn of_many_that_retire_one_release_one_does() {
    for place in Place::all() {
        let ledger = place.init();
        deploy(&ledger, &release("1.0.0", &["name"])).unwrap();
        let name: Name = "importer@1.0.0".parse().unwrap();
        let retired: Vec<_> = (0..6)
            .map(|_| {
                let (place, name) = (place.clone(), name.clone());
                thread::spawn(move || place.ledger().retire(&name, Timestamp::now()))
            })
            .collect();
        let retired: Vec<_> = retired
            .into_iter()
            .map(|retired| retired.join().unwrap())
            .collect();
        let (done, told): (Vec<_>, Vec<_>) = retired.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        for error in told {
            let error = error.unwrap_err();
            assert!(matches!(error, LedgerError::Retired { .. }), "{error}");
        }
    }
}
