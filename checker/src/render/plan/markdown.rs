//! A plan as a checklist for an issue tracker.

use std::io::{self, Write};

use super::entries::entries;
use super::{block, meets, name, when};
use crate::model::PolicyFile;
use crate::plan::Plan;
use crate::registry::Registry;
use crate::render::escape::markdown::{Comment, code, plain, prose, shortened};
use crate::render::gaps::gaps;
use crate::render::{Amount, policy};
use crate::support::text::plural;

/// Writes the plan from `old` to `new`; `file` states the policy.
pub fn plan(
    plan: &Plan,
    [old, new]: [&Registry; 2],
    file: Option<&PolicyFile>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut comment = Comment::new(to);
    let out = old.release.version.to_string();
    let wanted = new.release.version.to_string();
    let versions = [&out, &wanted].map(|version| plain(&shortened(version)));
    let title = match plan {
        Plan::Steps(steps) => {
            let [out, wanted] = &versions;
            format!(
                "From {out} to {wanted} in {}",
                plural(steps.len(), "release")
            )
        }
        Plan::Blocked(_) => {
            let [out, wanted] = &versions;
            format!("No order of releases leads from {out} to {wanted}")
        }
    };
    comment.write(&format!("### {title}\n\n"))?;
    if let Some(file) = file {
        comment.write(&format!("{}\n", policy::markdown(file)))?;
    }
    let mut rest = 0;
    for line in lines(plan, [&out, &wanted]) {
        if !comment.write(&line)? {
            rest += 1;
        }
    }
    if rest > 0 {
        let rest = plural(rest, "line");
        comment.end(&format!(
            "\nand {rest} more, in the text of `coexist plan`\n"
        ))?;
    }
    Ok(())
}

/// The lines of the checklist.
fn lines(plan: &Plan, [out, wanted]: [&str; 2]) -> Vec<String> {
    let steps = match plan {
        Plan::Steps(steps) => steps,
        Plan::Blocked(blocks) => {
            let blocks = blocks.iter();
            return blocks
                .map(|found| format!("- [ ] {}\n", prose(&block(found))))
                .collect();
        }
    };
    let mut lines = Vec::new();
    for (position, step) in steps.iter().enumerate() {
        let (name, when) = (name(steps, position), when(step, position, out));
        lines.push(format!("- [ ] **{}**: {}\n", plain(&name), plain(&when)));
        for entry in entries(&step.changes, Amount::Brief) {
            let places = match &entry.places[..] {
                [place] => format!(" at {}\n", code(place.trim_start_matches("at "))),
                [] => "\n".to_owned(),
                places => {
                    let places = places
                        .iter()
                        .map(|place| format!("    - {}\n", code(place)));
                    format!("\n{}", places.collect::<String>())
                }
            };
            lines.push(format!("  - [ ] {}{places}", prose(&entry.words)));
        }
        for lacking in gaps(&step.lacks) {
            let words = prose(&lacking.words(wanted));
            lines.push(format!("  - **lacks** {words}\n"));
        }
        lines.push(format!(
            "  - meets {}\n",
            plain(&meets(step, position, out))
        ));
    }
    lines
}
