//! The history as Markdown, for an issue or a page. What comes from the repository is text there.

use std::io::{self, Write};

use super::{History, READING};
use crate::history::Told;
use crate::render::escape::markdown::{code, plain, prose};

/// Writes the history.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn history(history: &History, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "**{}**\n", plain(&history.summary()))?;
    writeln!(to, "{}\n", prose(READING))?;
    writeln!(
        to,
        "| release | date | verdict | what broke |\n| --- | --- | --- | --- |"
    )?;
    for row in &history.rows {
        let verdict = match row.told {
            Told::Accept => "✓ accepted",
            Told::Reject => "✗ rejected",
            Told::CouldNotCheck => "? could not check",
        };
        let what = row.broken.iter().chain(&row.why);
        let what: Vec<String> = what.map(|text| plain(text).clone()).collect();
        writeln!(
            to,
            "| {} | {} | {verdict} | {} |",
            code(&row.to),
            plain(&row.date),
            what.join("; ")
        )?;
    }
    for row in history.rows.iter().filter(|row| !row.headlines.is_empty()) {
        writeln!(to, "\n<details>\n<summary>{}</summary>\n", code(&row.to))?;
        for headline in &row.headlines {
            writeln!(to, "- {}", prose(headline))?;
        }
        writeln!(to, "\n</details>")?;
    }
    Ok(())
}
