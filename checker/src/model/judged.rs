//! What the handlers that a request arrives at make of it, compared with what those of its own
//! build do.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ptr;

use foldhash::fast::FixedState;

use super::answer::{Request, of_all};
use super::own_handler::{Reads, takes_some};
use super::reading::Reading;
use super::request::{Fault, as_sent, faults, reads_same};
use super::sharing::{HandlerPair, pairs};
use super::way::{Builds, Way};
use crate::endpoint::declared;
use crate::registry::{Encoding, Field, Fields, Form, Handler, Target};
use crate::support::steps;

/// What the handlers that a request arrives at make of it.
#[derive(Debug)]
pub(super) struct Judged<'r> {
    pub(super) request: Request,
    /// Each pair of handlers that it may meet and what comes of it, if several share an
    /// endpoint.
    pub(super) shared: Vec<(HandlerPair<'r>, Request)>,
}

/// Two handlers that a request may meet.
pub(super) struct Met<'r> {
    /// A handler of its own build, `None` if that is not known, and the one that takes its
    /// place at the node.
    pub(super) pair: HandlerPair<'r>,
    /// Whether redirects drop the query of a request with a body: at home, and at the node.
    pub(super) loses_query: [bool; 2],
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
    pub(super) fn pairs_of(&mut self, ways: &[Way<'r>]) -> Vec<Met<'r>> {
        let mut pairs = Vec::new();
        let mut known = HashSet::new();
        for way in ways {
            steps::count(1);
            // What does not arrive is not judged there.
            let Some(there) = way.arrives.filter(|_| !way.loses_fields) else {
                continue;
            };
            let (pair, loses_query) = ((way.own, there), way.loses_query);
            if self.are_shared(way.own, there) || known.insert((self.declared(pair), loses_query)) {
                pairs.push(Met { pair, loses_query });
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
    pub(super) fn judge(&mut self, met: &[Met<'r>], form: &Form, target: &Target) -> Judged<'r> {
        let mut is_shared = false;
        let mut requests = Vec::new();
        for Met { pair, loses_query } in met {
            if steps::is_used_up() {
                break;
            }
            let pairs = self.pairs(*pair, form, target);
            is_shared |= pairs != [*pair];
            for pair in pairs {
                let request = self.request(pair, form, target, *loses_query);
                requests.push((pair, request));
            }
        }
        let request = match &requests[..] {
            [(_, request)] => request.clone(),
            requests => {
                let requests: Vec<_> = requests.iter().map(|(_, request)| request).collect();
                of_all(&requests)
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
    fn request(
        &mut self,
        (own, there): HandlerPair<'r>,
        form: &Form,
        target: &Target,
        loses_query: [bool; 2],
    ) -> Request {
        steps::count(1);
        let own = own.filter(|_| !self.is_first);
        let [lost_at_home, lost] = loses_query;
        let arrives_the_same = lost_at_home == lost || form.query.is_none();
        if arrives_the_same && own.is_some_and(|own| self.read_same(own, there)) {
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
        let encoding = sent.or(read);
        let is_query_all =
            encoding == Some(Encoding::Query) || matches!(&*target.method, "GET" | "HEAD");
        let mut found = if is_query_all {
            let own =
                own.and_then(|own| Part::of_query(own).or_else(|| Part::of_fields(own, encoding)));
            let sent = form.fields.as_ref().map(Fields::list);
            in_query([sent.as_deref(); 2], own.as_ref(), there)
        } else {
            let own = own.and_then(Part::of_query);
            let sent = form.query.as_ref().map(Fields::list);
            let sent = loses_query.map(|is_lost| {
                let sent = sent.as_deref();
                sent.map(|sent| if is_lost { &[] } else { sent })
            });
            in_query(sent, own.as_ref(), there)
        };
        if let (Some(sent_fields), Some(_)) = (&form.fields, &there.fields)
            && let Some(read) = Part::of_fields(there, encoding)
        {
            let own = own.and_then(|own| Part::of_fields(own, encoding));
            found.extend(compared(&sent_fields.list(), own.as_ref(), &read));
        }
        Request::from_faults(found)
    }
}

/// What a handler reads from one place of a request.
struct Part<'r> {
    reading: Reading,
    /// The fields, under the names that the request has for them.
    fields: Cow<'r, [Field]>,
}

impl<'r> Part<'r> {
    fn new(reading: Reading, fields: &'r Fields) -> Option<Self> {
        let fields = reading.names(fields.list())?;
        Some(Self { reading, fields })
    }

    /// What it reads of fields that arrive in this encoding; `None`: not declared.
    fn of_fields(handler: &'r Handler, encoding: Option<Encoding>) -> Option<Self> {
        let fields = handler.fields.as_ref()?;
        Self::new(Reading::new(handler, encoding), fields)
    }

    /// What it reads from the query beside a body; `None`: not declared.
    fn of_query(handler: &'r Handler) -> Option<Self> {
        let query = handler.query.as_deref()?;
        Self::new(Reading::of_query(query), &query.fields)
    }

    fn reads(&self) -> Reads<'_> {
        Reads {
            fields: &self.fields,
            reading: self.reading,
        }
    }
}

/// The faults of what is sent, in one place of a request.
fn compared(sent: &[Field], own: Option<&Part<'_>>, there: &Part<'_>) -> Vec<Fault> {
    faults(sent, own.map(Part::reads), there.reads())
}

/// The faults of what stands in the query of the address: their names begin with a question mark.
/// `sent` is what arrives at home and at the node, which redirects may drop.
fn in_query(
    [at_home, sent]: [Option<&[Field]>; 2],
    own: Option<&Part<'_>>,
    there: &Handler,
) -> Vec<Fault> {
    let (Some(at_home), Some(sent), Some(read)) = (at_home, sent, Part::of_query(there)) else {
        return Vec::new();
    };
    let faults = if at_home == sent {
        compared(sent, own, &read)
    } else if own.is_none_or(|own| takes_some(at_home, own.reads())) {
        compared(sent, None, &read)
    } else {
        Vec::new()
    };
    let named = |fault: Fault| Fault {
        field: format!("?{}", fault.field),
        ..fault
    };
    faults.into_iter().map(named).collect()
}
