//! The reader of `coexist.toml`: whatever the text, it returns; its errors obey nobody's
//! terminal, and under the policies that it accepts builds are judged within a bounded number
//! of steps.

#![no_main]

use coexist_checker::config;
use coexist_checker::judge::{check, counting_steps};
use coexist_checker::registry::{Registry, snapshot};
use libfuzzer_sys::fuzz_target;

/// The items of a build, whose findings a waiver may be for.
const OLD: &str = r#"
    "handlers": [
        {"id":"shop::pay","method":"POST","path":"/pay","fields":[{"name":"a","required":true}]},
        {"id":"shop::edit","method":"POST","path":"/edit/{id}"},
        {"id":"shop::list","method":"GET","path":"/"}],
    "forms": [
        {"id":"shop::page","posts_to":[{"method":"POST","path":"/pay"},
            {"method":"POST","path":"/billing/{id}","elsewhere":true},
            {"method":"POST","path":"/tax","elsewhere":true,"host":"tax.example.com"}]},
        {"id":"shop::edits","posts_to":[{"method":"POST","path":"/edit/7"}]}]"#;

const NEW: &str = r#"
    "handlers": [
        {"id":"shop::pay","method":"PUT","path":"/pay","since":"1.1.0"},
        {"id":"shop::billing","method":"POST","path":"/billing/{id}"}],
    "forms": [
        {"id":"shop::page","posts_to":[{"method":"PUT","path":"/pay"}]},
        {"id":"shop::lost","posts_to":[{"method":"POST","path":"/lost"}]}]"#;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (policy, steps) = counting_steps(|| config::parse(&text, "coexist.toml"));
    assert!(steps <= 1_000 + 100 * data.len() as u64, "{steps} steps to read");
    match policy {
        Ok(policy) => {
            let (old, new) = (build("1.0.0", OLD), build("1.1.0", NEW));
            let (report, steps) = counting_steps(|| check(&old, &new, &policy).map(drop));
            assert!(report.is_ok());
            assert!(steps <= 10_000 + 100 * data.len() as u64, "{steps} steps to judge");
        }
        Err(error) => {
            for mistake in &error.mistakes {
                let shown = mistake.to_string();
                assert!(!shown.chars().any(char::is_control), "{shown:?}");
            }
        }
    }
});

fn build(version: &str, items: &str) -> Registry {
    let json =
        format!(r#"{{"format":1,"release":{{"name":"shop","version":"{version}"}},{items}}}"#);
    snapshot::read(json.as_bytes()).expect("it is valid")
}
