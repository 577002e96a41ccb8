//! The history as one HTML page, for the team: a timeline of releases, red where people were hurt.
//! It needs neither a network nor scripts.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{History, READING, Row};
use crate::history::Told;
use crate::render::html::{PALETTE, STYLE, prose};
use crate::support::text::plural;
use crate::support::visible::escaped;

/// The rules of this page, beside those of a report.
const OWN: &str = include_str!("history.css");

/// Writes the page.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn history(history: &History, to: &mut dyn Write) -> io::Result<()> {
    let html = page(history).into_string();
    let lines: Vec<_> = html.split('\n').map(escaped).collect();
    writeln!(to, "{}", lines.join("\n"))
}

fn page(history: &History) -> Markup {
    let class = if history.count(Told::Reject) > 0 {
        "bad"
    } else {
        "good"
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (history.app) ": the history of its releases" }
                style { (PreEscaped(PALETTE)) (PreEscaped(STYLE)) (PreEscaped(OWN)) }
            }
            body {
                a class="skip" href="#releases" { "Skip to the releases" }
                header {
                    h1 { "Which releases of " code { (history.app) } " broke which pages" }
                    p class={ "verdict " (class) } { (history.summary()) "." }
                    p { (prose(READING)) }
                }
                main {
                    (timeline(history))
                    section id="releases" {
                        h2 { "Releases" }
                        ol class="releases" {
                            @for row in history.rows.iter().rev() { (release(row)) }
                        }
                    }
                }
                footer { "Made by coexist." }
            }
        }
    }
}

/// A mark for each release, in the order of time.
fn timeline(history: &History) -> Markup {
    html! {
        section {
            h2 { "Timeline" }
            ol class="timeline" {
                @for row in &history.rows {
                    li class=(class(row)) {
                        a href={ "#" (anchor(row)) } title={ (row.to) ": " (word(row)) } {
                            span { (row.to) ": " (word(row)) }
                        }
                    }
                }
            }
            p class="note" {
                "Each mark is a release, the oldest first: red broke pages, grey could not be \
                 checked."
            }
        }
    }
}

fn release(row: &Row) -> Markup {
    html! {
        li id=(anchor(row)) class=(class(row)) {
            h3 { (row.to) " " span class=(class(row)) { (word(row)) } }
            p class="note" {
                (row.date) ", commit " code { (row.commit) }
                @if let Some(from) = &row.from { ", over " (from) }
                @if row.unread > 0 { "; " (plural(row.unread, "place")) " seen and not read" }
            }
            @if let Some(why) = &row.why { p { (prose(why)) } }
            @if !row.broken.is_empty() { p { (row.broken.join("; ")) "." } }
            @if !row.headlines.is_empty() {
                details {
                    summary { (plural(row.headlines.len(), "break")) }
                    ul { @for headline in &row.headlines { li { (prose(headline)) } } }
                }
            }
        }
    }
}

fn anchor(row: &Row) -> String {
    format!("release-{}", row.to)
}

fn class(row: &Row) -> &'static str {
    match row.told {
        Told::Accept => "good",
        Told::Reject => "bad",
        Told::CouldNotCheck => "unknown",
    }
}

fn word(row: &Row) -> &'static str {
    match row.told {
        Told::Accept => "accepted",
        Told::Reject => "rejected",
        Told::CouldNotCheck => "could not check",
    }
}
