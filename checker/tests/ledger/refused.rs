//! A ledger that cannot be reached, or could lose something: what is the matter and what
//! now; nothing written, and never for ever.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use coexist_checker::ledger::{Access, Ledger, LedgerError, StoreError};
use jiff::Timestamp;

use super::s3::Server;
use super::{Place, deploy, files, release, state};

const SHORT: Duration = Duration::from_secs(1);

/// The variables of a server, one of them with another value.
fn variables(server: &Server, name: &str, value: &str) -> Vec<(String, String)> {
    let mut variables = server.variables();
    variables.retain(|(known, _)| known != name);
    variables.push((name.to_owned(), value.to_owned()));
    variables
}

fn access(variables: Vec<(String, String)>) -> Access {
    Access {
        timeout: SHORT,
        variables,
    }
}

/// The address of a server that takes connections and says nothing.
fn silent() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut held = Vec::new();
        for connection in listener.incoming() {
            held.push(connection);
        }
    });
    address
}

/// An address at which nothing listens.
fn nobody() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn a_network_that_hangs_is_waited_for_so_long() {
    let server = Server::start();
    let begin = Instant::now();
    let store = access(variables(&server, "AWS_ENDPOINT", &silent()))
        .open("s3://team/ledger")
        .unwrap();
    let error = store.read("mark.json").unwrap_err();
    assert_eq!(
        error.to_string(),
        "s3://team/ledger: no answer within 1 s. Try again; if this persists, check that this \
         machine reaches it"
    );
    // It is unknown whether it was written.
    let error = store.create("mark.json", "one").unwrap_err();
    assert!(matches!(error, StoreError::Unanswered { .. }), "{error}");
    let keys: Vec<String> = (0..5).map(|n| format!("{n}.json")).collect();
    assert!(store.read_all(&keys).iter().all(Result::is_err));
    let error = Ledger::open(store, None).unwrap_err();
    assert!(matches!(
        error,
        LedgerError::Store(StoreError::Timeout { .. })
    ));
    assert!(begin.elapsed() < 5 * SHORT);
}

#[test]
fn a_machine_that_nobody_answers_on() {
    let server = Server::start();
    let access = Access {
        variables: variables(&server, "AWS_ENDPOINT", &nobody()),
        ..Access::default()
    };
    let store = access.open("s3://team/ledger").unwrap();
    let error = store.read("mark.json").unwrap_err().to_string();
    assert!(error.starts_with("s3://team/ledger/mark.json: "), "{error}");
    assert!(error.contains("refused"), "{error}");
}

#[test]
fn no_credentials() {
    let settings = |endpoint: String| {
        let variables = [
            ("AWS_METADATA_ENDPOINT", endpoint.clone()),
            ("AWS_ENDPOINT", endpoint),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
        ];
        variables
            .map(|(name, value)| (name.to_owned(), value))
            .into()
    };
    for endpoint in [nobody(), silent()] {
        let begin = Instant::now();
        let error = access(settings(endpoint))
            .open("s3://team/ledger")
            .unwrap_err();
        let error = error.to_string();
        assert!(
            error.starts_with("s3://team/ledger: no credentials ("),
            "{error}"
        );
        assert!(
            error.contains("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            "{error}"
        );
        assert!(begin.elapsed() < 5 * SHORT);
    }
}

#[test]
fn half_of_the_credentials() {
    let variables = vec![("AWS_ACCESS_KEY_ID".to_owned(), "coexist".to_owned())];
    let error = access(variables)
        .open("s3://team/ledger")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("s3://team/ledger: Missing SecretAccessKey. Set AWS_"),
        "{error}"
    );
}

#[test]
fn the_other_clouds_say_what_they_look_for() {
    let home = tempfile::tempdir().unwrap();
    for (url, what) in [
        ("gs://team/ledger", "Set GOOGLE_APPLICATION_CREDENTIALS"),
        ("az://team/ledger", "Set AZURE_STORAGE_ACCOUNT_NAME"),
        (
            "abfss://team@account.dfs.core.windows.net/ledger",
            "AZURE_STORAGE_ACCOUNT_KEY",
        ),
    ] {
        let nobody = nobody();
        let host = nobody.strip_prefix("http://").unwrap();
        let said = Command::new(env!("CARGO_BIN_EXE_coexist"))
            .args(["record", "list", "--ledger", url])
            .env_clear()
            .env("HOME", home.path())
            .envs([("GCE_METADATA_HOST", host), ("GCE_METADATA_IP", host)])
            .env("IDENTITY_ENDPOINT", &nobody)
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(2));
        let complaint = String::from_utf8(said.stderr).unwrap();
        assert!(complaint.contains(what), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}

#[test]
fn a_wrong_secret() {
    let server = Server::start();
    server.make("team");
    let wrong = variables(&server, "AWS_SECRET_ACCESS_KEY", "a-wrong-one");
    let store = access(wrong).open("s3://team/ledger").unwrap();
    let error = Ledger::init(&*store, "production").unwrap_err().to_string();
    assert!(
        error.starts_with("s3://team/ledger: SignatureDoesNotMatch"),
        "{error}"
    );
    assert!(
        error.contains("must be allowed to read, write, list and delete"),
        "{error}"
    );
    assert!(!error.contains("a-wrong-one"));
    assert_eq!(files(&server.folder().join("team")), [""; 0]);
}

#[test]
fn a_bucket_that_is_not_there() {
    let server = Server::start();
    let store = access(server.variables()).open("s3://taem/ledger").unwrap();
    let expected = "s3://taem/ledger: it does not exist. Check its spelling, or create the \
                    bucket first: the ledger creates none";
    let error = Ledger::init(&*store, "production").unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert_eq!(store.folders().unwrap_err().to_string(), expected);
    assert_eq!(
        store.create("a.json", "a").unwrap_err().to_string(),
        expected
    );
    let error = Ledger::open(store, None).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert!(!server.folder().join("taem").exists());
}

#[test]
fn plain_http_is_only_spoken_if_it_is_allowed() {
    let server = Server::start();
    server.make("team");
    let variables = variables(&server, "AWS_ALLOW_HTTP", "false");
    let store = access(variables).open("s3://team/ledger").unwrap();
    let error = store.read("mark.json").unwrap_err().to_string();
    assert!(error.contains("AWS_ALLOW_HTTP=true"), "{error}");
}

#[test]
fn a_server_that_does_not_heed_conditions_gets_no_ledger() {
    let Place::Bucket(server) = Place::bucket() else {
        unreachable!()
    };
    server.tell("deaf");
    let store = access(server.variables()).open("s3://team/ledger").unwrap();
    let error = Ledger::init(&*store, "production").unwrap_err();
    assert!(
        matches!(error, LedgerError::Store(StoreError::Unconditional { .. })),
        "{error}"
    );
    assert_eq!(files(&server.folder().join("team/ledger")), [""; 0]);
    server.tell("heeding");
    Ledger::init(&*store, "production").unwrap();
}

#[test]
fn who_is_far_from_the_clock_of_the_store_records_nothing() {
    let place = Place::bucket();
    let Place::Bucket(server) = &place else {
        unreachable!()
    };
    let ledger = place.init();
    let seen = state(&ledger).unwrap();
    let registry = release("1.0.0", &["name"]);
    let now = Timestamp::now();
    let accept = coexist_checker::model::Verdict::Accept;
    for (ahead, told) in [
        ("200", "s behind its server's"),
        ("-200", "s ahead of its server's"),
    ] {
        server.tell(&format!("ahead {ahead}"));
        let error = ledger.deploy(&seen, &registry, now, accept).unwrap_err();
        assert!(matches!(error, LedgerError::Clock { .. }), "{error}");
        assert!(error.to_string().contains(told), "{error}");
        assert!(matches!(state(&ledger), Err(LedgerError::Clock { .. })));
    }
    server.tell("ahead 100");
    assert_eq!(ledger.recorded().unwrap().len(), 0);
    assert_eq!(deploy(&ledger, &registry).unwrap(), Some(1));
    server.tell("ahead 200");
    let name = "importer@1.0.0".parse().unwrap();
    let error = ledger.retire(&name, now).unwrap_err();
    assert!(matches!(error, LedgerError::Clock { .. }), "{error}");
    server.tell("ahead 0");
    assert!(ledger.retire(&name, Timestamp::now()).is_ok());
}

/// The address of a way to a server on which the answer to the first request is lost.
fn lossy(server: &Server) -> String {
    let variables = server.variables();
    let (_, upstream) = variables
        .iter()
        .find(|(name, _)| name == "AWS_ENDPOINT")
        .unwrap();
    let upstream = upstream.strip_prefix("http://").unwrap().to_owned();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (count, client) in listener.incoming().enumerate() {
            let (mut client, mut server) =
                (client.unwrap(), TcpStream::connect(&upstream).unwrap());
            let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || {
                let _broken = std::io::copy(&mut from, &mut to);
                let _closed = to.shutdown(Shutdown::Write);
            });
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = server.read(&mut buffer) {
                    if count == 0 || client.write_all(&buffer[..length]).is_err() {
                        break;
                    }
                }
                let _closed = client.shutdown(Shutdown::Both);
            });
        }
    });
    address
}

#[test]
fn a_write_whose_answer_is_lost_is_known_to_be_ours() {
    let place = Place::bucket();
    let Place::Bucket(server) = &place else {
        unreachable!()
    };
    let lossy = || {
        let access = Access {
            variables: variables(server, "AWS_ENDPOINT", &lossy(server)),
            ..Access::default()
        };
        access.open(&place.url()).unwrap()
    };
    let store = place.open();
    assert!(lossy().create("one.json", "ours").unwrap());
    assert!(!store.create("one.json", "theirs").unwrap());
    assert!(!lossy().create("one.json", "again").unwrap());

    let read = store.read("one.json").unwrap().unwrap();
    assert!(lossy().replace("one.json", "ours, newer", &read).unwrap());
    assert!(!lossy().replace("one.json", "too late", &read).unwrap());
    let read = store.read("one.json").unwrap().unwrap();
    assert_eq!(read.bytes, b"ours, newer");
}
