//! The sign-up: a small web app in which people sign up for events, and an example
//! of `coexist` on Rocket. `Cargo.toml` says which releases of it there are.

#![forbid(unsafe_code)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "Rocket hands forms and guards over by value"
)]

mod app;
mod errors;
mod events;
#[cfg(feature = "group-handler")]
mod groups;
mod help;
mod pages;
mod signups;
mod store;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _};
use std::process::ExitCode;

use rocket::config::{Config, LogLevel};
use rocket::fairing::AdHoc;

coexist::release!();

#[rocket::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If this also fails, there is nobody left to report it to.
            let _ = writeln!(io::stderr(), "signup: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the address, of which the system may have chosen the port, and serves
/// until Ctrl-C.
async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let port = example_common::port("signup", 0)?;
    let config = Config {
        port,
        log_level: LogLevel::Off,
        ..Config::default()
    };
    let address = AdHoc::on_liftoff("Address", |rocket| {
        Box::pin(async move {
            let Config { address, port, .. } = rocket.config();
            // Who cannot read it may know the address all the same.
            let _ = writeln!(io::stdout(), "Listening on http://{address}:{port}");
        })
    });
    let served = app::app(config).attach(address).launch().await;
    served.map_err(|error| format!("cannot serve on port {port}: {error}"))?;
    Ok(())
}
