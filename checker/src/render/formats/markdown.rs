//! A report as Markdown, for a comment on a pull request. What comes from the builds
//! is text there, never Markdown or HTML.

use std::io::{self, Write};

use crate::gate::Answer;
use crate::model::{Finding, Paste, Report, Step, Verdict, Waiver};
use crate::render::escape::markdown::{Comment, block, code, plain, prose, shortened};
use crate::render::fingerprint::digest;
use crate::render::groups::{Advice, Paragraph, advised};
use crate::render::limits::PLACES;
use crate::render::names::level_name;
use crate::render::places::{Place, folded};
use crate::render::turned::{self, TurningBack};
use crate::render::waived::reason;
use crate::render::{Amount, policy, summary};
use crate::rules;
use crate::support::text::plural;

/// The longest name of an app that the first line has as it is, in bytes.
const LONGEST_MARKER: usize = 200;

/// Writes the report. Its first line, which is not displayed, is the same for every report
/// of an app: a bot finds the comment that it wrote before by this line. `back` judges what it
/// would break to turn the flags back.
pub fn report(
    report: &Report<'_>,
    back: Option<&Report<'_>>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut comment = Comment::new(to);
    begin("check", report, &summary::line(report), &mut comment)?;
    if let Some(back) = back.and_then(TurningBack::new) {
        comment.write(&format!("\n{}\n", prose(&back.line)))?;
        for broken in &back.broken {
            comment.write(&format!("- {}\n", prose(broken)))?;
        }
    }
    if let Some(doubt) = summary::doubt(report) {
        comment.write(&format!("\n{}\n", prose(&doubt)))?;
    }
    if let Some(reading) = summary::reading(report.old(), report.new) {
        comment.write(&format!("\n{}\n", prose(&reading)))?;
    }
    findings("check", report, &turned::advice, comment)
}

/// Writes what the gate says.
pub fn gate(answer: &Answer<'_>, to: &mut dyn Write) -> io::Result<()> {
    let report = &answer.gate.report;
    let mut comment = Comment::new(to);
    begin(
        "gate",
        report,
        &summary::of_gate(&answer.gate),
        &mut comment,
    )?;
    for line in answer.doubt().into_iter().chain(answer.around()) {
        comment.write(&format!("\n{}\n", prose(&line)))?;
    }
    if let Some((head, rows)) = answer.table().split_first() {
        let row = |cells: &[String; 5]| {
            let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rows: String = rows.iter().map(row).collect();
        let head = format!("\n{}| --- | --- | --- | --- | --- |\n", row(head));
        comment.write(&(head + &rows))?;
    }
    findings("gate", report, &|found| answer.advice(found), comment)
}

fn begin(
    command: &str,
    report: &Report<'_>,
    line: &str,
    comment: &mut Comment<'_>,
) -> io::Result<()> {
    let verdict = match report.verdict() {
        Verdict::Accept => "Accepted",
        Verdict::Reject => "Rejected",
    };
    let app = marker(&report.new.release.name);
    let (_, what) = line.split_once(": ").unwrap_or(("", line));
    let what = plain(&shortened(what));
    comment.write(&format!(
        "<!-- coexist {command} {app} -->\n**{verdict}** by coexist: {what}\n"
    ))?;
    if let Some(file) = report.policy_file {
        comment.write(&format!("\n{}", policy::markdown(file)))?;
    }
    Ok(())
}

/// The name of an app in the first line, where each app has another one: what a comment of
/// HTML cannot hold is written as in a URI.
fn marker(app: &str) -> String {
    let mut marker = String::new();
    let bytes = app.as_bytes();
    for (position, byte) in bytes.iter().enumerate() {
        let is_word = |at: Option<usize>| {
            let byte = at.and_then(|at| bytes.get(at));
            byte.is_some_and(u8::is_ascii_alphanumeric)
        };
        let is_within = is_word(position.checked_sub(1)) && is_word(Some(position + 1));
        match byte {
            b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => marker.push((*byte).into()),
            // Two of them would end the comment.
            b'-' if is_within => marker.push('-'),
            _ => marker.push_str(&format!("%{byte:02X}")),
        }
    }
    if marker.len() > LONGEST_MARKER {
        return digest(&[app]);
    }
    marker
}

fn findings(
    command: &str,
    report: &Report<'_>,
    advice: &Advice<'_>,
    mut comment: Comment<'_>,
) -> io::Result<()> {
    let mut rest = 0;
    for paragraph in advised(&report.findings, Amount::Full, advice) {
        if !comment.write(&format!("\n{}", details(&paragraph)))? {
            rest += paragraph.findings.len();
        }
    }
    for (finding, waiver) in &report.waived {
        if !comment.write(&format!("\n{}", waived(finding, waiver)))? {
            rest += 1;
        }
    }
    if rest > 0 {
        let rest = plural(rest, "finding");
        comment.end(&format!(
            "\nand {rest} more, in the text of `coexist {command}`\n"
        ))?;
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
    let steps = &paragraph.explanation.steps;
    for (position, step) in steps.iter().enumerate() {
        let number = (steps.len() > 1).then_some(position + 1);
        text.push_str(&self::step(number, step));
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
                let source = place.source.map(|source| code(&source.place()));
                text.push_str(&format!(
                    "| {endpoint} | {} | {} | {} |\n",
                    plain(&place.label(1)),
                    item(place),
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

/// The item of a place, and its method where that is not the one that is asked for.
fn item(place: &Place<'_>) -> String {
    match (place.id, place.method) {
        (Some(id), Some(method)) => format!("{} ({})", code(id), plain(method)),
        (Some(id), None) => code(id),
        (None, _) => "none".to_owned(),
    }
}

/// A step, as an item of a list if it has a number.
fn step(number: Option<usize>, step: &Step) -> String {
    let (number, indent) = match number {
        Some(number) => (format!("{number}. "), "   "),
        None => (String::new(), ""),
    };
    let (when, change) = (plain(&step.when), prose(&step.change));
    let mut text = format!("{number}{when}: {change}.\n");
    if let Some(Paste { intro, code }) = &step.paste {
        text.push_str(&format!("{indent}{}:\n\n", prose(intro)));
        text.push_str(&block(code, indent));
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
        plain(&reason(waiver)),
    )
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn each_app_has_a_marker_of_its_own() {
        let names = [
            "myapp", "my-app", "my--app", "my_app", "my app", "my%20app", "myapp-", "-->", "größe",
        ];
        let mut markers = names.map(marker).to_vec();
        assert_eq!(markers[..4], ["myapp", "my-app", "my%2D%2Dapp", "my_app"]);
        assert!(markers.iter().all(|marker| !marker.contains("--")));
        markers.extend(["x", "y"].map(|end| marker(&("-".repeat(300) + end))));
        assert!(markers.iter().all(|marker| marker.len() <= 200));
        markers.sort();
        let count = markers.len();
        markers.dedup();
        assert_eq!(markers.len(), count, "{markers:?}");
    }
}
