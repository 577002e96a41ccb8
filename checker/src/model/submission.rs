//! A submission: a form of one release arriving at a node of another.

use super::meeting::Sent;
use super::own_handler::Reads;
use super::request::{Fault, FaultKind, as_sent, faults, reads_same};
use super::routed::RoutedBuild;
use super::sharing::{HandlerPair, pairs};
use super::verdict::Direction;
use crate::endpoint::{Outcome, Pattern};
use crate::registry::{Encoding, Fields, Form, Handler, Target};

/// A form of `page` that is sent to `node`.
#[derive(Debug)]
pub struct Submission<'a, 'r> {
    /// The build that made the page.
    pub page: &'a RoutedBuild<'r>,
    /// The build that the page was made for: its own one, or, if it sends to another
    /// app, one of that.
    pub home: &'a RoutedBuild<'r>,
    /// The build that gets the request.
    pub node: &'a RoutedBuild<'r>,
    /// What is sent.
    pub form: &'r Form,
    /// Where to.
    pub target: &'r Target,
    /// What the path is called there.
    pub path: &'r str,
    /// Where it arrives in the build that the page was made for: somewhere, if that is
    /// its own one.
    pub own: Outcome<'r>,
    /// Where it arrives in the node's build.
    pub there: Outcome<'r>,
    /// Which of the two is the page's.
    pub direction: Direction,
    /// What the handlers that it arrives at make of it.
    pub request: Request,
    /// Whether it is sent from one app to another.
    pub is_across: bool,
    /// Whether nobody has seen page and handler together: all that the form sends
    /// counts, whatever its own handler takes of it.
    is_first: bool,
    /// Each pair of handlers that it may meet and what comes of it, if several share an
    /// endpoint.
    shared: Vec<(HandlerPair<'r>, Request)>,
}

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

impl<'a, 'r> Submission<'a, 'r> {
    /// A form of `page` that is sent to `node`, if the page's own build serves it:
    /// otherwise it fails there, and that is this build's fault alone.
    pub(crate) fn within_app(
        page: &'a RoutedBuild<'r>,
        node: &'a RoutedBuild<'r>,
        form: &'r Form,
        (target, path): (&'r Target, &'r str),
        direction: Direction,
    ) -> Option<Self> {
        let submission = Self {
            page,
            home: page,
            node,
            form,
            target,
            path,
            own: Outcome::NotServed,
            there: Outcome::NotServed,
            direction,
            request: Request::Accepted,
            is_across: false,
            is_first: false,
            shared: Vec::new(),
        };
        submission.sent().filter(Self::is_served_at_home)
    }

    /// What is sent to another app, by a page that was made for the build `home` of that.
    /// A page that is out is judged by what that build makes of it: what fails there is
    /// not the node's fault. A new one is also judged by itself if `is_first`.
    pub(crate) fn across_apps(
        page: &'a RoutedBuild<'r>,
        home: &'a RoutedBuild<'r>,
        node: &'a RoutedBuild<'r>,
        sent: &Sent<'r>,
        direction: Direction,
        is_first: bool,
    ) -> Option<Self> {
        let submission = Self {
            page,
            home,
            node,
            form: sent.form,
            target: sent.target,
            path: sent.path,
            own: Outcome::NotServed,
            there: Outcome::NotServed,
            direction,
            request: Request::Accepted,
            is_across: true,
            is_first,
            shared: Vec::new(),
        };
        let submission = submission.sent()?;
        (is_first || submission.is_served_at_home()).then_some(submission)
    }

    /// The same, when it has arrived.
    fn sent(mut self) -> Option<Self> {
        let pattern = Pattern::parse(self.path).ok()?;
        self.own = self.home.router.resolve(&self.target.method, &pattern);
        self.there = self.node.router.resolve(&self.target.method, &pattern);
        (self.request, self.shared) = self.requests();
        Some(self)
    }

    fn is_served_at_home(&self) -> bool {
        !matches!(self.own, Outcome::NotServed | Outcome::OtherMethods(_))
    }

    /// The handlers that it may mean: in the build that the page was made for, and what takes the
    /// place of each at the node.
    #[must_use]
    pub fn ways(&self) -> Vec<(&'r Handler, Outcome<'r>)> {
        match &self.own {
            Outcome::Served(own) => vec![(own, self.there.clone())],
            Outcome::Undecided(_) => {
                let method = &self.target.method;
                let Ok(pattern) = Pattern::parse(self.path) else {
                    return Vec::new();
                };
                let mut meanings = self.home.router.meanings(method, &pattern);
                meanings.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
                meanings
                    .into_iter()
                    .map(|(path, own)| (own, self.node.router.resolve(method, &path)))
                    .collect()
            }
            Outcome::OtherMethods(_) | Outcome::NotServed => Vec::new(),
        }
    }

    /// What the handlers there make of it, and each of several if some share an endpoint.
    fn requests(&self) -> (Request, Vec<(HandlerPair<'r>, Request)>) {
        let arrivals: Vec<_> = match (&self.own, &self.there) {
            (Outcome::Served(own), there @ Outcome::Served(_)) => {
                vec![(Some(*own), there.clone())]
            }
            (Outcome::NotServed | Outcome::OtherMethods(_), there @ Outcome::Served(_)) => {
                vec![(None, there.clone())]
            }
            _ => {
                let ways = self.ways().into_iter();
                ways.map(|(own, there)| (Some(own), there)).collect()
            }
        };
        let mut is_shared = false;
        let mut is_everywhere_served = true;
        let mut requests = Vec::new();
        for (own, there) in arrivals {
            let Outcome::Served(there) = there else {
                is_everywhere_served = false;
                continue;
            };
            let pairs = self.pairs(own, there);
            is_shared |= pairs != [(own, there)];
            let judged = pairs
                .into_iter()
                .map(|pair| (pair, self.at(pair.0, pair.1)));
            requests.extend(judged);
        }
        let request = match &requests[..] {
            [(_, request)] if is_everywhere_served => request.clone(),
            requests => {
                let requests: Vec<_> = requests.iter().map(|(_, request)| request).collect();
                request_of_all(&requests, is_everywhere_served)
            }
        };
        if !is_shared {
            requests.clear();
        }
        (request, requests)
    }

    /// The pairs of handlers that a request may meet which arrives at these two.
    fn pairs(&self, own: Option<&'r Handler>, there: &'r Handler) -> Vec<HandlerPair<'r>> {
        let all_own = own.map_or(&[][..], |own| self.home.router.sharing(own));
        let all_there = self.node.router.sharing(there);
        match own {
            _ if all_own.is_empty() && all_there.is_empty() => vec![(own, there)],
            Some(own) if !self.is_first => {
                let all_own = if all_own.is_empty() { &[own] } else { all_own };
                let all_there = if all_there.is_empty() {
                    &[there]
                } else {
                    all_there
                };
                pairs(all_own, all_there, (self.form, self.target))
            }
            _ if all_there.is_empty() => vec![(own, there)],
            _ => all_there.iter().map(|there| (own, *there)).collect(),
        }
    }

    /// Of several handlers that share an endpoint, the first for which this is so of
    /// what comes of the request, and the one whose place it takes.
    pub(crate) fn first_pair(&self, is: impl Fn(&Request) -> bool) -> Option<HandlerPair<'r>> {
        let found = self.shared.iter().find(|(_, request)| is(request));
        found.map(|(pair, _)| *pair)
    }

    /// What `there` makes of the requests that `own` takes; `None`: of all.
    fn at(&self, own: Option<&Handler>, there: &Handler) -> Request {
        let own = own.filter(|_| !self.is_first);
        if own.is_some_and(|own| reads_same(own, there)) {
            return Request::Accepted;
        }
        let encoding = |declared: Option<Encoding>| {
            declared.map(|encoding| as_sent(encoding, &self.target.method))
        };
        let (own_reads, read) = (
            encoding(own.and_then(|own| own.encoding)),
            encoding(there.encoding),
        );
        // A form whose encoding is not declared sends what its own handler reads.
        let sent = encoding(self.form.encoding).or(own_reads);
        if own_reads.is_some() && sent != own_reads {
            return Request::Accepted;
        }
        if let (Some(sent), Some(read)) = (sent, read)
            && sent != read
        {
            return Request::Encoding {
                sent,
                read,
                is_undecided: false,
            };
        }
        let (Some(sent_fields), Some(read_fields)) = (&self.form.fields, &there.fields) else {
            return Request::Accepted;
        };
        let own_fields = own.and_then(|own| own.fields.as_ref()).map(Fields::list);
        let own = own.zip(own_fields.as_deref()).map(|(own, fields)| Reads {
            fields,
            unknown: own.unknown_fields,
        });
        let read_fields = read_fields.list();
        let there = Reads {
            fields: &read_fields,
            unknown: there.unknown_fields,
        };
        let is_json = sent.or(read) == Some(Encoding::Json);
        Request::from_faults(faults(&sent_fields.list(), own, there, is_json))
    }

    /// The handler that takes it in the build that the page was made for, if that is sure.
    #[must_use]
    pub fn own_handler(&self) -> Option<&'r Handler> {
        match &self.own {
            Outcome::Served(handler) => Some(handler),
            Outcome::Undecided(handlers) => handlers.first().copied(),
            Outcome::OtherMethods(_) | Outcome::NotServed => None,
        }
    }

    /// Whether the node serves what the build does that the page was made for.
    ///
    /// If a parameter takes the holes in the own build, any text may be in them: literals
    /// of the node do not take its place. If only literals take them, the form means
    /// these, and each is looked for.
    #[must_use]
    pub fn served(&self) -> Served {
        match (&self.own, &self.there) {
            (Outcome::Undecided(_), _) => served_of(&self.ways()),
            (_, Outcome::Served(_)) => Served::All,
            (_, Outcome::OtherMethods(_)) => Served::OtherMethods,
            (_, Outcome::NotServed) => Served::None,
            (Outcome::NotServed | Outcome::OtherMethods(_), Outcome::Undecided(_)) => Served::Some,
            (_, Outcome::Undecided(_)) => {
                let pattern = Pattern::parse(self.path);
                if pattern.is_ok_and(|pattern| self.node.router.has_path(&pattern)) {
                    Served::OtherMethods
                } else {
                    Served::None
                }
            }
        }
    }
}

/// Whether the handlers that a form may mean are served.
fn served_of(ways: &[(&Handler, Outcome<'_>)]) -> Served {
    let outcomes = || ways.iter().map(|(_, outcome)| outcome);
    let served = outcomes().filter(|outcome| matches!(outcome, Outcome::Served(_)));
    match served.count() {
        0 if outcomes().any(|outcome| matches!(outcome, Outcome::OtherMethods(_))) => {
            Served::OtherMethods
        }
        0 => Served::None,
        count if count == ways.len() => Served::All,
        _ => Served::Some,
    }
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

    fn from_faults(mut faults: Vec<Fault>) -> Self {
        if faults.is_empty() {
            return Self::Accepted;
        }
        faults.sort_by(|a, b| a.field.cmp(&b.field));
        Self::Faults(faults)
    }
}

/// What is made of a request that may meet several handlers: what only some of these
/// refuse is undecided. Where a request reaches a handler that refuses all, it fails
/// whatever the others refuse.
fn request_of_all(requests: &[&Request], is_everywhere_served: bool) -> Request {
    let has_fault = |request: &Request, fault: &Fault| match request {
        Request::Faults(faults) => faults.iter().any(|known| {
            (&known.field, &known.kind) == (&fault.field, &fault.kind) && !known.is_undecided
        }),
        _ => false,
    };
    let taking_some = || requests.iter().filter(|request| !request.refuses_all());
    let is_sure = |fault: &Fault| {
        is_everywhere_served
            && requests.iter().any(|request| has_fault(request, fault))
            && taking_some().all(|request| has_fault(request, fault))
    };
    let encoding = |request: &&&Request| matches!(request, Request::Encoding { .. });
    if let Some(Request::Encoding { sent, read, .. }) = requests.iter().find(encoding) {
        let fails = match taking_some().next() {
            None => is_everywhere_served,
            Some(Request::Faults(faults)) => faults.iter().any(is_sure),
            Some(_) => false,
        };
        return Request::Encoding {
            sent: *sent,
            read: *read,
            is_undecided: !fails,
        };
    }
    let mut faults: Vec<Fault> = Vec::new();
    for request in requests {
        let Request::Faults(of_one) = request else {
            continue;
        };
        for fault in of_one {
            let is_same =
                |known: &Fault| (&known.field, &known.kind) == (&fault.field, &fault.kind);
            if !faults.iter().any(is_same) {
                faults.push(Fault {
                    is_undecided: !is_sure(fault),
                    ..fault.clone()
                });
            }
        }
    }
    Request::from_faults(faults)
}
