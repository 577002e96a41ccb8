//! One run of the demo: nodes of one release behind a load balancer, users, and the rollout of
//! one or more further releases.

use std::io;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until};

use super::balancer::Balancer;
use super::node::{Build, Node};
use super::params::Params;
use super::processes::Processes;
use super::state::{DemoState, NodeState};
use super::users;

/// How long a drained node keeps running, as in real deployments: a client that has already
/// looked up its address may still connect.
const GRACE: Duration = Duration::from_millis(200);

/// One run: its title, its releases, and what it runs on.
pub(crate) struct Run<'a> {
    pub(crate) title: &'a str,
    /// The release that all nodes run at first, and those that follow.
    pub(crate) builds: &'a [&'a Build],
    pub(crate) params: &'a Params,
    pub(crate) processes: &'a Processes,
    pub(crate) state: &'a DemoState,
}

/// The nodes behind a balancer.
struct Fleet {
    nodes: Vec<Node>,
    balancer: Balancer,
}

impl Run<'_> {
    /// Rolls out one release after the other while users fill in the form; the counts are in
    /// `state`.
    pub(crate) async fn execute(&self) -> io::Result<()> {
        let Some((first, then)) = self.builds.split_first() else {
            return Ok(());
        };
        let places = usize::try_from(self.params.nodes).unwrap_or(usize::MAX);
        self.state.start_run(self.title, places, then.len());
        let mut fleet = self.set_up(first, places).await?;
        let site = fleet.balancer.address();
        let (stop, stopped) = oneshot::channel();
        let rolls = async {
            let result = self.rolls(&mut fleet, first, then).await;
            drop(stop);
            result
        };
        let people = users::come(self.params, site, self.state, stopped);
        let (result, ()) = tokio::join!(rolls, people);
        result?;
        self.take_down(fleet).await
    }

    async fn set_up(&self, build: &Build, places: usize) -> io::Result<Fleet> {
        let mut balancer = Balancer::start(self.params, self.processes).await?;
        let address = format!("http://{}", balancer.address());
        self.state.balancer(balancer.name(), &address);
        let mut nodes = Vec::new();
        for at in 0..places {
            let node = self.start(at, build).await?;
            balancer.take_in(node.address).await?;
            self.state.node(at, node, NodeState::Serving);
            nodes.push(node);
        }
        Ok(Fleet { nodes, balancer })
    }

    async fn rolls(&self, fleet: &mut Fleet, first: &Build, then: &[&Build]) -> io::Result<()> {
        let mut old = first.version;
        self.state.doing(&format!("users arrive, {old} serves"));
        // From then on, forms are submitted as often as they are opened.
        sleep(Params::CLICK + self.params.dwell.1).await;
        for (number, build) in (0..).zip(then) {
            if number > 0 {
                self.wait_for_pages(old).await;
            }
            let new = build.version;
            self.state.doing(&format!("rollout from {old} to {new}"));
            self.roll(fleet, build).await?;
            old = new;
        }
        self.state.doing("the last forms are submitted");
        Ok(())
    }

    /// Waits until no page of an earlier release is open any more.
    async fn wait_for_pages(&self, release: &str) {
        let what = format!("all nodes run {release}: waiting until older pages have expired");
        self.state.doing(&what);
        sleep(self.params.page_lifetime()).await;
    }

    /// Replaces the nodes, one by one.
    async fn roll(&self, fleet: &mut Fleet, build: &Build) -> io::Result<()> {
        let began = Instant::now();
        for (turn, at) in (0..).zip(0..fleet.nodes.len()) {
            sleep_until(began + self.params.interval() * turn).await;
            self.replace(fleet, at, build).await?;
            self.state.rolled();
        }
        sleep_until(began + self.params.roll).await;
        Ok(())
    }

    /// Starts the new process before it stops the old one, so that there are never fewer
    /// nodes.
    async fn replace(&self, fleet: &mut Fleet, at: usize, build: &Build) -> io::Result<()> {
        let new = self.start(at, build).await?;
        let old = std::mem::replace(&mut fleet.nodes[at], new);
        fleet.balancer.take_in(new.address).await?;
        fleet.balancer.drain(old.address).await?;
        self.state.node(at, old, NodeState::Draining);
        self.state.node(at, new, NodeState::Serving);
        sleep(GRACE).await;
        fleet.balancer.let_go(old.address).await?;
        self.processes.stop(old.process).await?;
        self.state.gone(at, old);
        Ok(())
    }

    async fn start(&self, at: usize, build: &Build) -> io::Result<Node> {
        let node = Node::start(build, self.processes).await?;
        self.state.node(at, node, NodeState::Starting);
        node.ready().await?;
        Ok(node)
    }

    async fn take_down(&self, fleet: Fleet) -> io::Result<()> {
        fleet.balancer.stop(self.processes).await?;
        for node in fleet.nodes {
            self.processes.stop(node.process).await?;
        }
        Ok(())
    }
}
