//! The ledger on what it is kept in: a folder, and a bucket of a real S3 server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod concurrent;
mod crash;
mod refused;
mod s3;
mod store;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use coexist_checker::ledger::{Access, Ledger, LedgerError, State, Store, TIMEOUT, open_url};
use coexist_checker::model::Verdict;
use coexist_checker::registry::{Registry, snapshot};
use jiff::Timestamp;
use tempfile::TempDir;

use s3::Server;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Something that a ledger can be kept in. It is gone when it is dropped.
#[derive(Clone)]
enum Place {
    Folder(Arc<TempDir>),
    Bucket(Arc<Server>),
}

impl Place {
    /// One of each kind.
    fn all() -> [Self; 2] {
        [Self::folder(), Self::bucket()]
    }

    fn folder() -> Self {
        Self::Folder(Arc::new(tempfile::tempdir().unwrap()))
    }

    fn bucket() -> Self {
        let server = Server::start();
        server.make("team");
        Self::Bucket(Arc::new(server))
    }

    fn url(&self) -> String {
        match self {
            Self::Folder(folder) => folder.path().join("ledger").display().to_string(),
            Self::Bucket(_) => "s3://team/a/ledger".to_owned(),
        }
    }

    /// What has to be in the environment.
    fn variables(&self) -> Vec<(String, String)> {
        match self {
            Self::Folder(_) => Vec::new(),
            Self::Bucket(server) => server.variables(),
        }
    }

    fn open(&self) -> Box<dyn Store> {
        let access = Access {
            timeout: TIMEOUT,
            variables: self.variables(),
        };
        access.open(&self.url()).unwrap()
    }

    /// Makes a ledger.
    fn init(&self) -> Ledger {
        assert!(Ledger::init(&*self.open(), "production").unwrap());
        self.ledger()
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(self.open(), None).unwrap()
    }

    /// The folder that is behind it all.
    fn folder_of(&self, key: &str) -> std::path::PathBuf {
        match self {
            Self::Folder(folder) => folder.path().join("ledger").join(key),
            Self::Bucket(server) => server.folder().join("team/a/ledger").join(key),
        }
    }
}

/// A release with one handler, and one field for each of the names.
fn release(version: &str, fields: &[&str]) -> Registry {
    let fields: Vec<String> = fields
        .iter()
        .map(|name| format!(r#"{{"name":"{name}","required":false,"type":"text"}}"#))
        .collect();
    let text = format!(
        r#"{{"format":1,"release":{{"name":"importer","version":"{version}"}},
            "handlers":[{{"id":"importer::save","method":"POST","path":"/save","since":"1.0.0",
                "until":null,"unknown_fields":"ignore","encoding":"urlencoded",
                "fields":[{}],"source":{{"file":"src/main.rs","line":1}}}}],"forms":[]}}"#,
        fields.join(",")
    );
    snapshot::read(text.as_bytes()).unwrap()
}

fn state(ledger: &Ledger) -> Result<State, LedgerError> {
    let now = Timestamp::now();
    ledger.state(now, now, DAY)
}

/// Records a deployment; `None`: another writer was faster.
fn deploy(ledger: &Ledger, registry: &Registry) -> Result<Option<u64>, LedgerError> {
    let state = state(ledger)?;
    ledger.deploy(&state, registry, Timestamp::now(), Verdict::Accept)
}

/// The names of the files in a folder; sorted.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
