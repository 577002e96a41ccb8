//! What is waived, for people: what would break, for which reason it is waived, and until
//! when.

use std::io::{self, Write};

use super::lines::write_wrapped;
use super::style::STRONG;
use crate::model::{Expiry, Finding, Waiver};
use crate::rules;
use crate::support::visible::escaped;

/// The reason in one line: it may be written over several.
pub(super) fn reason(waiver: &Waiver) -> String {
    let words: Vec<&str> = waiver.reason.split_whitespace().collect();
    escaped(&words.join(" ")).into_owned()
}

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
        let line = format!("{method} {path}, {end}: {} ({})", reason(waiver), waiver.at);
        write_wrapped(anstyle::Style::new(), "  ", "  ", &line, to)?;
    }
    if !waived.is_empty() {
        writeln!(to)?;
    }
    Ok(())
}
