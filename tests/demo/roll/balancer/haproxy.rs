//! `HAProxy`: configured by a file; nodes are added and removed through its
//! [management socket][socket].
//!
//! [socket]: https://docs.haproxy.org/2.6/management.html#9.3

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::process::Command;
use tokio::time::sleep;

use super::super::processes::Processes;

/// How often its start is awaited, and for how long each time.
const TRIES: usize = 100;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

pub(crate) struct HaProxy {
    name: String,
    address: SocketAddr,
    process: u32,
    socket: PathBuf,
    /// The configured servers, and the nodes that they stand for.
    servers: Vec<Option<SocketAddr>>,
    /// The directory of the configuration and the socket.
    _folder: TempDir,
}

impl HaProxy {
    /// Starts it with servers for this many nodes, and for one that starts before another one
    /// stops.
    pub(super) async fn start(nodes: u32, processes: &Processes) -> io::Result<Self> {
        let version = version().await?;
        let folder = tempfile::tempdir()?;
        let socket = folder.path().join("socket");
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, configuration(&socket, nodes + 1))?;
        // It inherits the socket that it listens on: a port that was chosen first and bound
        // later could be taken in between.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let mut command = Command::new("haproxy");
        command.arg("-db").arg("-f").arg(&file);
        let stdin = Stdio::from(OwnedFd::from(listener));
        let (process, _) = processes.start(&mut command, stdin)?;
        let servers = (0..=nodes).map(|_| None).collect();
        let haproxy = Self {
            name: format!("HAProxy {version}, process {process}"),
            address,
            process,
            socket,
            servers,
            _folder: folder,
        };
        for _ in 0..TRIES {
            if haproxy.ask("show info").await.is_ok() {
                return Ok(haproxy);
            }
            sleep(BETWEEN_TRIES).await;
        }
        let said = processes.said(process);
        Err(io::Error::other(format!(
            "haproxy does not come up: {said}"
        )))
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) async fn take_in(&mut self, node: SocketAddr) -> io::Result<()> {
        let server = self.server(None)?;
        let (ip, port) = (node.ip(), node.port());
        // The response describes the change in words.
        self.ask(&format!("set server app/{server} addr {ip} port {port}"))
            .await?;
        self.set_state(server, "ready").await?;
        self.servers[server] = Some(node);
        Ok(())
    }

    pub(super) async fn drain(&self, node: SocketAddr) -> io::Result<()> {
        self.set_state(self.server(Some(node))?, "drain").await
    }

    /// Whether a node has no session, and none waits for it.
    pub(super) async fn is_idle(&self, node: SocketAddr) -> io::Result<bool> {
        let server = self.server(Some(node))?.to_string();
        let table = self.ask("show stat app 4 -1").await?;
        let mut lines = table.trim_start_matches("# ").lines();
        let columns: Vec<_> = lines.next().unwrap_or_default().split(',').collect();
        let mut rows = lines.map(|line| columns.iter().copied().zip(line.split(',')));
        let row = rows.find(|row| row.clone().any(|cell| cell == ("svname", &*server)));
        let row = row.ok_or_else(|| io::Error::other(format!("haproxy has lost {node}")))?;
        let mut counts = row.filter(|(column, _)| ["qcur", "scur"].contains(column));
        Ok(counts.all(|(_, count)| count == "0"))
    }

    pub(super) async fn forget(&mut self, node: SocketAddr) -> io::Result<()> {
        let server = self.server(Some(node))?;
        self.set_state(server, "maint").await?;
        self.servers[server] = None;
        Ok(())
    }

    pub(super) async fn stop(self, processes: &Processes) -> io::Result<()> {
        processes.stop(self.process).await
    }

    /// The server that stands for this node, or for none.
    fn server(&self, node: Option<SocketAddr>) -> io::Result<usize> {
        let at = self.servers.iter().position(|server| *server == node);
        at.ok_or_else(|| io::Error::other(format!("haproxy has no server for {node:?}")))
    }

    async fn set_state(&self, server: usize, state: &str) -> io::Result<()> {
        let command = format!("set server app/{server} state {state}");
        match self.ask(&command).await?.trim() {
            "" => Ok(()),
            refused => Err(io::Error::other(format!("haproxy: {command}: {refused}"))),
        }
    }

    async fn ask(&self, command: &str) -> io::Result<String> {
        let mut stream = UnixStream::connect(&self.socket).await?;
        stream.write_all(format!("{command}\n").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

/// The version of the program in `PATH`.
async fn version() -> io::Result<String> {
    let output = Command::new("haproxy")
        .arg("-v")
        .kill_on_drop(true)
        .output()
        .await?;
    let said = String::from_utf8_lossy(&output.stdout);
    // `HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/`
    let version = said.split_whitespace().nth(2).unwrap_or("?");
    Ok(version
        .split(['-', '+'])
        .next()
        .unwrap_or(version)
        .to_owned())
}

/// The configuration file: round robin over this many servers, none of which has a node yet.
/// Users keep their connection while they fill in a form.
fn configuration(socket: &Path, servers: u32) -> String {
    let servers = (0..servers).map(|server| format!("  server {server} 127.0.0.1:1 disabled\n"));
    let servers: String = servers.collect();
    let socket = socket.display();
    format!(
        "global
  stats socket \"{socket}\" mode 600 level admin
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend site
  bind fd@0
  default_backend app
backend app
  balance roundrobin
{servers}"
    )
}
