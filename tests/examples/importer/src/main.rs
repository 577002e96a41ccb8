//! The importer: a small web app that imports contacts, and the example of
//! `coexist`. `Cargo.toml` says which releases of it there are.

#![forbid(unsafe_code)]

mod app;
mod errors;
mod imports;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::process::ExitCode;

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

coexist::release!();

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If this also fails, there is nobody left to report it to.
            let _ = writeln!(io::stderr(), "importer: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the address, of which the system may have chosen the port, and serves
/// until the signal to stop; then it answers the requests that have arrived.
async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let port = example_common::port("importer", 3000)?;
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = bound.map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    writeln!(
        io::stdout(),
        "Listening on http://{}",
        listener.local_addr()?
    )?;
    io::stdout().flush()?;
    axum::serve(listener, app::app())
        .with_graceful_shutdown(told_to_stop()?)
        .await?;
    Ok(())
}

/// Ctrl-C, or SIGTERM, which service managers and deploys send.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
