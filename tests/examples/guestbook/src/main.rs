//! The guestbook: a small web app that visitors sign, and an example of `coexist`
//! on actix-web. `Cargo.toml` says which releases of it there are.

#![forbid(unsafe_code)]

mod admin;
mod app;
mod entries;
mod errors;
#[cfg(feature = "import-handler")]
mod import;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::process::ExitCode;

use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::store::Store;

coexist::release!();

#[actix_web::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If this also fails, there is nobody left to report it to.
            let _ = writeln!(io::stderr(), "guestbook: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the address, of which the system may have chosen the port, and serves
/// until Ctrl-C.
async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let port = example_common::port("guestbook", 0)?;
    let store = Data::new(Store::default());
    let app = move || App::new().app_data(store.clone()).configure(app::configure);
    let server = HttpServer::new(app)
        .workers(1)
        .bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    for address in server.addrs() {
        writeln!(io::stdout(), "Listening on http://{address}")?;
    }
    io::stdout().flush()?;
    server.run().await?;
    Ok(())
}
