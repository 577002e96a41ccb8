//! What is made of the description of the command line: completions, and the manual.

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::args::{Args, Completions};
use super::exit::{Exit, Failure};

/// Prints the completions of `coexist` for a shell.
pub(super) fn completions(args: &Completions, answer: &mut Vec<u8>) -> Exit {
    clap_complete::generate(args.shell, &mut Args::command(), "coexist", answer);
    Exit::Accepted
}

/// Prints the manual: the page of the program, and one for each of its commands.
pub(super) fn man(answer: &mut Vec<u8>) -> Result<Exit, Failure> {
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    let commands: Vec<_> = program.get_subcommands().cloned().collect();
    for command in std::iter::once(program).chain(commands) {
        Man::new(command)
            .source(concat!("coexist ", env!("CARGO_PKG_VERSION")))
            .render(answer)
            .map_err(Failure::Output)?;
    }
    Ok(Exit::Accepted)
}
