//! The load balancer: `HAProxy` where it is installed, else a small one in this
//! process. Both have the same operations: add a node, drain it, remove it.

mod built_in;
#[cfg(unix)]
mod haproxy;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use self::built_in::BuiltIn;
#[cfg(unix)]
use self::haproxy::HaProxy;
use super::params::{BalancerKind, Params};
use super::processes::Processes;

/// How long a drained node may take to answer its requests.
const DRAIN: Duration = Duration::from_secs(10);

/// A running load balancer.
pub(crate) enum Balancer {
    #[cfg(unix)]
    HaProxy(HaProxy),
    BuiltIn(BuiltIn),
}

impl Balancer {
    /// Starts the chosen one, without nodes.
    pub(crate) async fn start(params: &Params, processes: &Processes) -> io::Result<Self> {
        #[cfg(unix)]
        if params.balancer != Some(BalancerKind::BuiltIn) {
            match HaProxy::start(params.nodes, processes).await {
                Ok(haproxy) => return Ok(Self::HaProxy(haproxy)),
                Err(error) if is_optional(params, &error) => {}
                Err(error) => return Err(error),
            }
        }
        if params.balancer == Some(BalancerKind::HaProxy) {
            return Err(io::Error::other("HAProxy does not run on this system"));
        }
        let is_chosen = params.balancer.is_some();
        Ok(Self::BuiltIn(BuiltIn::start(is_chosen).await?))
    }

    /// Its name in the view.
    pub(crate) fn name(&self) -> &str {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.name(),
            Self::BuiltIn(built_in) => built_in.name(),
        }
    }

    /// The address it listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.address(),
            Self::BuiltIn(built_in) => built_in.address(),
        }
    }

    /// Adds a node, which gets requests from now on.
    pub(crate) async fn take_in(&mut self, node: SocketAddr) -> io::Result<()> {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.take_in(node).await,
            Self::BuiltIn(built_in) => {
                built_in.take_in(node);
                Ok(())
            }
        }
    }

    /// Drains a node, which gets no more requests.
    pub(crate) async fn drain(&mut self, node: SocketAddr) -> io::Result<()> {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.drain(node).await,
            Self::BuiltIn(built_in) => {
                built_in.drain(node);
                Ok(())
            }
        }
    }

    /// Waits until a drained node has answered all its requests, and removes it.
    pub(crate) async fn let_go(&mut self, node: SocketAddr) -> io::Result<()> {
        let idle = async {
            while !self.is_idle(node).await? {
                sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        };
        let hangs = |_| {
            let seconds = DRAIN.as_secs();
            let message = format!("the node at {node} has requests after {seconds} s of draining");
            Err(io::Error::other(message))
        };
        timeout(DRAIN, idle).await.unwrap_or_else(hangs)?;
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.forget(node).await,
            Self::BuiltIn(built_in) => {
                built_in.forget(node);
                Ok(())
            }
        }
    }

    /// Stops it.
    pub(crate) async fn stop(self, processes: &Processes) -> io::Result<()> {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.stop(processes).await,
            Self::BuiltIn(built_in) => {
                built_in.stop();
                Ok(())
            }
        }
    }

    async fn is_idle(&self, node: SocketAddr) -> io::Result<bool> {
        match self {
            #[cfg(unix)]
            Self::HaProxy(haproxy) => haproxy.is_idle(node).await,
            Self::BuiltIn(built_in) => Ok(built_in.is_idle(node)),
        }
    }
}

/// Whether the demo may use the built-in balancer: `HAProxy` was not requested, and is not
/// installed.
#[cfg(unix)]
fn is_optional(params: &Params, error: &io::Error) -> bool {
    params.balancer.is_none() && error.kind() == io::ErrorKind::NotFound
}
