//! What ends the demo early.

use std::io;

/// Waits for SIGINT, SIGTERM or SIGHUP; returns the signal's number.
#[cfg(unix)]
pub(crate) async fn told_to_stop() -> io::Result<i32> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let kind = tokio::select! {
        _ = interrupt.recv() => SignalKind::interrupt(),
        _ = terminate.recv() => SignalKind::terminate(),
        _ = hangup.recv() => SignalKind::hangup(),
    };
    Ok(kind.as_raw_value())
}

/// Waits for Ctrl-C; returns the number that it has on Unix.
#[cfg(not(unix))]
pub(crate) async fn told_to_stop() -> io::Result<i32> {
    const INTERRUPT: i32 = 2;
    tokio::signal::ctrl_c().await?;
    Ok(INTERRUPT)
}
