//! The plan: its releases in order, what changes in each, and the earliest time at which
//! each can go out.

use maud::{Markup, html};

use super::diagram::{Diagram, WIDTHS, data, pattern, px, short};
use super::page::{Page, prose};
use super::scale::shown;
use crate::plan::{Plan, Step};
use crate::render::plan::{block, change, meets, name, when};
use crate::support::text::plural;

/// The height of a release's row, in pixels.
const ROW: f64 = 42.0;

/// The nodes and pages of a release, in seconds since the first one of the plan began.
struct Life {
    label: String,
    /// When its first node begins to serve.
    from: f64,
    /// Until its last node is gone, and until its last page has expired; `None`: it stays.
    until: Option<(f64, f64)>,
}

pub(super) fn section(page: &Page<'_>) -> Markup {
    match page.plan {
        Plan::Blocked(blocks) => html! {
            p.lead.bad {
                span aria-hidden="true" { "✗ " }
                "No order of releases is accepted until this is changed:"
            }
            ul { @for found in blocks { li { (prose(&block(found))) } } }
        },
        Plan::Steps(steps) => html! {
            p.lead { (plural(steps.len(), "release")) ": every overlap of " @if steps.len() == 1 { "it" } @else { "them" } " is accepted." }
            @if page.within > 0 {
                p {
                    "No order of releases fixes what is wrong within " (page.labels[1]) " itself: "
                    (plural(page.within, "finding")) "."
                }
            }
            (timeline(page))
            (releases(page, steps))
        },
    }
}

/// The releases of the plan, each with the time that it serves.
fn lives(page: &Page<'_>) -> Vec<Life> {
    let labels = page.releases().into_iter();
    let lives = labels.zip(page.schedule);
    lives
        .map(|(label, service)| Life {
            label,
            from: service.from,
            until: service.until,
        })
        .collect()
}

fn timeline(page: &Page<'_>) -> Markup {
    let lives = lives(page);
    let gone = lives.iter().filter_map(|life| life.until);
    let done = gone.map(|(nodes, _)| nodes).fold(0.0, f64::max);
    let title = "The releases of the plan over time";
    let description = format!(
        "{}. With rollouts of {}, every node runs the last release {} after the first one began, at \
         the earliest.",
        lives
            .iter()
            .map(Life::in_words)
            .collect::<Vec<_>>()
            .join(". "),
        shown(page.roll),
        shown(done)
    );
    let height = 12.0 + f64::from(u16::try_from(lives.len()).unwrap_or(u16::MAX)) * ROW + 48.0;
    html! {
        figure {
            @for (class, width) in WIDTHS {
                @let id = format!("plan-{class}");
                (Diagram {
                    id: &id,
                    class,
                    size: (width, height),
                    title,
                    description: &description,
                }.around(&drawn(&lives, &id, (width, height))))
            }
            figcaption {
                "Solid: nodes serve it. Hatched: its pages may still be open. Each release goes as "
                "early as it may, and all is done after " (shown(done)) " at the earliest. The "
                "steps between the marks are not to scale."
            }
        }
        (data("The timeline as a table", &table(&lives)))
    }
}

fn drawn(lives: &[Life], id: &str, (width, height): (f64, f64)) -> Markup {
    let scale = Marks::new(lives, 8.0, width - 8.0);
    let bottom = height - 44.0;
    html! {
        @for (row, life) in (0_u16..).zip(lives) {
            @let top = 8.0 + f64::from(row) * ROW;
            @let (from, serves) = (scale.at(life.from), life.until.map_or(scale.right, |(nodes, _)| scale.at(nodes)));
            @let open = life.until.map_or(serves, |(_, pages)| scale.at(pages));
            rect class="track" x=(px(scale.left)) y=(px(top + 18.0)) width=(px(scale.right - scale.left)) height="14" {}
            rect fill=(pattern(id, "old")) x=(px(serves)) y=(px(top + 18.0)) width=(px(open - serves)) height="14" {}
            rect class="new-bar" x=(px(from)) y=(px(top + 18.0)) width=(px((serves - from).max(2.0))) height="14" {}
            @if from > scale.right * 0.6 {
                text class="strong halo end" x=(px(scale.right)) y=(px(top + 12.0)) { (short(&life.label)) }
            } @else {
                text class="strong halo" x=(px(from + 4.0)) y=(px(top + 12.0)) { (short(&life.label)) }
            }
        }
        path class="axis" d={ "M" (px(scale.left)) " " (px(bottom)) "H" (px(scale.right)) } {}
        @for (x, time) in scale.labelled() {
            path class="mark" d={ "M" (px(x)) " 6V" (px(bottom)) } {}
            path class="axis" d={ "M" (px(x)) " " (px(bottom)) "v5" } {}
            text class="small middle" x=(px(x)) y=(px(bottom + 18.0)) {
                @if time > 0.0 { (shown(time)) } @else { "0" }
            }
        }
        text class="small" x=(px(scale.left)) y=(px(bottom + 36.0)) { "time since the first release began, not to scale" }
    }
}

/// The scale of the timeline: the times at which something begins or ends, at even
/// distances.
struct Marks {
    left: f64,
    right: f64,
    times: Vec<f64>,
}

impl Marks {
    fn new(lives: &[Life], left: f64, right: f64) -> Self {
        let begins = lives.iter().map(|life| life.from);
        let ends = lives.iter().filter_map(|life| life.until);
        let mut times: Vec<f64> = begins.chain(ends.map(|(nodes, _)| nodes)).collect();
        times.retain(|time| time.is_finite());
        times.sort_by(f64::total_cmp);
        times.dedup_by(|one, other| (*one - *other).abs() < 1e-6);
        Self { left, right, times }
    }

    /// The column of a time: linear between two marks; the right edge after the last one.
    fn at(&self, time: f64) -> f64 {
        let count = u16::try_from(self.times.len()).unwrap_or(u16::MAX);
        let step = (self.right - self.left) / (f64::from(count) + 1.0);
        let mut before = (f64::NEG_INFINITY, self.left);
        for (number, mark) in (1_u16..).zip(&self.times) {
            let x = self.left + f64::from(number) * step;
            if (time - mark).abs() < 1e-6 {
                return x;
            }
            if time < *mark {
                let share = (time - before.0) / (mark - before.0);
                return if share.is_finite() {
                    before.1 + share * (x - before.1)
                } else {
                    self.left
                };
            }
            before = (*mark, x);
        }
        if time.is_finite() && before.0.is_finite() {
            self.right
        } else {
            self.left
        }
    }

    /// The marks whose labels do not overlap.
    fn labelled(&self) -> Vec<(f64, f64)> {
        let mut labelled: Vec<(f64, f64)> = Vec::new();
        for time in &self.times {
            let x = self.at(*time);
            if labelled.last().is_none_or(|(last, _)| x - last >= 48.0) {
                labelled.push((x, *time));
            }
        }
        labelled
    }
}

impl Life {
    fn begin(&self) -> String {
        if self.from.is_finite() {
            shown(self.from)
        } else {
            "before".to_owned()
        }
    }

    fn in_words(&self) -> String {
        let begin = match self.begin().as_str() {
            "before" => "is out".to_owned(),
            begin => format!("begins at {begin}"),
        };
        match self.until {
            None => format!("{} {begin}, and stays", self.label),
            Some((nodes, pages)) => format!(
                "{} {begin}, has nodes until {}, and open pages until {}",
                self.label,
                shown(nodes),
                shown(pages)
            ),
        }
    }
}

fn table(lives: &[Life]) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "release" } th scope="col" { "first node" }
                    th scope="col" { "last node gone" } th scope="col" { "last page expired" }
                }
            }
            tbody {
                @for life in lives {
                    tr {
                        th scope="row" { (life.label) }
                        td { (life.begin()) }
                        @if let Some((nodes, pages)) = life.until {
                            td { (shown(nodes)) } td { (shown(pages)) }
                        } @else {
                            td { "stays" } td { "stays" }
                        }
                    }
                }
            }
        }
    }
}

fn releases(page: &Page<'_>, steps: &[Step]) -> Markup {
    let old = page.report.old().release.version.to_string();
    html! {
        ol.releases {
            @for (position, step) in steps.iter().enumerate() {
                li {
                    h3 { (name(steps, position)) ": " (when(step, position, &old)) }
                    ul {
                        @for made in &step.changes {
                            @let (words, source) = change(made);
                            li {
                                (prose(&words))
                                @if let Some(source) = source { " at " code { (source) } }
                            }
                        }
                        @if step.changes.is_empty() { li { "nothing that is annotated changes" } }
                    }
                    p { "Meets " (meets(step, position, &old)) "." }
                }
            }
        }
    }
}
