//! A scan for people: the registry that was read, and what could not be.

use std::io::{self, Write};

use anstyle::Style;

use super::escape::guarded;
use super::lines::write_wrapped;
use super::registry::registry;
use super::style::STRONG;
use crate::scan::Scan;
use crate::support::text::plural;
use crate::support::visible::{self, escaped};

/// Writes the registry, and what was seen and not read.
pub fn scan(scan: &Scan, to: &mut dyn Write) -> io::Result<()> {
    registry(&scan.registry, to)?;
    guarded(to, |to| {
        if !scan.bases.is_empty() {
            let bases: Vec<String> = scan.bases.iter().map(|base| format!("`{base}`")).collect();
            let line = format!(
                "Some paths are below {}, which only the configuration of the app knows: it is left out",
                bases.join(", ")
            );
            writeln!(to)?;
            write_wrapped(Style::new(), "", "", &line, to)?;
        }
        if !scan.gaps.is_empty() {
            writeln!(
                to,
                "\n{STRONG}seen, and not read{STRONG:#} ({})",
                scan.gaps.len()
            )?;
            for gap in &scan.gaps {
                let file = visible::path(&gap.file);
                writeln!(to, "  {file}:{}", gap.line)?;
                write_wrapped(Style::new(), "      ", "      ", &escaped(&gap.why), to)?;
            }
        }
        let (handlers, forms) = (scan.registry.handlers.len(), scan.registry.forms.len());
        writeln!(
            to,
            "\n{STRONG}read:{STRONG:#} {}, {} in {} of `{}`; {} seen and not read",
            plural(handlers, "handler"),
            plural(forms, "form"),
            plural(scan.files, "file"),
            escaped(&scan.program),
            scan.gaps.len(),
        )
    })
}
