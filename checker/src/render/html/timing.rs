//! The timing diagram: how many nodes serve which build, and when pages of each can meet
//! nodes of each.

use maud::{Markup, html};

use super::diagram::{Diagram, WIDTHS, data, pattern, px, short};
use super::page::Page;
use super::scale::{TimeScale, shown};
use super::state::State;
use crate::simulate::{Model, Span};

/// The top and the height of the part with the nodes, in pixels.
const TOP: f64 = 26.0;
const HEIGHT: f64 = 150.0;

/// The heights of a pair's row, and of the bar in it, in pixels.
const ROW: f64 = 38.0;
const BAR: f64 = 12.0;

/// The pages of one build and the nodes of one, and when they meet.
struct Pair {
    page: usize,
    node: usize,
    spans: Vec<Span>,
    state: State,
}

pub(super) fn section(page: &Page<'_>) -> Markup {
    let model = page.model;
    let [old, new] = &page.labels;
    let spans = page.meetings;
    let cell = |from: usize, at: usize| page.one_release.cells[from][at].state();
    // A rollback that is not drawn brings them together all the same.
    let is_brought_back = |from: usize, at: usize| (from, at) == (1, 0) && page.policy.rollback;
    let pairs: Vec<Pair> = [(0, 0), (0, 1), (1, 0), (1, 1)]
        .into_iter()
        .map(|(from, at)| Pair {
            page: from,
            node: at,
            spans: spans[from][at].clone(),
            state: if spans[from][at].is_empty() && !is_brought_back(from, at) {
                State::Never
            } else {
                cell(from, at)
            },
        })
        .collect();
    let title = format!("Which pages reach which nodes while {new} rolls out over {old}");
    let words = pairs.iter().map(|pair| pair.in_words(page));
    let words: Vec<String> = words.collect();
    let description = format!(
        "{} nodes serve {old} at first. {}. {}.",
        model.parameters().nodes,
        roll_in_words(model, new),
        words.join(". ")
    );
    html! {
        figure {
            @for (class, width) in WIDTHS {
                @let id = format!("timing-{class}");
                (Diagram {
                    id: &id,
                    class,
                    size: (width, TOP + HEIGHT + 4.0 * ROW + 62.0),
                    title: &title,
                    description: &description,
                }.around(&drawn(page, &pairs, &id, width)))
            }
            figcaption {
                "Up to the end of the rollout time is even; after it, each step to the right is a \
                 longer one, until the last page has expired. "
                @if page.policy.rollback && model.parameters().rollback_at.is_none() {
                    "A rollback, which the policy allows, is not drawn: it brings nodes of "
                    (old) " back to pages of " (new) "."
                }
            }
        }
        (data("The rollout and the meetings as tables", &html! {
            (roll_table(page))
            (meetings_table(page, &pairs))
        }))
    }
}

fn drawn(page: &Page<'_>, pairs: &[Pair], id: &str, width: f64) -> Markup {
    let model = page.model;
    let nodes = f64::from(model.parameters().nodes);
    let scale = TimeScale::new(model, 42.0, width - 8.0);
    let bottom = TOP + HEIGHT;
    let y = |new: u32| bottom - f64::from(new) / nodes * HEIGHT;
    let line = line(model, &scale, y);
    let over = over(model);
    let [old, new] = [&page.labels[0], &page.labels[1]].map(|label| short(label));
    let end = bottom + 4.0 * ROW + 16.0;
    let (left, right) = (px(scale.left), px(scale.right));
    html! {
        text class="small" x="2" y="14" { "nodes" }
        rect x=(left) y=(px(TOP)) width=(px(scale.right - scale.left)) height=(px(HEIGHT)) fill=(pattern(id, "old")) {}
        // What serves the new build hides what would serve the old one.
        path class="paper" d={ (line) "V" (px(bottom)) "H" (left) "Z" } {}
        path class="new-area" d={ (line) "V" (px(bottom)) "H" (left) "Z" } {}
        path class="new-line" d=(line) {}
        path class="axis" d={ "M" (left) " " (px(TOP)) "V" (px(bottom)) "H" (right) } {}
        text class="small end" x=(px(scale.left - 5.0)) y=(px(TOP + 9.0)) { (model.parameters().nodes) }
        text class="small end" x=(px(scale.left - 5.0)) y=(px(bottom)) { "0" }
        text class="strong halo" x=(px(scale.left + 10.0)) y=(px(TOP + 24.0)) { (old) }
        text class="strong halo end" x=(px(scale.right - 10.0)) y=(px(bottom - 14.0)) {
            @if model.parameters().rollback_at.is_none() { (new) }
        }
        @for (x, what) in [(scale.begin(), ""), (scale.settled(), over)] {
            path class="mark" d={ "M" (px(x)) " " (px(TOP - 8.0)) "V" (px(end)) } {}
            @if scale.settled() > scale.begin() {
                text class="small middle" x=(px(x)) y=(px(TOP - 11.0)) { (what) }
            }
        }
        @for (row, pair) in (0_u8..).zip(pairs) {
            (pair.drawn(page, &scale, id, bottom + 14.0 + f64::from(row) * ROW))
        }
        (scale.axis(end))
        text class="small" x=(left) y=(px(end + 36.0)) { "time since the release began; +: after the rollout" }
    }
}

/// The label of the time after which the nodes do not change.
pub(super) fn over(model: &Model) -> &'static str {
    match model.parameters().rollback_at {
        Some(_) => "rolled back",
        None => "rollout complete",
    }
}

/// How many nodes serve the new build, as a path from the left to the right.
fn line(model: &Model, scale: &TimeScale, y: impl Fn(u32) -> f64) -> String {
    let mut line = format!("M{} {}", px(scale.left), px(y(0)));
    let mut last = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let changes = model.roll().changes();
    for (position, (at, new)) in changes.iter().enumerate() {
        let next = (scale.at(*at), y(*new));
        // A fleet of thousands has more nodes than there are pixels.
        let is_seen = (next.0 - last.0).abs() >= 1.0 || (next.1 - last.1).abs() >= 1.0;
        if is_seen || position + 1 == changes.len() {
            line.push_str(&format!("H{}V{}", px(next.0), px(next.1)));
            last = next;
        }
    }
    line.push_str(&format!("H{}", px(scale.right)));
    line
}

impl Pair {
    fn drawn(&self, page: &Page<'_>, scale: &TimeScale, id: &str, top: f64) -> Markup {
        let [from, at] = [self.page, self.node].map(|build| short(&page.labels[build]));
        let state = &self.state;
        let is_narrow = scale.right < 600.0;
        let label = if is_narrow {
            format!("{} {from} → {at}", state.icon())
        } else {
            format!("{} page of {from} → node of {at}", state.icon())
        };
        let bar = top + 18.0;
        html! {
            text class="halo" x=(px(scale.left)) y=(px(top + 11.0)) {
                tspan class={ "strong " (state.class()) "-text" } { (label) }
                tspan { ": " (self.said(!is_narrow)) }
            }
            rect class="track" x=(px(scale.left)) y=(px(bar)) width=(px(scale.right - scale.left)) height=(px(BAR)) {}
            @for span in &self.spans {
                // What is there at the beginning was there before it.
                @let begin = if span.from > 0.0 { scale.at(span.from) } else { self.first(scale) };
                @let width = (scale.at(span.to) - begin).max(2.0);
                rect class={ (state.class()) "-bar" } x=(px(begin)) y=(px(bar)) width=(px(width)) height=(px(BAR))
                    fill=[(state.class() == "bad").then(|| pattern(id, "bad"))] {}
            }
        }
    }

    /// The column at which a span begins that begins with the release.
    fn first(&self, scale: &TimeScale) -> f64 {
        if (self.page, self.node) == (0, 0) {
            scale.left
        } else {
            scale.begin()
        }
    }

    /// When they meet, and if wanted, what comes of it.
    fn said(&self, with_verdict: bool) -> String {
        match (self.state, with_verdict) {
            (State::Never, _) => self.state.words(),
            (_, true) => format!("{}, {}", self.state.words(), self.when()),
            (_, false) => self.when(),
        }
    }

    /// When they meet, if ever they do.
    fn when(&self) -> String {
        if self.spans.is_empty() {
            return "after a rollback only".to_owned();
        }
        let spans = self.spans.iter().map(|span| {
            let to = shown(span.to);
            if span.from > 0.0 {
                format!("{} to {to}", shown(span.from))
            } else {
                format!("until {to}")
            }
        });
        spans.collect::<Vec<_>>().join(" and ")
    }

    fn in_words(&self, page: &Page<'_>) -> String {
        let [from, at] = [self.page, self.node].map(|build| &page.labels[build]);
        format!("Page of {from}, node of {at}: {}", self.said(true))
    }
}

fn roll_in_words(model: &Model, new: &str) -> String {
    let settled = shown(model.roll().settled());
    let nodes = model.parameters().nodes;
    match model.roll().changes().last() {
        Some((_, last)) => format!("After {settled}, {last} of {nodes} serve {new}"),
        None => format!("None ever serves {new}"),
    }
}

/// How many rows the table of the rollout has at most: the diagram shows each node.
const ROWS: usize = 12;

fn roll_table(page: &Page<'_>) -> Markup {
    let [old, new] = &page.labels;
    let nodes = page.model.parameters().nodes;
    let changes = page.model.roll().changes();
    let each = changes.len().div_ceil(ROWS).max(1);
    let is_shown = |number: usize| number % each == each - 1 || number + 1 == changes.len();
    let rows = changes.iter().enumerate();
    let rows = rows.filter(|(number, _)| *number == 0 || is_shown(*number));
    html! {
        table {
            caption { "Nodes by version" }
            thead { tr { th scope="col" { "from" } th scope="col" { "nodes of " (old) } th scope="col" { "nodes of " (new) } } }
            tbody {
                tr { th scope="row" { "before" } td.number { (nodes) } td.number { "0" } }
                @for (_, (at, count)) in rows {
                    tr {
                        th scope="row" { (shown(*at)) }
                        td.number { (nodes - count) }
                        td.number { (count) }
                    }
                }
            }
        }
    }
}

fn meetings_table(page: &Page<'_>, pairs: &[Pair]) -> Markup {
    html! {
        table {
            caption { "When pages and nodes can meet" }
            thead { tr { th scope="col" { "page" } th scope="col" { "node" } th scope="col" { "when" } th scope="col" { "verdict" } } }
            tbody {
                @for pair in pairs {
                    tr {
                        th scope="row" { (page.labels[pair.page]) }
                        td { (page.labels[pair.node]) }
                        td { @if pair.state == State::Never { "never" } @else { (pair.when()) } }
                        td { (pair.state.words()) }
                    }
                }
            }
        }
    }
}
