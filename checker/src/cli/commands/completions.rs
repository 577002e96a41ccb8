//! `coexist completions`: the completion script of a shell.

use clap_complete::Shell;

use crate::cli::exit::Exit;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Completions {
    /// Shell that runs the script
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, program: &clap::Command, output: &mut Vec<u8>) -> Exit {
        clap_complete::generate(self.shell, &mut program.clone(), "coexist", output);
        Exit::Accepted
    }
}
