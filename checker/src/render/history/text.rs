//! The history for people: a line for each release, and below it what broke.

use std::io::{self, Write};

use anstyle::Style;

use super::{History, READING, Row};
use crate::history::Told;
use crate::render::Amount;
use crate::render::escape::guarded;
use crate::render::lines::{framed, write_wrapped};
use crate::render::style::{DENY, GOOD, STRONG, WARN};
use crate::support::text::plural;
use crate::support::visible::escaped;

/// How many headlines of a release are shown, unless all are asked for.
const HEADLINES: usize = 3;

/// Writes the history.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn history(history: &History, amount: Amount, to: &mut dyn Write) -> io::Result<()> {
    let style = if history.count(Told::Reject) > 0 {
        DENY
    } else if history.count(Told::Accept) > 0 {
        GOOD
    } else {
        WARN
    };
    let body = |to: &mut dyn Write| {
        if let Some(first) = &history.first {
            writeln!(
                to,
                "{STRONG}{}{STRONG:#} from {} on",
                escaped(&history.app),
                escaped(first)
            )?;
            writeln!(to)?;
        }
        let width = history.rows.iter().map(|row| row.to.chars().count());
        let width = width.max().unwrap_or_default();
        for row in &history.rows {
            self::row(row, width, amount, to)?;
        }
        writeln!(to)?;
        if !history.left_out.is_empty() {
            let line = format!(
                "{} left out, of which the names are no versions of this series ({}, …): choose \
                 with `--tags`",
                plural(history.left_out.len(), "tag"),
                history.left_out[0]
            );
            write_wrapped(Style::new(), "", "  ", &line, to)?;
        }
        write_wrapped(Style::new(), "", "  ", READING, to)
    };
    guarded(to, |to| framed(style, &history.summary(), to, body))
}

fn row(row: &Row, width: usize, amount: Amount, to: &mut dyn Write) -> io::Result<()> {
    let (word, style) = match row.told {
        Told::Accept => ("accepted", GOOD),
        Told::Reject => ("rejected", DENY),
        Told::CouldNotCheck => ("could not check", WARN),
    };
    let name = escaped(&row.to);
    let pad = " ".repeat(width.saturating_sub(row.to.chars().count()));
    let unread = match row.unread {
        0 => String::new(),
        count => format!("  {count} not read"),
    };
    writeln!(
        to,
        "{name}{pad}  {}  {style}{word}{style:#}{unread}",
        row.date
    )?;
    let indent = "    ";
    if let Some(why) = &row.why {
        write_wrapped(Style::new(), indent, indent, why, to)?;
    }
    if !row.broken.is_empty() {
        let line = format!("{} at {}", row.broken.join("; "), row.commit);
        write_wrapped(Style::new(), indent, "      ", &line, to)?;
    }
    let shown = match amount {
        Amount::Brief => HEADLINES,
        Amount::Full => usize::MAX,
    };
    for headline in row.headlines.iter().take(shown) {
        write_wrapped(Style::new(), "    - ", "      ", headline, to)?;
    }
    if let Some(more @ 1..) = row.headlines.len().checked_sub(shown) {
        writeln!(to, "    - and {more} more: see `--verbose`")?;
    }
    Ok(())
}
