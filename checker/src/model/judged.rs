//! What the handlers that a request arrives at make of it, compared with what those of its own
//! build do.

use std::collections::{HashMap, HashSet};
use std::ptr;

use foldhash::fast::FixedState;

use super::answer::{Request, of_all};
use super::own_handler::Reads;
use super::reading::Reading;
use super::request::{as_sent, faults, reads_same};
use super::sharing::{HandlerPair, pairs};
use super::way::{Builds, Way};
use crate::endpoint::declared;
use crate::registry::{Encoding, Form, Handler, Target};
use crate::support::steps;

/// What the handlers that a request arrives at make of it.
#[derive(Debug)]
pub(super) struct Judged<'r> {
    pub(super) request: Request,
    /// Each pair of handlers that it may meet and what comes of it, if several share an
    /// endpoint.
    pub(super) shared: Vec<(HandlerPair<'r>, Request)>,
}

/// The pairs of handlers that a request may meet.
pub(super) struct Pairs<'r> {
    /// A handler of its own build, `None` if that is not known, and the one that takes its
    /// place at the node. Pairs of which the same comes are there once.
    pub(super) all: Vec<HandlerPair<'r>>,
    /// Whether the node serves each.
    pub(super) is_everywhere_served: bool,
}

/// Judges pairs of handlers of two builds.
pub(super) struct PairJudge<'a, 'r> {
    pub(super) builds: Builds<'a, 'r>,
    /// Whether nobody has seen page and handler together: all that the form sends counts,
    /// whatever its own handler takes of it.
    is_first: bool,
    /// Whether two handlers read the same, by their addresses.
    same: HashMap<[usize; 2], bool, FixedState>,
}

impl<'a, 'r> PairJudge<'a, 'r> {
    pub(super) fn new(builds: Builds<'a, 'r>, is_first: bool) -> Self {
        Self {
            builds,
            is_first,
            same: HashMap::default(),
        }
    }

    /// The pairs of handlers that a request may meet. Of handlers that share no endpoint, pairs
    /// that read the same as an earlier pair are left out, since the same comes of them.
    pub(super) fn pairs_of(&mut self, ways: Vec<Way<'r>>) -> Pairs<'r> {
        let mut pairs = Pairs {
            all: Vec::new(),
            is_everywhere_served: true,
        };
        let mut known = HashSet::new();
        for way in ways {
            steps::count(1);
            let Some(there) = way.arrives else {
                pairs.is_everywhere_served = false;
                continue;
            };
            // What does not arrive is not judged there.
            if way.loses_fields {
                continue;
            }
            let own = way.own;
            if self.are_shared(own, there) || known.insert(self.declared((own, there))) {
                pairs.all.push((own, there));
            }
        }
        pairs
    }

    /// What of a pair of handlers matters: nothing, if they read the same.
    fn declared(&mut self, (own, there): HandlerPair<'r>) -> Option<(Option<String>, String)> {
        let own = own.filter(|_| !self.is_first);
        if own.is_some_and(|own| self.read_same(own, there)) {
            return None;
        }
        Some((own.map(|own| declared(own).1), declared(there).1))
    }

    fn read_same(&mut self, one: &Handler, other: &Handler) -> bool {
        let key = [one, other].map(|handler| ptr::from_ref(handler).addr());
        let same = self.same.entry(key);
        *same.or_insert_with(|| reads_same(one, other))
    }

    fn are_shared(&self, own: Option<&Handler>, there: &Handler) -> bool {
        let is_shared = |own| !self.builds.home.router.sharing(own).is_empty();
        own.is_some_and(is_shared) || !self.builds.node.router.sharing(there).is_empty()
    }

    /// What the handlers make of a form's request, and each of several if some share an
    /// endpoint.
    pub(super) fn judge(&mut self, met: &Pairs<'r>, form: &Form, target: &Target) -> Judged<'r> {
        let mut is_shared = false;
        let mut requests = Vec::new();
        for (own, there) in &met.all {
            if steps::is_used_up() {
                break;
            }
            let pairs = self.pairs((*own, there), form, target);
            is_shared |= pairs != [(*own, *there)];
            for pair in pairs {
                requests.push((pair, self.request(pair, form, target)));
            }
        }
        let request = match &requests[..] {
            [(_, request)] if met.is_everywhere_served => request.clone(),
            requests => {
                let requests: Vec<_> = requests.iter().map(|(_, request)| request).collect();
                of_all(&requests, met.is_everywhere_served)
            }
        };
        if !is_shared {
            requests.clear();
        }
        Judged {
            request,
            shared: requests,
        }
    }

    /// The pairs of handlers that a request may meet which arrives at these two.
    fn pairs(
        &self,
        (own, there): HandlerPair<'r>,
        form: &Form,
        target: &Target,
    ) -> Vec<HandlerPair<'r>> {
        let all_own = own.map_or(&[][..], |own| self.builds.home.router.sharing(own));
        let all_there = self.builds.node.router.sharing(there);
        match own {
            _ if all_own.is_empty() && all_there.is_empty() => vec![(own, there)],
            Some(own) if !self.is_first => {
                let all_own = if all_own.is_empty() { &[own] } else { all_own };
                let all_there = if all_there.is_empty() {
                    &[there]
                } else {
                    all_there
                };
                pairs(all_own, all_there, (form, target))
            }
            _ if all_there.is_empty() => vec![(own, there)],
            _ => all_there.iter().map(|there| (own, *there)).collect(),
        }
    }

    /// What `there` makes of the requests that `own` takes; `None`: of all.
    fn request(&mut self, (own, there): HandlerPair<'r>, form: &Form, target: &Target) -> Request {
        steps::count(1);
        let own = own.filter(|_| !self.is_first);
        if own.is_some_and(|own| self.read_same(own, there)) {
            return Request::Accepted;
        }
        let encoding =
            |declared: Option<Encoding>| declared.map(|encoding| as_sent(encoding, &target.method));
        let (own_reads, read) = (
            encoding(own.and_then(|own| own.encoding)),
            encoding(there.encoding),
        );
        // A form whose encoding is not declared sends what its own handler reads.
        let sent = encoding(form.encoding).or(own_reads);
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
        let (Some(sent_fields), Some(read_fields)) = (&form.fields, &there.fields) else {
            return Request::Accepted;
        };
        let encoding = sent.or(read);
        let own = own.and_then(|own| {
            let reading = Reading::new(own, encoding);
            Some((reading, reading.names(own.fields.as_ref()?.list())?))
        });
        let own = own.as_ref().map(|(reading, fields)| Reads {
            fields,
            reading: *reading,
        });
        let reading = Reading::new(there, encoding);
        let Some(read_fields) = reading.names(read_fields.list()) else {
            return Request::Accepted;
        };
        let there = Reads {
            fields: &read_fields,
            reading,
        };
        Request::from_faults(faults(&sent_fields.list(), own, there))
    }
}
