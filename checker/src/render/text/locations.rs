//! The places of a paragraph: its endpoint, and the items of the page and of the node.

use std::collections::HashSet;
use std::io::{self, Write};

use super::excerpt::excerpt;
use crate::model::{Finding, old_names};
use crate::render::Sources;
use crate::render::groups::Paragraph;
use crate::render::limits::{PLACES, RELEASES};
use crate::render::places::{Place, folded, places};
use crate::render::style::STRONG;
use crate::support::visible::escaped;

/// The width of the label before an item's path, in columns.
const LABEL: usize = 24;

/// Writes the places, with excerpts of the sources.
pub(super) fn write(
    paragraph: &Paragraph<'_, '_>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let findings = &paragraph.findings;
    let none = Sources::none();
    if paragraph.is_of_one_endpoint() {
        endpoint(paragraph.first(), to)?;
        let (shown, more) = of_some_releases(findings);
        let mut known = HashSet::new();
        for alike in folded(&shown) {
            // The sources are of one release: an item is shown once.
            let is_new = known.insert((alike[0].what, alike[0].id));
            self::alike(&alike, if is_new { sources } else { &none }, to)?;
        }
        return match more {
            0 => Ok(()),
            1 => writeln!(to, "    and the same in 1 more release"),
            more => writeln!(to, "    and the same in {more} more releases"),
        };
    }
    for finding in findings.iter().take(PLACES) {
        endpoint(finding, to)?;
        for place in places(finding) {
            item(&place.label(1), &place, to)?;
        }
    }
    match findings.len().saturating_sub(PLACES) {
        0 => Ok(()),
        more => writeln!(to, "\n  and {more} more"),
    }
}

/// The findings of the first releases, and the number of the other releases.
fn of_some_releases<'a, 'r>(findings: &[&'a Finding<'r>]) -> (Vec<&'a Finding<'r>>, usize) {
    let releases = old_names(findings);
    let shown = &releases[..releases.len().min(RELEASES)];
    let findings = findings.iter().copied();
    let findings = findings.filter(|finding| shown.contains(&finding.old_name()));
    (findings.collect(), releases.len() - shown.len())
}

fn endpoint(finding: &Finding<'_>, to: &mut dyn Write) -> io::Result<()> {
    let (method, path) = finding.endpoint;
    let endpoint = format!("{method} {path}");
    writeln!(to, "\n  {STRONG}{}{STRONG:#}", escaped(&endpoint))
}

/// Writes items that are the same thing in the same release. A single one is shown with an
/// excerpt.
fn alike(alike: &[Place<'_>], sources: &Sources, to: &mut dyn Write) -> io::Result<()> {
    let label = alike[0].label(alike.len());
    for (position, place) in alike.iter().take(PLACES).enumerate() {
        item(if position == 0 { &label } else { "" }, place, to)?;
    }
    if let Some(more @ 1..) = alike.len().checked_sub(PLACES) {
        return writeln!(to, "    {:<LABEL$} and {more} more", "");
    }
    match excerpt(&alike[0], sources) {
        Some(excerpt) if alike.len() == 1 => to.write_all(excerpt.as_bytes()),
        _ => Ok(()),
    }
}

fn item(label: &str, place: &Place<'_>, to: &mut dyn Write) -> io::Result<()> {
    let label = escaped(label);
    writeln!(to, "    {label:<LABEL$} {}", escaped(&place.title()))?;
    match place.source {
        Some(source) => {
            let source = source.to_string();
            let source = escaped(&source);
            writeln!(to, "    {:<LABEL$} at {source}", "")
        }
        None => Ok(()),
    }
}
