//! The findings: what breaks for whom, where, and what to do.

use maud::{Markup, html};

use super::diagram::scrolling;
use super::{Page, anchor, prose};
use crate::judge::{Direction, Finding, Level, Waiver};
use crate::render::level_name;
use crate::render::paragraphs::Paragraph;
use crate::render::places::places;
use crate::rules::Step;

pub(super) fn section(page: &Page<'_>) -> Markup {
    html! {
        @if page.paragraphs.is_empty() { p { "Nothing was found." } }
        @for (position, paragraph) in page.paragraphs.iter().enumerate() {
            (self::paragraph(position, paragraph))
        }
        @if !page.report.waived.is_empty() {
            h3 { "Waived" }
            ul { @for (finding, waiver) in &page.report.waived { (waived(finding, waiver)) } }
        }
    }
}

fn paragraph(position: usize, paragraph: &Paragraph<'_, '_>) -> Markup {
    let Finding { level, rule, .. } = paragraph.first();
    let class = match level {
        Level::Deny => "bad",
        Level::Warn => "warn",
        Level::Note => "note",
    };
    let what = format!("Where it is and what to do about finding {}", position + 1);
    html! {
        article aria-labelledby=(anchor(position)) {
            h3 id=(anchor(position)) {
                span class=(class) { (level_name(*level)) " " code { (rule.name) } } ": "
                (prose(&paragraph.words.headline))
            }
            // What rejects is to be read; the rest is at hand.
            details open[*level == Level::Deny] {
                summary { (what) }
                (table(&what, paragraph))
                @if !paragraph.words.steps.is_empty() {
                    ol { @for step in &paragraph.words.steps { (self::step(step)) } }
                }
            }
        }
    }
}

fn table(label: &str, paragraph: &Paragraph<'_, '_>) -> Markup {
    scrolling(
        label,
        &html! {
            table {
                thead {
                    tr {
                        th scope="col" { "endpoint" } th scope="col" { "page → node" }
                        th scope="col" { "items" } th scope="col" { "written at" }
                    }
                }
                tbody { @for finding in &paragraph.findings { (rows(finding)) } }
            }
        },
    )
}

fn rows(finding: &Finding<'_>) -> Markup {
    let (method, path) = finding.endpoint;
    let places = places(finding);
    let count = places.len();
    html! {
        @for (position, place) in places.iter().enumerate() {
            tr {
                @if position == 0 {
                    th scope="rowgroup" rowspan=[(count > 1).then_some(count)] { code { (method) " " (path) } }
                    td rowspan=[(count > 1).then_some(count)] { (who(finding)) }
                }
                td { (place.label(1)) ": " @if let Some(id) = place.id { code { (id) } } @else { "none" } }
                td { @if let Some(source) = place.source { code { (source) } } }
            }
        }
    }
}

fn who(finding: &Finding<'_>) -> String {
    match finding.direction {
        Some(Direction::OldToNew | Direction::NewToOld) => {
            format!("{} → {}", finding.page_name(), finding.node_name())
        }
        None => format!("within {}", finding.node_name()),
    }
}

fn step(step: &Step) -> Markup {
    html! {
        li {
            strong { (step.release) } ": " (prose(&step.change)) "."
            @if let Some(place) = &step.paste_into { " Write into " (prose(place)) ":" }
            @if let Some(paste) = &step.paste { pre { code { (paste) } } }
        }
    }
}

fn waived(finding: &Finding<'_>, waiver: &Waiver) -> Markup {
    let headline = (finding.rule.words)(finding).headline;
    html! {
        li {
            code { (finding.rule.name) } ": " (prose(&headline)) ". " code { (waiver.at) } ": "
            (waiver.reason) " (until " (waiver.expires) ")"
        }
    }
}
