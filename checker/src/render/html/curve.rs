//! The simulated failures over time: of the new build in one release, and of each release
//! of the plan.

use maud::{Markup, html};

use super::diagram::{Diagram, data, px};
use super::page::Page;
use super::scale::{TimeScale, shown};
use super::timing::over;
use crate::plan::Plan;
use crate::render::number::{amount, percent};
use crate::simulate::{Count, Step};
use crate::support::text::{item_name, plural};

const WIDTH: f64 = 340.0;
const TOP: f64 = 14.0;
const HEIGHT: f64 = 150.0;

/// The failures over time of one release.
struct Line<'a> {
    name: String,
    steps: &'a [Step],
    during_roll: &'a Count,
    total: &'a Count,
}

pub(super) fn section(page: &Page<'_>) -> Markup {
    let expected = page.expected;
    let single = [Line {
        name: "in one release".to_owned(),
        steps: &expected.steps,
        during_roll: &expected.during_roll,
        total: &expected.total,
    }];
    let curves = page.sequenced.iter().zip(1..);
    let sequenced = curves.map(|(curve, number)| Line {
        name: format!("release {number}"),
        steps: &curve.steps,
        during_roll: &curve.during_roll,
        total: &curve.total,
    });
    let sequenced: Vec<Line<'_>> = sequenced.collect();
    let is_sequenced = matches!(page.plan, Plan::Steps(steps) if steps.len() > 1);
    let lines = || {
        single
            .iter()
            .chain(sequenced.iter().filter(|_| is_sequenced))
    };
    let shares = lines()
        .flat_map(|line| line.steps)
        .map(|step| step.count.share());
    let most = shares.fold(0.0, f64::max);
    html! {
        p {
            "In one release, "
            @if expected.during_roll.submissions > 0.0 {
                (amount(expected.during_roll.failed)) " of "
                (amount(expected.during_roll.submissions))
                " submissions fail during the rollout, and "
            }
            (amount(expected.total.failed)) " of " (amount(expected.total.submissions))
            " until the last page has expired."
            @if page.within > 0 {
                " " strong { "Not counted: " (plural(page.within, "fault")) " within " (page.labels[1]) }
                ", which fail at every node."
            }
        }
        div.beside {
            (figure(page, "curve-one-release", "In one release", &single, most))
            @if is_sequenced {
                @let title = format!("In {}", plural(sequenced.len(), "release"));
                (figure(page, "curve-sequenced", &title, &sequenced, most))
            }
        }
        (data("The curves as a table", &table(page, &lines().collect::<Vec<_>>())))
        @if !expected.findings.is_empty() { (findings(page)) }
    }
}

/// How many submissions fail in these releases together.
fn failed(lines: &[Line<'_>]) -> f64 {
    lines.iter().fold(0.0, |sum, line| sum + line.total.failed)
}

fn figure(page: &Page<'_>, id: &str, title: &str, lines: &[Line<'_>], most: f64) -> Markup {
    let failed = failed(lines);
    let worst = lines
        .iter()
        .flat_map(|line| line.steps)
        .map(|step| step.count.share())
        .fold(0.0, f64::max);
    let description = format!(
        "{title}: {} submissions fail, at worst {} of them",
        amount(failed),
        percent(worst)
    );
    html! {
        figure {
            figcaption { strong { (title) } ": " (amount(failed)) " submissions fail" }
            (Diagram {
                id,
                class: "",
                size: (WIDTH, TOP + HEIGHT + 44.0),
                title: &format!("{title}: the share of submissions that fail, over time"),
                description: &description,
            }.around(&drawn(page, lines, most)))
        }
    }
}

fn drawn(page: &Page<'_>, lines: &[Line<'_>], most: f64) -> Markup {
    let scale = TimeScale::new(page.model, 46.0, WIDTH - 8.0);
    let bottom = TOP + HEIGHT;
    let top = if most > 0.0 { most } else { 0.01 };
    let y = |share: f64| bottom - share / top * (HEIGHT - 10.0);
    let (left, right) = (px(scale.left), px(scale.right));
    html! {
        @for share in [top, top / 2.0, 0.0] {
            path class="grid" d={ "M" (left) " " (px(y(share))) "H" (right) } {}
            text class="small end" x=(px(scale.left - 5.0)) y=(px(y(share) + 4.0)) { (percent(share)) }
        }
        @if scale.settled() > scale.begin() {
            path class="mark" d={ "M" (px(scale.settled())) " " (px(TOP)) "V" (px(bottom)) } {}
            text class="small middle" x=(px(scale.settled())) y=(px(TOP - 3.0)) { (over(page.model)) }
        }
        path class="axis" d={ "M" (left) " " (px(TOP)) "V" (px(bottom)) } {}
        (scale.axis(bottom))
        @for line in lines {
            @let path = path(line.steps, &scale, y);
            @if line.total.failed > 0.0 {
                path class="bad-area" d={ (path) "V" (px(bottom)) "Z" } {}
                path class="bad-curve" d=(path) {}
            } @else {
                path class="good-curve" d=(path) {}
            }
        }
        @if failed(lines) <= 0.0 {
            text class="strong good-text halo middle" x=(px(f64::midpoint(scale.left, scale.right)))
                y=(px(bottom - 12.0)) { "✓ none fails" }
        }
        text class="small" x=(left) y=(px(bottom + 36.0)) { "time since the rollout began; +: after it" }
    }
}

/// The share of failures in each step, as an SVG path.
fn path(steps: &[Step], scale: &TimeScale, y: impl Fn(f64) -> f64) -> String {
    let mut path = format!("M{} {}H{}", px(scale.left), px(y(0.0)), px(scale.begin()));
    for step in steps {
        let middle = f64::midpoint(scale.at(step.from), scale.at(step.to));
        path.push_str(&format!("L{} {}", px(middle), px(y(step.count.share()))));
    }
    if let Some(last) = steps.last() {
        path.push_str(&format!(
            "L{} {}",
            px(scale.right),
            px(y(last.count.share()))
        ));
    }
    path
}

/// The table behind the curves: each row is of several steps.
fn table(page: &Page<'_>, lines: &[&Line<'_>]) -> Markup {
    let settled = page.model.roll().settled();
    let mut begin = 0;
    let ends = page.expected.steps.iter().enumerate();
    let ends = ends.filter(|(_, step)| step.ends_line);
    let rows = ends.map(|(position, step)| {
        let steps = begin..=position;
        begin = position + 1;
        (step, steps)
    });
    let sum = |line: &Line<'_>, steps: std::ops::RangeInclusive<usize>| {
        let steps = line.steps.get(steps).unwrap_or_default().iter();
        steps.fold(Count::default(), |count, step| count.and(&step.count))
    };
    html! {
        table {
            caption { "Submissions, and how many of them fail" }
            thead {
                tr {
                    th scope="col" { "until" } th scope="col" { "new nodes" } th scope="col" { "submissions" }
                    @for line in lines { th scope="col" { "fail " (line.name) } }
                }
            }
            tbody {
                @for (step, steps) in rows {
                    tr {
                        th scope="row" {
                            @if step.to > settled { (shown(step.to - settled)) " after the rollout" } @else { (shown(step.to)) }
                        }
                        td.number { (step.new_nodes) }
                        td.number { (amount(sum(lines[0], steps.clone()).submissions)) }
                        @for line in lines { td.number { (amount(sum(line, steps.clone()).failed)) } }
                    }
                }
                tr {
                    th scope="row" { "during the rollout" } td {} td.number { (amount(lines[0].during_roll.submissions)) }
                    @for line in lines { td.number { (amount(line.during_roll.failed)) } }
                }
                tr {
                    th scope="row" { "in all" } td {} td.number { (amount(lines[0].total.submissions)) }
                    @for line in lines { td.number { (amount(line.total.failed)) } }
                }
            }
        }
    }
}

fn findings(page: &Page<'_>) -> Markup {
    data(
        "Form by form, in one release",
        &html! {
            table {
                caption { "The worst first; a submission that fails for several reasons counts for each" }
                thead {
                    tr {
                        th scope="col" { "form" } th scope="col" { "endpoint" } th scope="col" { "page → node" }
                        th scope="col" { "rule" } th scope="col" { "during the rollout" } th scope="col" { "in all" }
                    }
                }
                tbody {
                    @for count in &page.expected.findings {
                        @let finding = count.finding;
                        @let (method, path) = finding.endpoint;
                        tr {
                            th scope="row" { code { (finding.page.form.map_or("", |form| item_name(&form.id))) } }
                            td { code { (method) " " (path) } }
                            td { (finding.page_name()) " → " (finding.node_name()) }
                            td { (finding.rule.name) @if count.is_waived { ", waived" } }
                            td.number { (amount(count.during_roll)) }
                            td.number { (amount(count.total)) }
                        }
                    }
                }
            }
        },
    )
}
