//! The program `coexist` as `cargo coexist`: cargo passes that word on.

use std::process::ExitCode;

/// As in `coexist`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut args: Vec<_> = std::env::args_os().collect();
    if args.get(1).is_some_and(|word| word == "coexist") {
        args.remove(1);
        args[0] = "cargo coexist".into();
    }
    coexist_checker::cli::main(args)
}
