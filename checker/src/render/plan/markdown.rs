//! A plan as a checklist for an issue tracker.

use std::io::{self, Write};

use super::{block, change, meets, name, when};
use crate::plan::Plan;
use crate::registry::Registry;
use crate::support::text::plural;

/// Writes the plan from `old` to `new`.
pub fn plan(plan: &Plan, old: &Registry, new: &Registry, to: &mut dyn Write) -> io::Result<()> {
    let (out, wanted) = (old.release.version.to_string(), &new.release.version);
    match plan {
        Plan::Steps(steps) => {
            let count = plural(steps.len(), "release");
            writeln!(to, "### From {out} to {wanted} in {count}\n")?;
            for (position, step) in steps.iter().enumerate() {
                let name = name(steps, position);
                writeln!(to, "- [ ] **{name}**: {}", when(step, position, &out))?;
                for made in &step.changes {
                    let (words, source) = change(made);
                    let place = source.map_or_else(String::new, |source| format!(" at `{source}`"));
                    writeln!(to, "  - [ ] {}{place}", escaped(&words))?;
                }
                writeln!(to, "  - meets {}", meets(step, position, &out))?;
            }
            Ok(())
        }
        Plan::Blocked(blocks) => {
            writeln!(
                to,
                "### No order of releases leads from {out} to {wanted}\n"
            )?;
            for found in blocks {
                writeln!(to, "- [ ] {}", escaped(&block(found)))?;
            }
            Ok(())
        }
    }
}

/// What would mean something in Markdown or HTML, outside of code.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        if c == '`' {
            is_code = !is_code;
        } else if !is_code && matches!(c, '*' | '_' | '<' | '>' | '[' | ']' | '|' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
