//! The matrices: pages of each release at nodes of each release, what comes of it, and the
//! findings behind that.

use maud::{Markup, html};

use super::diagram::{px, scrolling};
use super::page::{Page, anchor};
use super::state::State;
use crate::plan::Plan;
use crate::support::text::plural;

/// How many findings a cell names; it leads to the others.
const MOST: usize = 12;

pub(super) fn section(page: &Page<'_>) -> Markup {
    let cells = &page.one_release.cells;
    let one_release = table("In one release", &page.labels, |from, at| {
        let cell = &cells[from][at];
        html! {
            (state(cell.state()))
            @if !cell.paragraphs.is_empty() {
                ul {
                    @for position in cell.paragraphs.iter().take(MOST) {
                        @let finding = page.paragraphs[*position].first();
                        @let (method, path) = finding.endpoint;
                        li {
                            a href={ "#" (anchor(*position)) } {
                                (finding.rule.name) ": " code { (method) " " (path) }
                            }
                        }
                    }
                    @if let Some(more @ 1..) = cell.paragraphs.len().checked_sub(MOST) {
                        li { a href={ "#" (anchor(cell.paragraphs[MOST])) } { (more) " more" } }
                    }
                }
            }
        }
    });
    html! {
        p { "Pages of each release, row by row, at nodes of each, column by column." }
        (one_release)
        @if let Plan::Steps(steps) = page.plan && steps.len() > 1 {
            @let title = format!("In {}, as planned", plural(steps.len(), "release"));
            (table(&title, &page.releases(), |from, at| state(page.overlaps[from][at].into())))
        }
    }
}

fn table(title: &str, labels: &[String], cell: impl Fn(usize, usize) -> Markup) -> Markup {
    // Five letters and a half a column are the least that can be read.
    let width = px(5.5 * f64::from(u16::try_from(labels.len() + 1).unwrap_or(u16::MAX)));
    scrolling(
        title,
        &html! {
            table.matrix style={ "min-width:" (width) "rem" } {
                caption { (title) }
                thead {
                    tr {
                        td {}
                        @for label in labels { th scope="col" { "node of " (label) } }
                    }
                }
                tbody {
                    @for (from, label) in labels.iter().enumerate() {
                        tr {
                            th scope="row" { "page of " (label) }
                            @for at in 0..labels.len() { td { (cell(from, at)) } }
                        }
                    }
                }
            }
        },
    )
}

fn state(state: State) -> Markup {
    html! {
        span class=(state.class()) { span aria-hidden="true" { (state.icon()) " " } (state.words()) }
    }
}
