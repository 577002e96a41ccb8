//! Worlds that are small enough to be judged by hand.

mod awake;
mod cross_app;
mod lifetimes;
mod met;
mod rollback;
mod taken;
mod time;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Awake, Gate};
use crate::ledger::Live;
use crate::model::{Direction, Policy, TooManySteps};
use crate::registry::{Registry, snapshot};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A release of `importer`; a form posts to what is behind its name.
fn release(version: &str, handlers: &[&str], forms: &[&str]) -> Registry {
    release_of("importer", version, handlers, forms)
}

fn release_of(name: &str, version: &str, handlers: &[&str], forms: &[&str]) -> Registry {
    let handlers = handlers.iter().map(|path| {
        let id = path.replace('/', "take_");
        format!(r#"{{"id":"{name}::{id}","method":"POST","path":"{path}"}}"#)
    });
    let forms = forms.iter().map(|path| {
        let id = path.replace('/', "send_");
        format!(r#"{{"id":"{name}::{id}","posts_to":[{{"method":"POST","path":"{path}"}}]}}"#)
    });
    let [handlers, forms] =
        [handlers.collect::<Vec<_>>(), forms.collect()].map(|items| items.join(","));
    let json = format!(
        r#"{{"format":1,"release":{{"name":"{name}","version":"{version}"}},
            "handlers":[{handlers}],"forms":[{forms}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

/// A deployment; it runs if it was not retired.
fn live(number: u64, registry: &Registry, deployed: &str, retired: Option<&str>) -> Live {
    let deployment = serde_json::json!({
        "format": 1,
        "release": registry.release,
        "registry": snapshot::items(registry),
        "deployed": deployed,
        "retired": retired,
        "verdict": "accept",
        "open_since": deployed,
        "open": [],
    });
    Live {
        number,
        deployment: serde_json::from_value(deployment).unwrap(),
        registry: Arc::new(registry.clone()),
    }
}

/// The gate on what is awake under the policy's flags; a test's builds last for all of it.
fn judge<'r>(
    candidate: &Registry,
    live: &[Live],
    policy: &'r Policy,
    now: Timestamp,
) -> Result<Gate<'r>, TooManySteps> {
    let recorded = live.iter().rev().map(|live| &live.deployment);
    let recorded = recorded.filter(|last| last.release.name == candidate.release.name);
    let flags = recorded
        .map(|last| last.flags.clone())
        .next()
        .unwrap_or_default();
    let awake = Awake::new((candidate, &flags), live, policy);
    super::judge(Box::leak(Box::new(awake)), policy, now)
}

/// The versions that a candidate is judged against, each with the directions: `>` its
/// pages to the candidate's nodes, `<` the candidate's pages to its nodes.
fn against(gate: &Gate<'_>) -> Vec<String> {
    let each = gate.against.iter().map(|opponent| {
        let arrow = |direction: &Direction| match direction {
            Direction::OldToNew => '>',
            Direction::NewToOld => '<',
        };
        let arrows: String = opponent.directions.iter().map(arrow).collect();
        format!("{} {arrows}", opponent.registry.release.version)
    });
    each.collect()
}

/// The rules of the findings, each with the releases of page and node.
fn findings(gate: &Gate<'_>) -> Vec<String> {
    let findings = gate.report.findings.iter();
    let each = findings.map(|finding| {
        let (page, node) = (finding.page_release(), finding.node_release());
        format!("{} {} {}", finding.rule.name, page.version, node.version)
    });
    each.collect()
}

/// The form went with 1.4.0; with 1.5.0 its handler goes. Pages of 1.3.0 are open until
/// 2026-11-28T09:05:00Z: a day, and what the clocks may be apart.
struct FormThenHandler {
    live: Vec<Live>,
    candidate: Registry,
}

impl FormThenHandler {
    fn new() -> Self {
        let with_form = release("1.3.0", &["/csv", "/edit"], &["/csv", "/edit"]);
        let without_form = release("1.4.0", &["/csv", "/edit"], &["/edit"]);
        Self {
            live: vec![
                live(
                    1,
                    &with_form,
                    "2026-11-20T08:00:00Z",
                    Some("2026-11-27T09:00:00Z"),
                ),
                live(2, &without_form, "2026-11-27T08:50:00Z", None),
            ],
            candidate: release("1.5.0", &["/edit"], &["/edit"]),
        }
    }

    fn at<'r>(&'r self, now: &str, policy: &'r Policy) -> Gate<'r> {
        judge(&self.candidate, &self.live, policy, time(now)).unwrap()
    }
}
