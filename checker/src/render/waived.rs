//! What is waived, for people: what would break, for which reason it is waived, and until
//! when.

use std::io::{self, Write};

use super::lines::write_wrapped;
use super::style::STRONG;
use crate::model::{Expiry, Finding, Waiver};
use crate::rules;

/// Writes each waived finding: what breaks, and below it the waiver.
pub(super) fn list(waived: &[(Finding<'_>, &Waiver)], to: &mut dyn Write) -> io::Result<()> {
    for (finding, waiver) in waived {
        let explanation = rules::explain_one(finding);
        let headline = format!("waived[{}]: {}", finding.rule.name, explanation.headline);
        write_wrapped(STRONG, "", "  ", &headline, to)?;
        let (method, path) = finding.endpoint;
        let end = match &waiver.expires {
            Expiry::Date(date) => format!("until {date}"),
            Expiry::Version(version) => format!("until {version} is released"),
        };
        // A reason may be written over several lines.
        let reason: Vec<&str> = waiver.reason.split_whitespace().collect();
        let reason = reason.join(" ");
        let line = format!("{method} {path}, {end}: {reason} ({})", waiver.at);
        write_wrapped(anstyle::Style::new(), "  ", "  ", &line, to)?;
    }
    if !waived.is_empty() {
        writeln!(to)?;
    }
    Ok(())
}
