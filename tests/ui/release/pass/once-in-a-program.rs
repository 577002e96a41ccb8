//! `release!` names the package and its version, wherever it stands.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a module of a program may be public, and so a test fails"
)]

mod deploy {
    pub mod version {
        coexist::release! {}
    }
}

fn main() {
    let records: Vec<&str> = coexist::records()
        .map(|record| std::str::from_utf8(record.json()).unwrap())
        .collect();
    let [release] = records[..] else {
        panic!("one record: {records:?}")
    };
    let name = concat!(
        "\"release\":{\"name\":\"",
        env!("CARGO_PKG_NAME"),
        "\",\"version\":\""
    );
    assert!(release.contains(name), "{release}");
}
