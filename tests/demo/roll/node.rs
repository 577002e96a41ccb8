//! A node: a process of a release of the importer, on a port that the system chooses.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use super::http::Browser;
use super::processes::Processes;

/// How long a node may take to start.
const START: Duration = Duration::from_secs(10);
/// A node is up when it has answered this many requests in a row.
const ANSWERS: usize = 3;
const BETWEEN_ANSWERS: Duration = Duration::from_millis(50);

/// A built release.
#[derive(Clone, Debug)]
pub(crate) struct Build {
    /// Its version.
    pub version: &'static str,
    /// Its program.
    pub program: PathBuf,
}

/// A process of a release.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) version: &'static str,
    /// The process ID.
    pub(crate) process: u32,
    pub(crate) address: SocketAddr,
}

impl Node {
    /// Starts a process, and reads from its output where it listens.
    pub(crate) async fn start(build: &Build, processes: &Processes) -> io::Result<Self> {
        let mut command = Command::new(&build.program);
        command.args(["--port", "0"]);
        let (process, stdout) = processes.start(&mut command, Stdio::null())?;
        let mut line = String::new();
        let mut stdout = BufReader::new(stdout);
        let read = timeout(START, stdout.read_line(&mut line)).await;
        read.unwrap_or_else(|late| Err(late.into()))?;
        let address = line.trim().strip_prefix("Listening on http://");
        let Some(address) = address.and_then(|address| address.parse().ok()) else {
            let program = build.program.display();
            let said = processes.said(process);
            let message = format!("{program} does not say where it listens: {line}{said}");
            return Err(io::Error::other(message));
        };
        Ok(Self {
            version: build.version,
            process,
            address,
        })
    }

    /// Waits until it has answered several requests in a row.
    pub(crate) async fn ready(&self) -> io::Result<()> {
        let browser = Browser::new(self.address);
        let answers = async {
            let mut answered = 0;
            while answered < ANSWERS {
                let answer = browser.get("/").await;
                let is_up = answer.is_ok_and(|answer| answer.status == StatusCode::OK);
                answered = if is_up { answered + 1 } else { 0 };
                sleep(BETWEEN_ANSWERS).await;
            }
        };
        timeout(START, answers).await.map_err(|_| {
            let (version, address) = (self.version, self.address);
            io::Error::other(format!(
                "the node of {version} at {address} does not answer"
            ))
        })
    }
}
