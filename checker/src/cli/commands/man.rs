//! `coexist man`: the man pages, of the program and of each command.

use clap_mangen::Man;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

/// Writes the man pages in roff.
pub(super) fn write(program: &clap::Command, output: &mut Vec<u8>) -> Result<Exit, Failure> {
    let mut program = program.clone().disable_help_subcommand(true);
    program.build();
    let commands: Vec<_> = program.get_subcommands().cloned().collect();
    for command in std::iter::once(program).chain(commands) {
        Man::new(command)
            .source(concat!("coexist ", env!("CARGO_PKG_VERSION")))
            .render(output)
            .map_err(Failure::Output)?;
    }
    Ok(Exit::Accepted)
}
