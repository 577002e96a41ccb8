//! A report as JSON, for programs. The format has a number; the keys are described in
//! `schema/report.schema.json`.

use std::io::{self, Write};

use serde::Serialize;

use crate::gate::Answer;
use crate::model::{Expiry, Finding, FlagState, Report, Waiver};
use crate::registry::Release;
use crate::render::fingerprint::fingerprint;
use crate::render::gate;
use crate::render::groups::Advice;
use crate::render::turned;
use crate::render::{message, policy};
use crate::support;

/// The number of the format without a policy file.
pub const FORMAT: u32 = 1;

/// The number of the format with a policy file: there is the key `policy` in addition.
pub const FORMAT_WITH_POLICY: u32 = 2;

/// The number of the format where feature flags are turned: there is the key `turned` in
/// addition.
pub const FORMAT_WITH_FLAGS: u32 = 3;

/// The number of the format where a candidate ran before: there is the key
/// `earlier_deployment` in addition.
pub const FORMAT_WITH_EARLIER: u32 = 4;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<policy::Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turned: Option<WrittenTurn<'a>>,
    #[serde(flatten)]
    gate: Option<gate::json::Written<'a>>,
    findings: Vec<WrittenFinding<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<WrittenWaived<'a>>,
}

/// Flags that are turned in one build: nothing is released.
#[derive(Serialize)]
struct WrittenTurn<'a> {
    flags: Vec<WrittenFlag<'a>>,
    /// What it would break to turn them back. Left out: that was not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<Vec<WrittenFinding<'a>>>,
}

#[derive(Serialize)]
struct WrittenFlag<'a> {
    name: &'a str,
    on: bool,
}

#[derive(Serialize)]
struct WrittenFinding<'a> {
    rule: &'static str,
    level: &'static str,
    page: Page<'a>,
    node: Node<'a>,
    endpoint: Endpoint<'a>,
    field: Option<&'a str>,
    message: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct WrittenWaived<'a> {
    #[serde(flatten)]
    finding: WrittenFinding<'a>,
    waiver: WrittenWaiver<'a>,
}

#[derive(Serialize)]
struct WrittenWaiver<'a> {
    reason: &'a str,
    /// A day, or a version.
    expires: String,
    at: &'a str,
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<&'a str>,
    release: String,
    form: Option<&'a str>,
}

#[derive(Serialize)]
struct Node<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<&'a str>,
    release: String,
    handler: Option<&'a str>,
}

#[derive(Serialize)]
struct Endpoint<'a> {
    method: &'a str,
    path: &'a str,
}

/// Writes the report, indented, with a newline at its end. `back` judges what it would break
/// to turn the flags back.
pub fn report(
    report: &Report<'_>,
    back: Option<&Report<'_>>,
    to: &mut dyn Write,
) -> io::Result<()> {
    written(report, (back, None), &turned::advice, to)
}

/// The findings as the report of two builds has them.
pub(in crate::render) fn values(report: &Report<'_>) -> Vec<serde_json::Value> {
    let findings = report.findings.iter();
    let written = findings.map(|one| serde_json::to_value(finding(one, &turned::advice)));
    written.map(Result::unwrap_or_default).collect()
}

/// Writes what the gate says, in the same form, with more keys.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    let keys = gate::json::written(answer);
    let advice = |found: &[&Finding<'_>]| answer.advice(found);
    written(&answer.gate.report, (None, Some(keys)), &advice, to)
}

fn written<'a>(
    report: &'a Report<'_>,
    (back, gate): (Option<&'a Report<'_>>, Option<gate::json::Written<'a>>),
    advice: &Advice<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let findings = report.findings.iter();
    let waived = report.waived.iter();
    let written = Written {
        format: match report.policy_file {
            _ if gate.as_ref().is_some_and(gate::json::Written::ran_before) => FORMAT_WITH_EARLIER,
            _ if report.turned.is_some() => FORMAT_WITH_FLAGS,
            Some(_) => FORMAT_WITH_POLICY,
            None => FORMAT,
        },
        verdict: report.verdict().name(),
        policy: report.policy_file.map(policy::written),
        turned: report.turned.map(|turn| WrittenTurn {
            flags: turn.states().iter().map(flag).collect(),
            back: back.map(turning_back),
        }),
        gate,
        findings: findings.map(|one| finding(one, advice)).collect(),
        waived: waived
            .map(|(finding, waiver)| self::waived(finding, waiver))
            .collect(),
    };
    support::json::write(&written, to)
}

fn flag(state: &FlagState) -> WrittenFlag<'_> {
    WrittenFlag {
        name: &state.name,
        on: state.is_on,
    }
}

fn turning_back<'a>(back: &'a Report<'_>) -> Vec<WrittenFinding<'a>> {
    let breaking = turned::breaking(back);
    breaking.map(|one| finding(one, &turned::advice)).collect()
}

fn finding<'a>(finding: &'a Finding<'_>, advice: &Advice<'_>) -> WrittenFinding<'a> {
    let (method, path) = finding.endpoint;
    let is_across = finding.crossing.is_some();
    let app = |release: &'a Release| is_across.then_some(&*release.name);
    WrittenFinding {
        rule: finding.rule.name,
        level: finding.level.name(),
        page: Page {
            app: app(finding.page_release()),
            release: finding.page_release().version.to_string(),
            form: finding.page.form.map(|form| form.id.as_str()),
        },
        node: Node {
            app: app(finding.node_release()),
            release: finding.node_release().version.to_string(),
            handler: finding.node.handler.map(|handler| handler.id.as_str()),
        },
        endpoint: Endpoint { method, path },
        field: finding.field(),
        message: message::line(finding, advice),
        fingerprint: fingerprint(finding),
    }
}

fn waived<'a>(finding: &'a Finding<'_>, waiver: &'a Waiver) -> WrittenWaived<'a> {
    WrittenWaived {
        finding: self::finding(finding, &turned::advice),
        waiver: WrittenWaiver {
            reason: &waiver.reason,
            expires: match &waiver.expires {
                Expiry::Date(date) => date.to_string(),
                Expiry::Version(version) => version.to_string(),
            },
            at: &waiver.at,
        },
    }
}
