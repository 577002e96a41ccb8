//! A report as JSON, for programs. The format has a number; DESIGN of the keys:
//! the README, «Formats».

use std::io::{self, Write};

use serde::Serialize;

use super::text;
use crate::judge::{Finding, Report};

/// The number of the format.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    verdict: &'static str,
    findings: Vec<WrittenFinding<'a>>,
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
}

#[derive(Serialize)]
struct Page<'a> {
    release: String,
    form: Option<&'a str>,
}

#[derive(Serialize)]
struct Node<'a> {
    release: String,
    handler: Option<&'a str>,
}

#[derive(Serialize)]
struct Endpoint<'a> {
    method: &'a str,
    path: &'a str,
}

/// Writes the report, indented, with a newline at its end.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let written = Written {
        format: FORMAT,
        verdict: report.verdict().name(),
        findings: report.findings.iter().map(finding).collect(),
    };
    serde_json::to_writer_pretty(&mut *to, &written)?;
    writeln!(to)
}

fn finding<'a>(finding: &'a Finding<'_>) -> WrittenFinding<'a> {
    let (method, path) = finding.endpoint;
    WrittenFinding {
        rule: finding.rule.name,
        level: finding.level.name(),
        page: Page {
            release: finding.page_release().version.to_string(),
            form: finding.page.form.map(|form| form.id.as_str()),
        },
        node: Node {
            release: finding.node_release().version.to_string(),
            handler: finding.node.handler.map(|handler| handler.id.as_str()),
        },
        endpoint: Endpoint { method, path },
        field: finding.field(),
        message: text::message(finding),
    }
}
