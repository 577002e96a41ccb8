//! Several apps in one environment: the page of one, the handler of another.

mod candidate;
mod others;
mod stated;

use super::{findings, live, time};
use crate::config;
use crate::gate::Gate;
use crate::gate::tests::judge;
use crate::ledger::Live;
use crate::model::Policy;
use crate::registry::{Registry, snapshot};

const NOW: &str = "2026-11-28T06:00:00Z";
const OPEN: &str = "2026-11-27T09:00:00Z";

/// A release: `POST /a` is a handler, `> POST /a` a form, with a host or not; fields are
/// behind a question mark, those with a star are required.
fn release(name: &str, version: &str, items: &[&str]) -> Registry {
    let mut handlers = Vec::new();
    let mut forms = Vec::new();
    for item in items {
        let (is_form, item) = match item.strip_prefix("> ") {
            Some(rest) => (true, rest),
            None => (false, *item),
        };
        let (endpoint, fields) = match item.split_once('?') {
            Some((endpoint, fields)) => (endpoint, Some(fields)),
            None => (item, None),
        };
        let (method, url) = endpoint.split_once(' ').unwrap();
        let (host, path) = match url.strip_prefix("https://") {
            Some(rest) => {
                let slash = rest.find('/').unwrap();
                (Some(&rest[..slash]), &rest[slash..])
            }
            None => (None, url),
        };
        let key = if is_form { "always" } else { "required" };
        let field = |field: &str| {
            let name = field.trim_start_matches('*');
            serde_json::json!({ "name": name, key: field.starts_with('*'), "type": "text" })
        };
        let fields: Option<Vec<_>> = fields.map(|fields| fields.split('&').map(field).collect());
        let id = format!("{name}::{}", path.replace(['/', '{', '}'], "_"));
        if is_form {
            let mut target = serde_json::json!({
                "method": method, "path": path, "elsewhere": true
            });
            if let Some(host) = host {
                target["host"] = host.into();
            }
            let posts_to = [target];
            forms.push(serde_json::json!({ "id": id, "posts_to": posts_to, "fields": fields }));
        } else {
            handlers.push(serde_json::json!({
                "id": id, "method": method, "path": path, "fields": fields
            }));
        }
    }
    let json = serde_json::json!({
        "format": 1,
        "release": { "name": name, "version": version },
        "handlers": handlers,
        "forms": forms,
    });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

/// What is out: each runs, or was retired at [`OPEN`].
fn out(releases: &[(&Registry, bool)]) -> Vec<Live> {
    let numbered = (1..).zip(releases);
    let live = numbered.map(|(number, (registry, runs))| {
        let deployed = format!("2026-11-{:02}T08:00:00Z", 10 + number);
        live(number, registry, &deployed, (!runs).then_some(OPEN))
    });
    live.collect()
}

fn policy(text: &str) -> Policy {
    config::parse(text, "coexist.toml").unwrap()
}

/// The findings, each with the apps.
fn across(gate: &Gate<'_>) -> Vec<String> {
    let findings = gate.report.findings.iter();
    let each = findings.map(|finding| {
        let (page, node) = (finding.page_release(), finding.node_release());
        format!(
            "{} {} {} > {} {}",
            finding.rule.name, page.name, page.version, node.name, node.version
        )
    });
    each.collect()
}

fn said(candidate: &Registry, live: &[Live], policy: &Policy) -> Vec<String> {
    across(&judge(candidate, live, policy, time(NOW)).unwrap())
}

fn neighbours(gate: &Gate<'_>) -> Vec<String> {
    let met = gate.neighbours.iter();
    met.map(|other| {
        let release = &other.registry.release;
        format!("{} {}", release.name, release.version)
    })
    .collect()
}
