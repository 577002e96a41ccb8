//! The ledger's reader: whatever its files hold, it returns; and what it says can be met can
//! be read. A file for each part of the bytes between two zeros.

#![no_main]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::time::Duration;

use coexist_checker::ledger::{Ledger, Listed, ListedKind, Store, StoreError, Stored};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A registry, which is stored under its digest.
const REGISTRY: &str = r#"{ "format": 1, "forms": [], "handlers": [{"id":"a::b","method":"POST","path":"/a"}] }"#;

/// Where the parts go.
const KEYS: [&str; 4] = [
    "production/000001.json",
    "production/000002.json",
    "production/environment.json",
    "coexist-ledger.json",
];

fuzz_target!(|data: &[u8]| {
    let texts = Texts::default();
    Ledger::init(&texts, "production").expect("it is new");
    let mut digits = String::new();
    for byte in Sha256::digest(REGISTRY) {
        let _infallible = write!(digits, "{byte:02x}");
    }
    texts.put(&format!("registries/{digits}.json"), REGISTRY.as_bytes());
    for (key, part) in KEYS.iter().zip(data.split(|byte| *byte == 0)) {
        texts.put(key, part);
    }
    let Ok(ledger) = Ledger::open(Box::new(texts), None) else { return };
    let now: Timestamp = "2026-06-01T00:00:00Z".parse().expect("it is a time");
    let recorded = ledger.recorded();
    let _answer = ledger.apps();
    if let Ok(state) = ledger.state(now, now, DAY) {
        let recorded = recorded.expect("what can be met is recorded");
        assert!(state.live.len() <= recorded.len());
        for live in &state.live {
            assert!(ledger.registry(&live.deployment).is_ok());
        }
    }
    let _pruned = ledger.prune(now);
});

/// Texts in memory.
#[derive(Debug, Default)]
struct Texts(Mutex<BTreeMap<String, Vec<u8>>>);

impl Texts {
    fn put(&self, key: &str, text: &[u8]) {
        self.0.lock().expect("no thread has panicked").insert(key.to_owned(), text.to_vec());
    }
}

impl Store for Texts {
    fn place(&self) -> String {
        "memory".to_owned()
    }

    fn read(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        let texts = self.0.lock().expect("no thread has panicked");
        Ok(texts.get(key).map(|bytes| Stored { bytes: bytes.clone(), tag: None }))
    }

    fn create(&self, key: &str, text: &str) -> Result<bool, StoreError> {
        let is_new = self.read(key)?.is_none();
        if is_new {
            self.put(key, text.as_bytes());
        }
        Ok(is_new)
    }

    fn replace(&self, key: &str, text: &str, read: &Stored) -> Result<bool, StoreError> {
        let is_there = self.read(key)?.is_some_and(|now| now.bytes == read.bytes);
        if is_there {
            self.put(key, text.as_bytes());
        }
        Ok(is_there)
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.put(key, text.as_bytes());
        Ok(())
    }

    fn list(&self, folder: &str) -> Result<Vec<Listed>, StoreError> {
        let texts = self.0.lock().expect("no thread has panicked");
        let begin = format!("{folder}/");
        let keys = texts.keys().filter(|key| key.starts_with(&begin));
        let listed = keys.map(|key| Listed {
            key: key.clone(),
            age: DAY * 2,
            kind: ListedKind::File,
        });
        Ok(listed.collect())
    }

    fn folders(&self) -> Result<Vec<String>, StoreError> {
        Ok(vec!["production".to_owned(), "registries".to_owned()])
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.lock().expect("no thread has panicked").remove(key);
        Ok(())
    }
}
