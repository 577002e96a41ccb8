//! The program `coexist`.

use std::process::ExitCode;

/// Two threads read two builds into a million small texts; the system's allocator
/// makes them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    coexist_checker::cli::main(std::env::args_os())
}
