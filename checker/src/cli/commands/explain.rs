//! `coexist explain`: what a rule finds, and what to do about it.

use std::io::Write as _;

use anstyle::Style;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::render::lines::write_wrapped;
use crate::rules;

/// Explain a rule, or list all rules.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Explain {
    /// Name of the rule, as findings show it [default: list all rules]
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let written = match &self.rule {
            None => rules::ALL.iter().try_for_each(|rule| {
                writeln!(output, "{} ({})", rule.name, rule.level.name())?;
                write_wrapped(Style::new(), "    ", "    ", rule.summary, output)
            }),
            Some(name) => {
                let rule = rules::named(name)?;
                let (name, level, doc) = (rule.name, rule.level.name(), rule.doc);
                write!(output, "{name} ({level})\n\n{doc}")
            }
        };
        written.map_err(Failure::Output)?;
        Ok(Exit::Accepted)
    }
}
