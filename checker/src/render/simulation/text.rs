//! A simulation for people: 80 columns wide, and complete without color.

use std::io::{self, Write};

use anstyle::Style;

use super::{Simulation, rollout_name};
use crate::model::{Level, Rollout};
use crate::render::escape::guarded;
use crate::render::gaps;
use crate::render::lines::write_wrapped;
use crate::render::names::labels;
use crate::render::number::{amount, amount_of, bar, percent, plus_minus};
use crate::render::style::{DENY, GOOD, STRONG, WARN};
use crate::simulate::time::{seconds, shown};
use crate::simulate::{Agreement, Count, Step};
use crate::support::text::{item_name, plural};
use crate::support::visible::escaped;

/// Writes the simulation.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn simulation(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        headline(simulation, to)?;
        way(simulation, to)?;
        if simulation.expected.total.failed + simulation.expected.total.may_fail > 0.0 {
            table(simulation, to)?;
            findings(simulation, to)?;
            agreement(simulation, to)?;
        }
        repeat(simulation, to)
    })
}

fn headline(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    let [old, new] = labels(simulation.report);
    let Simulation {
        expected, model, ..
    } = simulation;
    let (roll, total) = (&expected.during_roll, &expected.total);
    let mut line = format!("{new} over {old} in one release");
    if let Some(at) = model.parameters().rollback_at {
        line.push_str(&format!(", rolled back after {}", shown(at)));
    }
    let until = "until the last page has expired";
    line.push_str(&if !expected.fails() {
        format!(
            ": none of {} submissions fails {until}",
            amount(total.submissions)
        )
    } else if roll.submissions > 0.0 {
        format!(
            ": about {} of {} submissions fail during the rollout, {} {until}",
            amount(roll.failed),
            amount(roll.submissions),
            amount(total.failed)
        )
    } else {
        format!(
            ": about {} of {} submissions fail {until}",
            amount(total.failed),
            amount(total.submissions)
        )
    });
    if total.failed_links > 0.0 {
        line.push_str(&links(total));
    }
    if total.may_fail > 0.0 {
        line.push_str(&format!("; {} more may fail", amount(total.may_fail)));
    }
    let style = if expected.fails() {
        DENY
    } else if total.may_fail > 0.0 {
        WARN
    } else {
        GOOD
    };
    write_wrapped(style, "", "  ", &line, to)?;
    match simulation.report.denied_within() {
        0 => Ok(()),
        count => {
            let line = format!(
                "not counted: {} within {new}: see `coexist check`",
                plural(count, "fault")
            );
            write_wrapped(WARN, "", "  ", &line, to)
        }
    }
}

/// What the new pages lack on the way to another build.
fn way(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    let Some(way) = simulation.way else {
        return Ok(());
    };
    let [_, new] = labels(simulation.report);
    let style = if way.gaps.is_empty() { GOOD } else { WARN };
    write_wrapped(style, "", "  ", &gaps::headline(way, &new), to)?;
    for lacking in gaps::gaps(&way.gaps) {
        let words = lacking.words(&way.wanted.version.to_string());
        write_wrapped(Style::new(), "  - ", "    ", &words, to)?;
        if let Some(source) = lacking.source() {
            write_wrapped(Style::new(), "    at ", "    ", &source.place(), to)?;
        }
    }
    Ok(())
}

/// How many of those that fail follow a link, and how many lose what was filled in.
fn links(total: &Count) -> String {
    let submitted = total.failed - total.failed_links;
    if submitted > 0.0 {
        format!(
            ". Of these, {} follow a link or a redirect, and {} lose what was filled in",
            amount(total.failed_links),
            amount(submitted)
        )
    } else {
        ". All of these follow a link or a redirect: nothing that was filled in is lost".to_owned()
    }
}

/// A line of the table, of several steps.
struct Line {
    to: f64,
    new_nodes: u32,
    expected: Count,
    sampled: Count,
    /// The standard error that the sample is expected to have: one without a single
    /// failure does not know its own.
    standard_error: f64,
}

fn lines(simulation: &Simulation<'_>) -> Vec<Line> {
    let (expected, sampled) = (&simulation.expected.steps, &simulation.sampled.steps);
    let mut begin = 0;
    let of_line = |steps: &[Step]| {
        let counts = steps.iter().map(|step| &step.count);
        counts.fold(Count::default(), Count::and)
    };
    let ends = expected
        .iter()
        .enumerate()
        .filter(|(_, step)| step.ends_line);
    ends.map(|(position, step)| {
        let steps = begin..=position;
        begin = position + 1;
        Line {
            to: step.to,
            new_nodes: step.new_nodes,
            expected: of_line(&expected[steps.clone()]),
            sampled: of_line(&sampled[steps.clone()]),
            standard_error: steps
                .map(|step| Agreement::of_step(&expected[step], &sampled[step]).standard_error)
                .fold(0.0, f64::hypot),
        }
    })
    .collect()
}

fn table(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    let settled = simulation.model.roll().settled();
    let nodes = simulation.model.parameters().nodes;
    let mut lines = lines(simulation);
    let all = lines.len();
    let is_empty = |line: &Line| line.expected.failed + line.expected.may_fail <= 0.0;
    while lines.last().is_some_and(is_empty) {
        lines.pop();
    }
    let shares = lines.iter().map(|line| line.expected.share());
    let most = shares.fold(0.0, f64::max);
    writeln!(
        to,
        "\n{STRONG}{:<10}{:>12}{:>13}{:>11}{:>11}{:>13}{STRONG:#}",
        "until", "new nodes", "submissions", "expected", "sampled", "failing"
    )?;
    let mut is_after = false;
    for line in &lines {
        if line.to > settled && !is_after {
            is_after = true;
            writeln!(to, "after the rollout")?;
        }
        let until = if is_after {
            format!("+{}", seconds(line.to - settled))
        } else {
            seconds(line.to)
        };
        let share = line.expected.share();
        let row = format!(
            "  {until:<8}{:>12}{:>13}{:>11}{:>11} {:<7}{:>6} {}",
            format!("{}/{nodes}", line.new_nodes),
            amount(line.expected.submissions),
            amount(line.expected.failed),
            amount(line.sampled.failed),
            plus_minus(line.standard_error),
            percent(share),
            bar(share, most)
        );
        writeln!(to, "{}", row.trim_end())?;
    }
    if lines.len() < all {
        writeln!(to, "  nothing after that")?;
    }
    if let Some(worst) = simulation.expected.worst_step() {
        writeln!(
            to,
            "  worst from {} to {}: {} of the submissions fail",
            seconds(worst.from),
            seconds(worst.to),
            percent(worst.count.share())
        )?;
    }
    Ok(())
}

fn findings(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "\n{STRONG}worst first{STRONG:#}")?;
    for (number, (expected, sampled)) in simulation.findings().into_iter().enumerate() {
        let finding = expected.finding;
        let (method, path) = finding.endpoint;
        let Some(form) = finding.page.form else {
            continue;
        };
        let verb = if finding.level == Level::Deny {
            "fail"
        } else {
            "may fail"
        };
        let waived = if expected.is_waived { ", waived" } else { "" };
        writeln!(
            to,
            "  {}. {}: {method} {} ({}{waived})",
            number + 1,
            escaped(item_name(&form.id)),
            escaped(path),
            finding.rule.name
        )?;
        writeln!(
            to,
            "     page {} -> node {}: {} {verb}, {} during the rollout",
            finding.page_name(),
            finding.node_name(),
            amount(expected.total),
            amount(expected.during_roll)
        )?;
        writeln!(
            to,
            "     sampled {}",
            format!(
                "{} {}",
                amount(sampled.total),
                plus_minus(sampled.standard_error)
            )
            .trim_end()
        )?;
        writeln!(to, "     {}", escaped(&form.id))?;
        if let Some(source) = &form.source {
            writeln!(to, "     at {}", escaped(&source.to_string()))?;
        }
    }
    Ok(())
}

fn agreement(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    let (expected, sampled) = (&simulation.expected.total, &simulation.sampled.total);
    let agreement = simulation.agreement;
    writeln!(to, "\n{STRONG}closed form and sample{STRONG:#}")?;
    let line = format!(
        "{} and {} {} fail until the last page has expired: {:.1} standard errors apart. The sample \
         is of {} submissions, with seed {}.",
        amount(expected.failed),
        amount(sampled.failed),
        plus_minus(agreement.standard_error),
        agreement.standard_errors(),
        amount_of(simulation.model.parameters().samples),
        simulation.seed
    );
    write_wrapped(Style::new(), "  ", "  ", &line, to)
}

/// Writes all parameters, so that the simulation can be repeated.
fn repeat(simulation: &Simulation<'_>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "\n{STRONG}asked{STRONG:#}")?;
    let (model, parameters) = (simulation.model, simulation.model.parameters());
    let mut line = format!(
        "--strategy={} --nodes={} --roll={} --rate={}",
        rollout_name(model.rollout()),
        parameters.nodes,
        shown(parameters.roll),
        parameters.rate
    );
    for (id, rate) in &parameters.form_rates {
        line.push_str(&format!(" --form={id}={rate}"));
    }
    line.push_str(&format!(
        " --dwell-median={} --dwell-p95={} --page-lifetime={}",
        shown(parameters.dwell_median),
        shown(parameters.dwell_p95),
        shown(model.page_lifetime())
    ));
    if parameters.sticky {
        line.push_str(" --sticky");
    }
    if let Some(canary) = parameters.canary {
        let share = canary.share * 100.0;
        line.push_str(&format!(
            " --canary={}% --canary-for={}",
            (share * 1e9).round() / 1e9,
            shown(canary.hold)
        ));
    }
    if let Some(at) = parameters.rollback_at {
        line.push_str(&format!(" --rollback-at={}", shown(at)));
    }
    line.push_str(&format!(
        " --submissions={} --seed={}",
        parameters.samples, simulation.seed
    ));
    write_wrapped(Style::new(), "  ", "  ", &line, to)?;
    let how = match model.rollout() {
        Rollout::Rolling => "node by node",
        Rollout::BlueGreen => "blue-green: all nodes at once, whatever --roll says",
        Rollout::Pinned => "pinned: pages go to nodes of their own build while there are any",
    };
    write_wrapped(Style::new(), "  ", "  ", how, to)?;
    if parameters.canary.is_some() {
        let canary = plural(model.canary_nodes() as usize, "canary node");
        write_wrapped(
            Style::new(),
            "  ",
            "  ",
            &format!("{canary} of {}", parameters.nodes),
            to,
        )?;
    }
    Ok(())
}
