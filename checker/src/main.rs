//! The program `coexist`.

use std::process::ExitCode;

fn main() -> ExitCode {
    coexist_checker::cli::main(std::env::args_os())
}
