//! A report as SARIF 2.1.0, which code scanning and editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

mod model;

use std::io::{self, Write};

use crate::gate::Answer;
use crate::model::{Finding, Level, PolicyFile, Report, Rule, Waiver};
use crate::registry::Source;
use crate::render::fingerprint::fingerprint;
use crate::render::groups::Advice;
use crate::render::places::{Place, main_place, places};
use crate::render::turned;
use crate::render::waived::reason;
use crate::render::{message, policy};
use crate::rules;
use crate::support;
use crate::support::visible::escaped;
use model::{
    Artifact, ArtifactLocation, Base, Bases, Configuration, DescriptorReference, Driver,
    Fingerprints, Help, Invocation, Location, Log, LogicalLocation, Override, PhysicalLocation,
    Region, ReportingDescriptor, Run, SarifResult, Suppression, Text, Tool,
};

/// Writes the report, indented, with a newline at its end.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    written(report, &turned::advice, to)
}

/// Writes the same of a gate: of what will pass, when it does.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    written(&answer.gate.report, &|found| answer.advice(found), to)
}

fn written(report: &Report<'_>, advice: &Advice<'_>, to: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter();
    let findings = findings.map(|finding| result(report, finding, None, advice));
    let waived = report.waived.iter();
    let waived =
        waived.map(|(finding, waiver)| result(report, finding, Some(waiver), &turned::advice));
    let file = report.policy_file;
    let driver = Driver {
        name: "coexist",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules::ALL.iter().map(|rule| descriptor(rule)).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            invocations: file.map(invocation).into_iter().collect(),
            artifacts: file.map(configuration_file).into_iter().collect(),
            original_uri_base_ids: Bases {
                srcroot: Base {
                    description: text(
                        "The directory that the build's source files are named from.",
                    ),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.chain(waived).collect(),
        }],
    };
    support::json::write(&log, to)
}

/// The levels that the policy file sets: 3.20.5 of the standard.
fn invocation(file: &PolicyFile) -> Invocation {
    let overrides = |rules: &[&'static str], enabled, level| {
        let rules = rules.iter();
        let overrides = rules.map(|rule| Override {
            configuration: Configuration { enabled, level },
            descriptor: DescriptorReference {
                id: rule,
                index: rule_index(rule),
            },
        });
        overrides.collect::<Vec<_>>()
    };
    let allowed = overrides(&file.allowed, Some(false), None);
    let lowered = overrides(&file.lowered, None, Some(level(Level::Warn)));
    Invocation {
        execution_successful: true,
        rule_configuration_overrides: [allowed, lowered].concat(),
    }
}

/// The policy file: 3.24.6 of the standard.
fn configuration_file(file: &PolicyFile) -> Artifact {
    Artifact {
        description: message_text(&policy::line(file)),
        // It is not named from the root of the sources.
        location: ArtifactLocation {
            uri_base_id: None,
            ..artifact(&file.path)
        },
        roles: ["userSpecifiedConfiguration"],
    }
}

fn rule_index(name: &str) -> Option<usize> {
    rules::ALL.iter().position(|rule| rule.name == name)
}

fn descriptor(rule: &'static Rule) -> ReportingDescriptor {
    ReportingDescriptor {
        id: rule.name,
        short_description: text(rule.summary),
        full_description: text(first_paragraph(rule.doc)),
        help: Help {
            text: literal(rule.doc),
            markdown: literal(rule.doc),
        },
        default_configuration: Configuration {
            enabled: None,
            level: Some(level(rule.level)),
        },
    }
}

fn result<'r>(
    report: &Report<'r>,
    finding: &Finding<'r>,
    waiver: Option<&Waiver>,
    advice: &Advice<'_>,
) -> SarifResult<'r> {
    let main = main_place(report, finding);
    let places = places(finding);
    // Those that are nowhere are said in the message.
    let placed = places.iter().filter(|place| place.id.is_some());
    let (at, related): (Vec<_>, Vec<_>) = placed.partition(|place| place.source == main);
    let location = Location {
        id: None,
        physical: main.map(physical),
        logical: at.iter().copied().take(1).map(logical).collect(),
        message: None,
    };
    let related = related.into_iter().zip(1..).map(|(place, id)| Location {
        id: Some(id),
        physical: place.source.map(physical),
        logical: vec![logical(place)],
        message: Some(message_text(&place.label(1))),
    });
    SarifResult {
        rule_id: finding.rule.name,
        rule_index: rule_index(finding.rule.name),
        level: level(finding.level),
        message: Text {
            text: literal(&message::lines(finding, advice)),
        },
        locations: [location],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints {
            first: fingerprint(finding),
        },
        suppressions: waiver.into_iter().map(suppression).collect(),
    }
}

fn suppression(waiver: &Waiver) -> Suppression {
    Suppression {
        kind: "external",
        status: "accepted",
        justification: format!("{} ({})", reason(waiver), waiver.at),
    }
}

fn logical<'r>(place: &Place<'r>) -> LogicalLocation<'r> {
    LogicalLocation {
        path: place.id.unwrap_or_default(),
    }
}

fn physical(source: &Source) -> PhysicalLocation {
    PhysicalLocation {
        artifact: artifact(&source.file),
        region: Region {
            start_line: source.line.max(1),
        },
    }
}

/// The message without placeholders and links: 3.11.5 and 3.11.6 of the standard. For a link,
/// a backslash would not do, since a name may have one before the bracket.
fn literal(message: &str) -> String {
    let message = message.replace('{', "{{").replace('}', "}}");
    message.replace("](", "]\\u{{28}}")
}

/// A message of one line.
fn message_text(message: &str) -> Text {
    Text {
        text: literal(&escaped(message)),
    }
}

/// The file, as the record names it: a path below the root of the sources, or an
/// absolute one.
fn artifact(file: &str) -> ArtifactLocation {
    let file = file.replace('\\', "/");
    let is_absolute = file.starts_with('/');
    let is_windows = file.as_bytes().get(1) == Some(&b':');
    let path = percent_encoded(&file);
    match (is_absolute, is_windows) {
        (false, false) => ArtifactLocation {
            uri: path,
            uri_base_id: Some("SRCROOT"),
        },
        (true, _) => ArtifactLocation {
            uri: format!("file://{path}"),
            uri_base_id: None,
        },
        (false, true) => ArtifactLocation {
            uri: format!("file:///{path}"),
            uri_base_id: None,
        },
    }
}

/// A path in a URI: RFC 3986, 3.3. A colon could be taken for a scheme's.
fn percent_encoded(path: &str) -> String {
    let mut escaped = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => escaped.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => escaped.push(byte.into()),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note => "note",
    }
}

fn first_paragraph(doc: &'static str) -> String {
    let paragraph = doc.split("\n\n").next().unwrap_or(doc);
    paragraph.replace('\n', " ").trim_end().to_owned()
}

/// A text of coexist, which may have braces, but no links.
fn text(text: impl Into<String>) -> Text {
    Text {
        text: literal(&text.into()),
    }
}
