//! The findings: what breaks for whom, where, and what to do.

use maud::{Markup, html};

use super::page::{Page, anchor, prose};
use crate::model::{Direction, Finding, Level, Paste, Step, Waiver};
use crate::plan::OnTheWay;
use crate::render::gaps;
use crate::render::groups::Paragraph;
use crate::render::names::level_name;
use crate::render::places::places;
use crate::rules;

pub(super) fn section(page: &Page<'_>) -> Markup {
    html! {
        @if page.paragraphs.is_empty() { p { "Nothing was found." } }
        @for (position, paragraph) in page.paragraphs.iter().enumerate() {
            (self::paragraph(position, paragraph))
        }
        @if let Some(way) = page.way { (lacking(page, way)) }
        @if !page.report.waived.is_empty() {
            h3 { "Waived" }
            ul { @for (finding, waiver) in &page.report.waived { (waived(finding, waiver)) } }
        }
    }
}

/// What the new pages lack on the way to another build.
fn lacking(page: &Page<'_>, way: &OnTheWay) -> Markup {
    let wanted = way.wanted.version.to_string();
    html! {
        h3 id="lacking" { "On the way to " (wanted) }
        p { (gaps::headline(way, &page.labels[1])) "." }
        ul {
            @for lacking in gaps::gaps(&way.gaps) {
                li {
                    (prose(&lacking.words(&wanted)))
                    @if let Some(source) = lacking.source() { " at " code { (source) } }
                }
            }
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
    html! {
        article aria-labelledby=(anchor(position)) {
            h3 id=(anchor(position)) {
                span class=(class) { (level_name(*level)) " " code { (rule.name) } } ": "
                (prose(&paragraph.explanation.headline))
            }
            // Only what rejects is open at first.
            details open[*level == Level::Deny] {
                summary { "Where it is, and what to do about finding " (position + 1) }
                ul { @for finding in &paragraph.findings { (place(finding)) } }
                @match &paragraph.explanation.steps[..] {
                    [only] => div { (step(only)) },
                    steps => ol { @for each in steps { li { (step(each)) } } },
                }
            }
        }
    }
}

fn place(finding: &Finding<'_>) -> Markup {
    let (method, path) = finding.endpoint;
    html! {
        li {
            code { (method) " " (path) } ", " (who(finding))
            ul {
                @for place in places(finding) {
                    li {
                        (place.label(1)) ": "
                        @if let Some(id) = place.id { code { (id) } } @else { "none" }
                        @if let Some(method) = place.method { " (" (method) ")" }
                        @if let Some(source) = place.source { " at " code { (source) } }
                    }
                }
            }
        }
    }
}

fn who(finding: &Finding<'_>) -> String {
    match finding.direction {
        Some(Direction::OldToNew | Direction::NewToOld) => {
            let (page, node) = (finding.page_name(), finding.node_name());
            format!("page of {page} → node of {node}")
        }
        None => format!("within {}", finding.node_name()),
    }
}

fn step(step: &Step) -> Markup {
    html! {
        strong { (step.when) } ": " (prose(&step.change)) "."
        @if let Some(Paste { intro, code }) = &step.paste {
            " " (prose(intro)) ":"
            pre { code { (code) } }
        }
    }
}

fn waived(finding: &Finding<'_>, waiver: &Waiver) -> Markup {
    let headline = rules::explain_one(finding).headline;
    html! {
        li {
            code { (finding.rule.name) } ": " (prose(&headline)) ". " code { (waiver.at) } ": "
            (waiver.reason) " (until " (waiver.expires) ")"
        }
    }
}
