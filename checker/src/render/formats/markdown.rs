//! A report as Markdown, for a comment on a pull request. What comes from the builds
//! is text there, never Markdown or HTML.

use std::io::{self, Write};

use crate::gate::Answer;
use crate::model::{Finding, Report, Step, Verdict, Waiver};
use crate::render::groups::{Advice, Paragraph, advised, no_advice};
use crate::render::limits::PLACES;
use crate::render::names::level_name;
use crate::render::places::folded;
use crate::render::summary;
use crate::rules;
use crate::support::text::plural;

/// How many bytes of findings are shown; the others are counted: GitHub does not accept
/// comments of more than 65536 characters.
const LARGEST: usize = 60_000;

/// Writes the report. Its first line, which is not displayed, is the same for every report
/// of an app: a bot finds the comment that it wrote before by this line.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    begin("check", report, &summary::line(report), to)?;
    if let Some(doubt) = summary::doubt(report) {
        writeln!(to, "\n{}", prose(&doubt))?;
    }
    findings("check", report, &no_advice, to)
}

/// Writes what the gate says.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    let report = &answer.gate.report;
    begin("gate", report, &summary::of_gate(&answer.gate), to)?;
    for line in answer.doubt().into_iter().chain(answer.around()) {
        writeln!(to, "\n{}", prose(&line))?;
    }
    if let Some((head, rows)) = answer.table().split_first() {
        let row = |cells: &[String; 5]| {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        write!(to, "\n{}| --- | --- | --- | --- | --- |\n", row(head))?;
        for cells in rows {
            write!(to, "{}", row(cells))?;
        }
    }
    findings("gate", report, &|found| answer.advice(found), to)
}

fn begin(command: &str, report: &Report<'_>, line: &str, to: &mut dyn Write) -> io::Result<()> {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let app: String = report.new.release.name.chars().filter(is_plain).collect();
    writeln!(to, "<!-- coexist {command} {app} -->")?;
    let verdict = match report.verdict() {
        Verdict::Accept => "Accepted",
        Verdict::Reject => "Rejected",
    };
    let (_, what) = line.split_once(": ").unwrap_or(("", line));
    writeln!(to, "**{verdict}** by coexist: {}", escaped(what))
}

fn findings(
    command: &str,
    report: &Report<'_>,
    advice: &Advice<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut length = 0;
    let mut rest = 0;
    for paragraph in advised(&report.findings, advice) {
        let details = details(&paragraph);
        length += details.len();
        if length > LARGEST {
            rest += paragraph.findings.len();
        } else {
            write!(to, "\n{details}")?;
        }
    }
    for (finding, waiver) in &report.waived {
        let waived = waived(finding, waiver);
        length += waived.len();
        if length > LARGEST {
            rest += 1;
        } else {
            write!(to, "\n{waived}")?;
        }
    }
    if rest > 0 {
        let rest = plural(rest, "finding");
        writeln!(to, "\nand {rest} more, in the text of `coexist {command}`")?;
    }
    Ok(())
}

/// One paragraph, folded under its headline.
fn details(paragraph: &Paragraph<'_, '_>) -> String {
    let Finding { level, rule, .. } = paragraph.first();
    let headline = prose(&paragraph.explanation.headline);
    let mut text = format!(
        "<details>\n<summary><b>{}</b> {}: {headline}</summary>\n\n",
        level_name(*level),
        code(rule.name),
    );
    text.push_str("| endpoint | what | item | source |\n| --- | --- | --- | --- |\n");
    text.push_str(&rows(paragraph));
    text.push('\n');
    for (position, step) in paragraph.explanation.steps.iter().enumerate() {
        text.push_str(&self::step(position + 1, step));
    }
    text.push_str("\n</details>\n");
    text
}

/// The rows of the table: the items of the page and of the node.
fn rows(paragraph: &Paragraph<'_, '_>) -> String {
    let mut text = String::new();
    let mut row = |finding: &Finding<'_>, findings: &[&Finding<'_>]| {
        let (method, path) = finding.endpoint;
        let endpoint = code(&format!("{method} {path}"));
        for alike in folded(findings) {
            for place in alike.iter().take(PLACES) {
                let source = place.source.map(|source| code(&source.to_string()));
                text.push_str(&format!(
                    "| {endpoint} | {} | {} | {} |\n",
                    escaped(&place.label(1)),
                    place.id.map_or_else(|| "none".to_owned(), code),
                    source.unwrap_or_default(),
                ));
            }
            if let Some(more @ 1..) = alike.len().checked_sub(PLACES) {
                text.push_str(&format!("| {endpoint} | and {more} more | | |\n"));
            }
        }
    };
    let findings = &paragraph.findings;
    if paragraph.is_of_one_endpoint() {
        row(paragraph.first(), findings);
        return text;
    }
    for finding in findings.iter().take(PLACES) {
        row(finding, &[finding]);
    }
    if let Some(more @ 1..) = findings.len().checked_sub(PLACES) {
        text.push_str(&format!("| and {more} more | | | |\n"));
    }
    text
}

fn step(number: usize, step: &Step) -> String {
    let mut text = format!(
        "{number}. {}: {}.\n",
        escaped(&step.release),
        prose(&step.change)
    );
    if let Some(paste) = &step.paste {
        if let Some(place) = &step.paste_into {
            text.push_str(&format!("   Write into {}:\n", prose(place)));
        }
        let fence = "`".repeat(longest_run(paste).max(2) + 1);
        text.push_str(&format!("\n   {fence}rust\n   {paste}\n   {fence}\n"));
    }
    text
}

fn waived(finding: &Finding<'_>, waiver: &Waiver) -> String {
    let headline = rules::explain_one(finding).headline;
    format!(
        "Waived, {}: {}. {}: {}\n",
        code(finding.rule.name),
        prose(&headline),
        code(&waiver.at),
        escaped(&waiver.reason),
    )
}

/// A text of coexist, with its `code`.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its other half is one of a name.
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let parts = parts.into_iter().enumerate();
    let parts = parts.map(|(position, part)| match position % 2 {
        0 => escaped(part),
        _ => code(part),
    });
    parts.collect()
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// The text, with a character reference for each character that means something in HTML or
/// in Markdown, or that would mention a user.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut before = ' ';
    for c in text.chars() {
        let is_of_a_name = c == '_' && before.is_alphanumeric();
        match c {
            _ if c.is_control() => escaped.push(' '),
            '_' if is_of_a_name => escaped.push(c),
            '&' | '<' | '>' | '"' | '\'' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '!' | '#'
            | '@' | '\\' | '$' => escaped.push_str(&format!("&#{};", u32::from(c))),
            _ => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`');
    runs.map(str::len).max().unwrap_or(0)
}
