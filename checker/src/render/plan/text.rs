//! A plan for people: 80 columns wide, and complete without color.

use std::io::{self, Write};

use anstyle::Style;

use super::{block, change, meets, name, when};
use crate::model::{Report, TooManySteps};
use crate::plan::{Plan, Step};
use crate::registry::{Registry, Release};
use crate::render::escape::guarded;
use crate::render::lines::write_wrapped;
use crate::render::style::{DENY, GOOD, STRONG, WARN};
use crate::support::text::plural;
use crate::support::visible::escaped;

/// Writes the plan that goes with a report: nothing, if there is none, and if it takes too
/// many steps, why it is not made.
pub fn attached(
    plan: &Result<Option<Plan>, TooManySteps>,
    report: &Report<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    match plan {
        Ok(None) => Ok(()),
        Ok(Some(plan)) => {
            writeln!(to)?;
            self::plan(plan, report.old(), report.new, to)
        }
        Err(error) => {
            writeln!(to)?;
            let line = format!("no plan: {error}");
            guarded(to, |to| write_wrapped(WARN, "", "  ", &line, to))
        }
    }
}

/// Writes the plan from `old` to `new`.
pub fn plan(plan: &Plan, old: &Registry, new: &Registry, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let (old, new) = (&old.release, &new.release);
        match plan {
            Plan::Steps(steps) => {
                self::steps(steps, old, to)?;
                let (out, wanted) = (&old.version, &new.version);
                let count = plural(steps.len(), "release");
                writeln!(to, "{GOOD}plan: from {out} to {wanted} in {count}{GOOD:#}")
            }
            Plan::Blocked(blocks) => {
                for found in blocks {
                    write_wrapped(Style::new(), "", "  ", &block(found), to)?;
                    writeln!(to)?;
                }
                let (out, wanted) = (&old.version, &new.version);
                let count = plural(blocks.len(), "endpoint");
                let line = format!(
                    "no plan: {wanted} cannot be reached from {out} in any order ({count})"
                );
                writeln!(to, "{DENY}{line}{DENY:#}")
            }
        }
    })
}

/// Writes the releases of a plan.
pub fn steps(steps: &[Step], old: &Release, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let old = old.version.to_string();
        for (position, step) in steps.iter().enumerate() {
            let title = format!("{}: {}", name(steps, position), when(step, position, &old));
            write_wrapped(STRONG, "", "  ", &title, to)?;
            for made in &step.changes {
                let (words, source) = change(made);
                write_wrapped(Style::new(), "  - ", "    ", &words, to)?;
                if let Some(source) = source {
                    writeln!(to, "    at {}", escaped(&source.to_string()))?;
                }
            }
            if step.changes.is_empty() {
                writeln!(to, "  - nothing that is annotated changes")?;
            }
            writeln!(to, "  meets {}\n", meets(step, position, &old))?;
        }
        Ok(())
    })
}
