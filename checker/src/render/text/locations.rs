//! The places of a paragraph: its endpoint, and the items of the page and of the node.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use anstyle::Style;

use super::excerpt::excerpt;
use crate::endpoint::unnamed;
use crate::model::{Finding, old_names};
use crate::registry::Form;
use crate::render::Sources;
use crate::render::groups::Paragraph;
use crate::render::limits::{ENDPOINTS, FORMS, PLACES, RELEASES};
use crate::render::lines::write_wrapped;
use crate::render::places::{Place, folded, places};
use crate::render::style::STRONG;
use crate::support::text::plural;
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

/// Writes the places of what is to be said briefly: of several endpoints only where the
/// forms are.
pub(super) fn write_brief(
    paragraph: &Paragraph<'_, '_>,
    sources: &Sources,
    to: &mut dyn Write,
) -> io::Result<()> {
    let findings = &paragraph.findings;
    let forms = findings.iter().filter_map(|finding| finding.page.form);
    let ids: HashSet<&str> = forms.map(|form| &*form.id).collect();
    let is_shared = written_forms(findings).len() < ids.len();
    let is_of_one = paragraph.is_of_one_endpoint() && !is_shared;
    if is_of_one || paragraph.first().direction.is_none() {
        return write(paragraph, sources, to);
    }
    writeln!(to)?;
    let endpoints = by_endpoint(&paragraph.findings);
    for findings in endpoints.iter().take(ENDPOINTS) {
        let (method, path) = findings[0].endpoint;
        let endpoint = format!("{method} {path}");
        writeln!(to, "  {STRONG}{}{STRONG:#}", escaped(&endpoint))?;
        for handler in handlers(findings[0]) {
            write_wrapped(Style::new(), "    ", "      ", &handler, to)?;
        }
        let forms = written_forms(findings);
        for form in forms.iter().take(FORMS) {
            write_wrapped(Style::new(), "    ", "      ", form, to)?;
        }
        match forms.len().saturating_sub(FORMS) {
            0 => {}
            more => writeln!(to, "    and {more} more")?,
        }
    }
    match endpoints.len().saturating_sub(ENDPOINTS) {
        0 => Ok(()),
        more => writeln!(
            to,
            "  and {} more: see `--verbose`",
            plural(more, "endpoint")
        ),
    }
}

/// The handlers of a finding: that of the page's release, and what the node has.
fn handlers(finding: &Finding<'_>) -> Vec<String> {
    let own = finding
        .page
        .handler
        .map(|handler| (handler, finding.home_name()));
    let there = finding
        .node
        .handler
        .map(|handler| (handler, finding.node_name()));
    let is_same =
        own.as_ref().map(|(own, _)| &own.id) == there.as_ref().map(|(there, _)| &there.id);
    let there = there.filter(|_| !is_same);
    let both = own.into_iter().chain(there);
    both.map(|(handler, release)| format!("handler in {release}: {}", handler.id))
        .collect()
}

/// The findings of each endpoint.
fn by_endpoint<'a, 'r>(findings: &[&'a Finding<'r>]) -> Vec<Vec<&'a Finding<'r>>> {
    let mut sorted = BTreeMap::<_, Vec<&Finding<'_>>>::new();
    for finding in findings {
        let (method, path) = finding.endpoint;
        sorted
            .entry((unnamed(path), method))
            .or_default()
            .push(finding);
    }
    sorted.into_values().collect()
}

/// Where the forms are, each place once: what many pages include is at one place.
fn written_forms(findings: &[&Finding<'_>]) -> Vec<String> {
    let mut written: Vec<(&Form, HashSet<&str>, bool)> = Vec::new();
    for finding in findings {
        let Some(form) = finding.page.form else {
            continue;
        };
        let same = |known: &&mut (&Form, _, _)| known.0.written_at() == form.written_at();
        match written.iter_mut().find(same) {
            Some((_, pages, is_unlinked)) => {
                pages.insert(&form.id);
                *is_unlinked &= finding.is_unlinked;
            }
            None => written.push((form, HashSet::from([&*form.id]), finding.is_unlinked)),
        }
    }
    let written = written.iter().map(|(form, pages, is_unlinked)| {
        let place = place(form, pages.len());
        if *is_unlinked {
            format!("{place} (no link leads to its page)")
        } else {
            place
        }
    });
    written.collect()
}

/// The form, which so many pages hold, and its place.
fn place(form: &Form, pages: usize) -> String {
    match (form.template(), &form.source) {
        (Some(line), _) if pages > 1 => {
            format!("{}:{} (in {pages} pages)", line.file, line.line)
        }
        (Some(line), _) => format!("{} at {}:{}", form.id, line.file, line.line),
        // The path of a form that was read out of a template begins with its file.
        (None, Some(source)) => match form.id.strip_prefix(&*source.file) {
            Some(name) => format!("{source} {}", name.trim_start_matches('#')),
            None => format!("{} at {source}", form.id),
        },
        (None, None) => form.id.clone(),
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
            let source = source.place();
            let source = escaped(&source);
            writeln!(to, "    {:<LABEL$} at {source}", "")
        }
        None => Ok(()),
    }
}
