//! An audit for people.

use std::io::{self, Write};

use anstyle::Style;

use super::note;
use crate::audit::{Audit, Count, Item, Place, State};
use crate::render::escape::guarded;
use crate::render::lines::write_wrapped;
use crate::render::style::{GOOD, STRONG, WARN};
use crate::support::text::plural;
use crate::support::visible::{self, escaped};

/// Writes what is not annotated, grouped, and one line that counts.
pub fn audit(audit: &Audit, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let Some(percent) = audit.percent() else {
            return writeln!(
                to,
                "nothing to annotate: there is no route, no form and no template in the sources"
            );
        };
        let is_open = |item: &&Item| matches!(item.state, State::Open { .. });
        let is_odd = |item: &&Item| matches!(item.state, State::NotAnnotatable { .. });
        let is_unreadable = |item: &&Item| matches!(item.state, State::Unreadable { .. });
        let groups: [(&str, Vec<&Item>); 4] = [
            (
                "handlers without #[handler]",
                audit.handlers.iter().filter(is_open).collect(),
            ),
            (
                "handlers that cannot be annotated as they are",
                audit.handlers.iter().filter(is_odd).collect(),
            ),
            (
                "pages without #[form]",
                audit.pages.iter().filter(is_open).collect(),
            ),
            (
                "pages whose template cannot be read",
                audit.pages.iter().filter(is_unreadable).collect(),
            ),
        ];
        for (title, items) in groups {
            if items.is_empty() {
                continue;
            }
            writeln!(to, "{STRONG}{title}{STRONG:#} ({})", items.len())?;
            for item in items {
                self::item(item, to)?;
            }
            writeln!(to)?;
        }
        let groups = [
            ("seen, and not read", &audit.gaps),
            ("requests that scripts may send", &audit.requests),
        ];
        for (title, places) in groups {
            if places.is_empty() {
                continue;
            }
            writeln!(to, "{STRONG}{title}{STRONG:#} ({})", places.len())?;
            for place in places {
                self::place(place, to)?;
            }
            writeln!(to)?;
        }
        let style = if percent == 100 { GOOD } else { WARN };
        let ratio = |Count { annotated, found }| format!("{annotated} of {found}");
        writeln!(
            to,
            "{style}handlers {} · pages {} · {percent} %{style:#}",
            ratio(audit.count_handlers()),
            ratio(audit.count_pages()),
        )?;
        if audit.gaps.is_empty() && audit.requests.is_empty() {
            return Ok(());
        }
        let beside = [
            (audit.gaps.len(), "place", "not read"),
            (audit.requests.len(), "request", "possible in scripts"),
        ];
        let beside = beside.iter().filter(|(count, ..)| *count > 0);
        let beside: Vec<String> = beside
            .map(|(count, thing, what)| format!("{} {what}", plural(*count, thing)))
            .collect();
        writeln!(to, "beside that: {}", beside.join(", "))
    })
}

fn place(place: &Place, to: &mut dyn Write) -> io::Result<()> {
    let text = format!(
        "{}:{}  {}",
        visible::path(&place.file),
        place.line,
        escaped(&place.what)
    );
    write_wrapped(Style::new(), "  ", "      ", &text, to)
}

fn item(item: &Item, to: &mut dyn Write) -> io::Result<()> {
    let place = format!("{}:{}", visible::path(&item.file), item.line);
    let parts = [
        Some(&place),
        item.route.as_ref(),
        item.name.as_ref(),
        note(item),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    write_wrapped(Style::new(), "  ", "      ", &parts.join("  "), to)
}
