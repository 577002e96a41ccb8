//! `coexist completions`: what a shell completes.

use clap_complete::Shell;

use crate::cli::exit::Exit;

/// Print the completions for a shell.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Completions {
    /// Shell: bash, elvish, fish, powershell or zsh
    #[arg(hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, program: &clap::Command, answer: &mut Vec<u8>) -> Exit {
        clap_complete::generate(self.shell, &mut program.clone(), "coexist", answer);
        Exit::Accepted
    }
}
