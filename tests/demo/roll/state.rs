//! The state of the demo: the nodes, the counts, and the events, as they happen.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::node::Node;

/// The state, shared by the code that changes it and the code that shows it.
#[derive(Clone)]
pub(crate) struct DemoState(Arc<Mutex<Seen>>);

pub(crate) struct Seen {
    /// The title of this run.
    pub(crate) title: String,
    pub(crate) balancer: String,
    pub(crate) nodes: Vec<Vec<Process>>,
    /// The current phase.
    pub(crate) doing: String,
    /// How many nodes this run has replaced, and how many it will replace in all.
    pub(crate) rolled: (usize, usize),
    pub(crate) counts: Counts,
    pub(crate) last_failure: String,
    /// One line for each completed run.
    pub(crate) said: Vec<String>,
    /// The events since they were last taken, a line each.
    pub(crate) events: Vec<String>,
    began: Instant,
}

/// A process of a node.
#[derive(Clone, Copy)]
pub(crate) struct Process {
    pub(crate) node: Node,
    pub(crate) state: NodeState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeState {
    Starting,
    Serving,
    Draining,
}

/// The results of requests.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) submissions: Count,
    /// Pages that were requested, most of them by a link.
    pub(crate) pages: Count,
    /// Forms that are being filled in.
    pub(crate) open: usize,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    pub(crate) served: usize,
    pub(crate) failed: usize,
}

impl DemoState {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Seen {
            title: String::new(),
            balancer: String::new(),
            nodes: Vec::new(),
            doing: String::new(),
            rolled: (0, 1),
            counts: Counts::default(),
            last_failure: String::new(),
            said: Vec::new(),
            events: Vec::new(),
            began: Instant::now(),
        })))
    }

    /// Locks the state for reading.
    pub(crate) fn look(&self) -> MutexGuard<'_, Seen> {
        // A panic cannot leave a change half done: each changes one count or one line.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a run with empty nodes and counts.
    pub(crate) fn start_run(&self, title: &str, nodes: usize, rolls: usize) {
        let mut seen = self.look();
        title.clone_into(&mut seen.title);
        seen.balancer.clear();
        seen.nodes = vec![Vec::new(); nodes];
        seen.rolled = (0, nodes * rolls);
        seen.counts = Counts::default();
        seen.last_failure.clear();
        seen.began = Instant::now();
        let blank = if seen.said.is_empty() { "" } else { "\n" };
        seen.events.push(format!("{blank}{title}"));
    }

    /// The balancer is up.
    pub(crate) fn balancer(&self, name: &str, address: &str) {
        let mut seen = self.look();
        name.clone_into(&mut seen.balancer);
        seen.happens(&format!("behind {name}, {address}"));
    }

    /// A new phase has begun.
    pub(crate) fn doing(&self, what: &str) {
        let mut seen = self.look();
        what.clone_into(&mut seen.doing);
        seen.happens(what);
    }

    /// A process of a node is now in this state.
    pub(crate) fn node(&self, at: usize, node: Node, state: NodeState) {
        let mut seen = self.look();
        let processes = &mut seen.nodes[at];
        let known = processes
            .iter_mut()
            .find(|process| process.node.process == node.process);
        match known {
            Some(process) => process.state = state,
            None => processes.push(Process { node, state }),
        }
        let process = match state {
            NodeState::Starting => format!(", process {}, {}", node.process, node.address),
            _ => String::new(),
        };
        let (number, version, state) = (at + 1, node.version, state.name());
        seen.happens(&format!("node {number}: {version} {state}{process}"));
    }

    /// A process of a node has ended.
    pub(crate) fn gone(&self, at: usize, node: Node) {
        let mut seen = self.look();
        seen.nodes[at].retain(|process| process.node.process != node.process);
        seen.happens(&format!("node {}: {} has ended", at + 1, node.version));
    }

    /// One more node has been replaced.
    pub(crate) fn rolled(&self) {
        self.look().rolled.0 += 1;
    }

    /// A page was requested.
    pub(crate) fn page(&self, result: Result<(), String>) {
        let mut seen = self.look();
        seen.counts.pages.add(result.is_ok());
        if let Err(why) = result {
            seen.fails(format!("failed: {why}"));
        }
    }

    /// A user has opened the form.
    pub(crate) fn opened(&self) {
        self.look().counts.open += 1;
    }

    /// A user has submitted the form.
    pub(crate) fn submitted(&self, result: Result<(), String>) {
        let mut seen = self.look();
        seen.counts.open -= 1;
        seen.counts.submissions.add(result.is_ok());
        if let Err(why) = result {
            seen.fails(format!("failed: {why}"));
        }
    }

    /// Ends a run, which this line summarizes.
    pub(crate) fn say(&self, line: String) {
        let mut seen = self.look();
        seen.events.push(line.clone());
        seen.said.push(line);
    }
}

impl Seen {
    pub(crate) fn since_began(&self) -> Duration {
        self.began.elapsed()
    }

    fn happens(&mut self, what: &str) {
        let seconds = self.since_began().as_secs_f64();
        self.events.push(format!("{seconds:6.1} s  {what}"));
    }

    fn fails(&mut self, what: String) {
        self.happens(&what);
        self.last_failure = what;
    }
}

impl NodeState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Serving => "serving",
            Self::Draining => "draining",
        }
    }
}

impl Count {
    pub(crate) fn all(self) -> usize {
        self.served + self.failed
    }

    fn add(&mut self, is_served: bool) {
        if is_served {
            self.served += 1;
        } else {
            self.failed += 1;
        }
    }
}
