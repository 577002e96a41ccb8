//! What handlers make of a request: of one that arrives at one of them, and of one that may
//! arrive at several.

use std::collections::{HashMap, HashSet};

use super::request::{Fault, FaultKind};
use crate::registry::Encoding;
use crate::support::steps;

/// What handlers make of a request that arrives at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// They take what the page's own handler takes.
    Accepted,
    /// They read another encoding than is sent.
    Encoding {
        /// The one that is sent.
        sent: Encoding,
        /// The one that is read.
        read: Encoding,
        /// Whether the form may mean handlers that read the one that is sent.
        is_undecided: bool,
    },
    /// They refuse some requests for their fields.
    Faults(Vec<Fault>),
}

/// Whether some of the endpoints that a form may mean are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// Every one is.
    All,
    /// Some are, some are not.
    Some,
    /// None is, and nothing else is at their paths.
    None,
    /// None is, but their paths are served for other methods.
    OtherMethods,
}

impl Request {
    /// Whether no submission is taken, as far as its own handler takes it.
    fn refuses_all(&self) -> bool {
        match self {
            Self::Accepted => false,
            Self::Encoding { is_undecided, .. } => !is_undecided,
            Self::Faults(faults) => faults
                .iter()
                .any(|fault| fault.kind == FaultKind::Missing && !fault.is_undecided),
        }
    }

    /// The faults, if it is refused for its fields.
    fn faults(&self) -> &[Fault] {
        match self {
            Self::Faults(faults) => faults,
            Self::Accepted | Self::Encoding { .. } => &[],
        }
    }

    pub(super) fn from_faults(mut faults: Vec<Fault>) -> Self {
        if faults.is_empty() {
            return Self::Accepted;
        }
        // Where the request fails anyway, nothing is lost without a word.
        let fails = |fault: &Fault| fault.kind == FaultKind::Missing && !fault.is_undecided;
        if faults.iter().any(fails) {
            faults.retain(|fault| fault.kind != FaultKind::Ignored);
        }
        faults.sort_by(|a, b| a.field.cmp(&b.field));
        Self::Faults(faults)
    }
}

/// What is made of a request that may meet several handlers: what only some of these
/// refuse is undecided. Where a request reaches a handler that refuses all, it fails
/// whatever the others refuse.
pub(super) fn of_all(requests: &[&Request]) -> Request {
    let certain = CertainFaults::new(requests);
    let is_sure = |fault: &Fault| certain.is_everywhere(fault);
    let encoding = |request: &&&Request| matches!(request, Request::Encoding { .. });
    if let Some(Request::Encoding { sent, read, .. }) = requests.iter().find(encoding) {
        let mut taking_some = requests.iter().filter(|request| !request.refuses_all());
        let fails = match taking_some.next() {
            None => true,
            Some(Request::Faults(faults)) => faults.iter().any(is_sure),
            Some(_) => false,
        };
        return Request::Encoding {
            sent: *sent,
            read: *read,
            is_undecided: !fails,
        };
    }
    let mut known = HashSet::new();
    let mut faults: Vec<Fault> = Vec::new();
    for fault in requests.iter().flat_map(|request| request.faults()) {
        if known.insert(key(fault)) {
            faults.push(Fault {
                is_undecided: !is_sure(fault),
                ..fault.clone()
            });
        }
    }
    Request::from_faults(faults)
}

/// What tells faults apart.
type FaultKey<'f> = (&'f str, &'f FaultKind);

fn key(fault: &Fault) -> FaultKey<'_> {
    (&fault.field, &fault.kind)
}

/// The faults of several requests that are certain.
struct CertainFaults<'f> {
    /// In how many requests they are, of those of which something is taken.
    counts: HashMap<FaultKey<'f>, usize>,
    /// How many requests these are.
    taking_some: usize,
}

impl<'f> CertainFaults<'f> {
    fn new(requests: &[&'f Request]) -> Self {
        let mut certain = Self {
            counts: HashMap::new(),
            taking_some: 0,
        };
        for request in requests {
            let takes_some = !request.refuses_all();
            certain.taking_some += usize::from(takes_some);
            let faults = request.faults().iter();
            let once: HashSet<FaultKey<'f>> = faults
                .filter(|fault| !fault.is_undecided)
                .map(key)
                .collect();
            steps::count(1 + once.len());
            for fault in once {
                *certain.counts.entry(fault).or_default() += usize::from(takes_some);
            }
        }
        certain
    }

    /// Whether a fault is in some request, and in each of which something is taken.
    fn is_everywhere(&self, fault: &Fault) -> bool {
        self.counts.get(&key(fault)) == Some(&self.taking_some)
    }
}
