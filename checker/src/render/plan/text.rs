//! A plan for people: 80 columns wide, and complete without color.

use std::io::{self, Write};

use anstyle::Style;

use super::entries::entries;
use super::{block, meets, name, when};
use crate::model::{PolicyFile, Report, TooManySteps};
use crate::plan::{Plan, Step};
use crate::registry::{Registry, Release};
use crate::render::escape::guarded;
use crate::render::gaps::gaps;
use crate::render::lines::{framed, write_wrapped};
use crate::render::style::{DENY, GOOD, STRONG, WARN};
use crate::render::{Amount, policy, summary};
use crate::support::text::plural;

/// Writes the plan that goes with a report, or how many releases it takes: nothing, if
/// there is none, and if it takes too many steps, why it is not made.
pub(in crate::render) fn attached(
    found: &Result<Option<Plan>, TooManySteps>,
    report: &Report<'_>,
    amount: Amount,
    to: &mut dyn Write,
) -> io::Result<()> {
    let (old, new) = (report.old(), report.new);
    match (found, amount) {
        (Ok(None), _) => Ok(()),
        (Ok(Some(plan)), Amount::Full) => {
            let (outcome, style) = outcome(plan, old, new);
            write_wrapped(style, "", "  ", &outcome, to)?;
            writeln!(to)?;
            changes(plan, &old.release, amount, to)
        }
        (Ok(Some(Plan::Steps(steps))), Amount::Brief) => {
            let (out, wanted) = (&old.release.version, &new.release.version);
            let count = plural(steps.len(), "release");
            let line = format!("from {out} to {wanted} in {count}: see `coexist plan`");
            write_wrapped(STRONG, "", "  ", &line, to)
        }
        (Ok(Some(plan @ Plan::Blocked(_))), Amount::Brief) => {
            let line = format!("{}: see `coexist plan`", outcome(plan, old, new).0);
            write_wrapped(WARN, "", "  ", &line, to)
        }
        (Err(error), _) => write_wrapped(WARN, "", "  ", &format!("no plan: {error}"), to),
    }
}

/// What comes of planning, in one line, and its style.
fn outcome(plan: &Plan, old: &Registry, new: &Registry) -> (String, Style) {
    let (out, wanted) = (&old.release.version, &new.release.version);
    match plan {
        Plan::Steps(steps) => {
            let count = plural(steps.len(), "release");
            (format!("plan: from {out} to {wanted} in {count}"), GOOD)
        }
        Plan::Blocked(blocks) => {
            let count = plural(blocks.len(), "endpoint");
            let line =
                format!("no plan: {wanted} cannot be reached from {out} in any order ({count})");
            (line, DENY)
        }
    }
}

/// What goes with a plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// How much is printed.
    pub amount: Amount,
    /// The file that states the policy.
    pub file: Option<&'a PolicyFile>,
    /// How many findings within the build to reach reject it, whatever the order.
    pub within: usize,
}

/// Writes the plan from `old` to `new`.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn plan(
    plan: &Plan,
    [old, new]: [&Registry; 2],
    beside: Beside<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let (mut outcome, mut style) = outcome(plan, old, new);
    if beside.within > 0 && matches!(plan, Plan::Steps(_)) {
        let findings = plural(beside.within, "finding");
        let wanted = &new.release.version;
        outcome = format!("not yet: {wanted} is rejected for {findings} within it");
        style = DENY;
    }
    guarded(to, |to| {
        framed(style, &outcome, to, |to| {
            changes(plan, &old.release, beside.amount, to)?;
            if beside.within > 0 {
                let line = "no order of releases fixes what is within one build: see \
                            `coexist check`";
                write_wrapped(WARN, "", "  ", line, to)?;
            }
            if let Some(reading) = summary::reading(old, new) {
                write_wrapped(WARN, "", "  ", &reading, to)?;
            }
            policy::text(beside.file, to)
        })
    })
}

/// Writes the releases of a plan, or what is in the way of one.
fn changes(plan: &Plan, old: &Release, amount: Amount, to: &mut dyn Write) -> io::Result<()> {
    match plan {
        Plan::Steps(steps) => self::steps(steps, old, amount, to),
        Plan::Blocked(blocks) => {
            for found in blocks {
                write_wrapped(Style::new(), "", "  ", &block(found), to)?;
                writeln!(to)?;
            }
            Ok(())
        }
    }
}

/// Writes the releases of a plan.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn steps(steps: &[Step], old: &Release, amount: Amount, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let old = old.version.to_string();
        let last = steps.last().map(|last| &last.registry.release.version);
        let wanted = last.map(ToString::to_string).unwrap_or_default();
        for (position, step) in steps.iter().enumerate() {
            let title = format!("{}: {}", name(steps, position), when(step, position, &old));
            write_wrapped(STRONG, "", "  ", &title, to)?;
            for entry in entries(&step.changes, amount) {
                write_wrapped(Style::new(), "  - ", "    ", &entry.words, to)?;
                for place in &entry.places {
                    write_wrapped(Style::new(), "    ", "      ", place, to)?;
                }
            }
            if step.changes.is_empty() {
                writeln!(to, "  - nothing that is annotated changes")?;
            }
            lacking(step, &wanted, to)?;
            writeln!(to, "  meets {}\n", meets(step, position, &old))?;
        }
        Ok(())
    })
}

/// Writes what the pages of a release lack on the way to the wanted one.
fn lacking(step: &Step, wanted: &str, to: &mut dyn Write) -> io::Result<()> {
    for lacking in gaps(&step.lacks) {
        let words = format!("lacks {}", lacking.words(wanted));
        write_wrapped(WARN, "  - ", "    ", &words, to)?;
        if let Some(source) = lacking.source() {
            write_wrapped(Style::new(), "    at ", "    ", &source.place(), to)?;
        }
    }
    Ok(())
}
