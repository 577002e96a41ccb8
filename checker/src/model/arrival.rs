//! Where the requests of forms arrive in two builds, and what the handlers there make of
//! them. Each method and path is looked up once, however many forms send to it.

use std::collections::{HashMap, HashSet};
use std::ptr;
use std::rc::Rc;

use foldhash::fast::FixedState;

use super::answer::{Request, Served, of_all};
use super::own_handler::Reads;
use super::passage::{self, Loss};
use super::request::{as_sent, faults, reads_same};
use super::routed::RoutedBuild;
use super::sharing::{HandlerPair, pairs};
use crate::endpoint::{Outcome, Pattern, Segment, declared};
use crate::registry::{Encoding, Fields, Form, Handler, Target};
use crate::support::steps;

/// Where requests arrive in the build that their pages were made for, and at a node.
pub(crate) struct Arrivals<'a, 'r> {
    /// The build that gets the requests.
    pub(super) node: &'a RoutedBuild<'r>,
    /// Whether nobody has seen page and handler together: all that the form sends
    /// counts, whatever its own handler takes of it.
    pub(super) is_first: bool,
    handlers: Handlers<'a, 'r>,
    /// What does not simply arrive at a handler of each build, by method and path.
    known: HashMap<(&'r str, Pattern<'r>), Known<'r>>,
}

/// Where a request arrives at first, before any redirect.
#[derive(Debug)]
pub(super) struct Arrival<'r> {
    /// In the build that its page was made for.
    pub(super) own: Outcome<'r>,
    /// In the node's build, from where it may go on to a handler. Where it does not, or where
    /// a handler for other paths catches it, this says that it is not served.
    pub(super) there: Outcome<'r>,
    /// Whether the node serves what the build does that the page was made for.
    pub(super) served: Served,
    /// The handler of the node that takes it, and not in the place of its own one.
    pub(super) astray: Option<Astray<'r>>,
    /// Whether redirects of the node lose what the fields hold; `None`: they do not.
    pub(super) loss: Option<FieldLoss>,
    /// Whether it is served at home, in the end.
    is_served_at_home: bool,
}

/// A handler that takes a request in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray<'r> {
    /// It is there for other paths: a parameter or the rest of its path takes this one.
    Caught(&'r Handler),
    /// It redirects to where nothing is served.
    Redirected(&'r Handler),
}

/// What redirects lose of the fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLoss {
    /// Whether that is so at only some of the handlers that the form may mean.
    pub is_undecided: bool,
}

/// What the handlers that a request arrives at make of it.
#[derive(Debug)]
pub(super) struct Judged<'r> {
    pub(super) request: Request,
    /// Each pair of handlers that it may meet and what comes of it, if several share an
    /// endpoint.
    pub(super) shared: Vec<(HandlerPair<'r>, Request)>,
}

/// Where a method and a path lead, and what was judged of it.
struct Known<'r> {
    arrival: Rc<Arrival<'r>>,
    ways: Ways<'r>,
    /// By the encoding and the fields of a form, which is all that matters of it.
    judged: HashMap<(Option<Encoding>, Option<&'r Fields>), Rc<Judged<'r>>>,
}

/// What becomes of a request with one meaning.
struct Way<'r> {
    /// The handler that takes it at home, in the end; `None`: none does.
    own: Option<&'r Handler>,
    /// Where it arrives at the node at first, as in [`Arrival::there`].
    there: Outcome<'r>,
    /// The handler of the node that takes it, in the end.
    arrives: Option<&'r Handler>,
    astray: Option<Astray<'r>>,
    /// Whether redirects of the node lose what its fields hold, and those at home do not.
    loses_fields: bool,
    is_served_at_home: bool,
}

/// The handlers that a request may arrive at.
struct Ways<'r> {
    /// A handler of its own build, `None` if that is not known, and the one that takes its
    /// place at the node. Pairs of which the same comes are there once.
    pairs: Vec<HandlerPair<'r>>,
    /// Whether the node serves each.
    is_everywhere_served: bool,
}

impl Arrival<'_> {
    /// Whether something in the build that the page was made for takes it.
    pub(super) fn is_served_at_home(&self) -> bool {
        self.is_served_at_home
    }
}

impl<'a, 'r> Arrivals<'a, 'r> {
    /// Of requests whose pages were made for the build `home`.
    pub(crate) fn new(
        home: &'a RoutedBuild<'r>,
        node: &'a RoutedBuild<'r>,
        is_first: bool,
    ) -> Self {
        Self {
            node,
            is_first,
            handlers: Handlers {
                home,
                node,
                is_first,
                same: HashMap::default(),
            },
            known: HashMap::new(),
        }
    }

    /// Where a form's request arrives, and what comes of it. `None`: the path is not a
    /// pattern.
    pub(super) fn judge(
        &mut self,
        form: &'r Form,
        (target, path): (&'r Target, &'r str),
    ) -> Option<(Rc<Arrival<'r>>, Rc<Judged<'r>>)> {
        let pattern = Pattern::parse(path).ok()?;
        let method = &*target.method;
        let handlers = &mut self.handlers;
        let find = |build: &RoutedBuild<'r>| build.router.find_handler(method, &pattern);
        if let (Some(own), Some(there)) = (find(handlers.home), find(handlers.node))
            && [own, there]
                .iter()
                .all(|handler| handler.redirect.is_none())
            && !is_caught((method, &pattern), own, there)
        {
            let arrival = Arrival {
                own: Outcome::Served(own),
                there: Outcome::Served(there),
                served: Served::All,
                astray: None,
                loss: None,
                is_served_at_home: true,
            };
            let ways = Ways {
                pairs: vec![(Some(own), there)],
                is_everywhere_served: true,
            };
            let judged = handlers.judge(&ways, form, target);
            return Some((Rc::new(arrival), Rc::new(judged)));
        }
        let known = match self.known.entry((method, pattern)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let (method, pattern) = new.key();
                let known = handlers.look_up(method, pattern);
                new.insert(known)
            }
        };
        let key = (form.encoding, form.fields.as_ref());
        let ways = &known.ways;
        let judged = known.judged.entry(key);
        let judged = judged.or_insert_with(|| Rc::new(handlers.judge(ways, form, target)));
        Some((Rc::clone(&known.arrival), Rc::clone(judged)))
    }
}

/// The handlers of both builds.
struct Handlers<'a, 'r> {
    home: &'a RoutedBuild<'r>,
    node: &'a RoutedBuild<'r>,
    is_first: bool,
    /// Whether two handlers read the same, by their addresses.
    same: HashMap<[usize; 2], bool, FixedState>,
}

impl<'r> Handlers<'_, 'r> {
    /// Where a method and a path lead.
    fn look_up(&mut self, method: &str, pattern: &Pattern<'r>) -> Known<'r> {
        let mut own = self.home.router.resolve(method, pattern);
        let there = self.node.router.resolve(method, pattern);
        let mut arrivals: Vec<Way<'r>> = match &own {
            Outcome::Served(handler) => {
                self.ways_of((method, pattern), pattern, (handler, there.clone()))
            }
            Outcome::Undecided(_) => Vec::new(),
            Outcome::NotServed | Outcome::OtherMethods(_) => match &there {
                Outcome::Served(_) => {
                    vec![self.way((method, pattern), pattern, (None, there.clone()))]
                }
                _ => Vec::new(),
            },
        };
        let leads_somewhere = |ways: &[Way<'_>]| ways.iter().any(|way| way.is_served_at_home);
        let is_served = matches!(own, Outcome::Served(_));
        let is_undecided = matches!(own, Outcome::Undecided(_));
        if (is_undecided || is_served && !leads_somewhere(&arrivals))
            && let Some((meant, ways)) = self.meant(method, pattern)
            && (is_undecided || leads_somewhere(&ways))
        {
            (own, arrivals) = (Outcome::Undecided(meant), ways);
        }
        // Where it is one handler of its own, the way says where it arrives.
        let there = match (&own, &arrivals[..]) {
            (Outcome::Served(_), [way]) => way.there.clone(),
            _ => there,
        };
        let losing = arrivals.iter().filter(|way| way.loses_fields).count();
        Known {
            arrival: Rc::new(Arrival {
                served: self.served((&own, &there), pattern, &arrivals),
                astray: arrivals.iter().find_map(|way| way.astray),
                loss: (losing > 0).then_some(FieldLoss {
                    is_undecided: losing < arrivals.len(),
                }),
                is_served_at_home: arrivals.iter().any(|way| way.is_served_at_home),
                own,
                there,
            }),
            ways: self.ways(arrivals),
            judged: HashMap::new(),
        }
    }

    /// The handlers at home that a form may mean whose holes no parameter takes, or one that
    /// leads nowhere, and the ways to each. `None`: no handler can be meant.
    fn meant(
        &self,
        method: &str,
        pattern: &Pattern<'r>,
    ) -> Option<(Vec<&'r Handler>, Vec<Way<'r>>)> {
        let mut meanings = self.home.router.meanings(method, pattern);
        meanings.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        let meanings = meanings.into_iter();
        // What is found after the budget is used up is dropped.
        let meanings = meanings.take_while(|_| !steps::is_used_up());
        let mut meant: Vec<(&'r Handler, Way<'r>)> = Vec::new();
        for (path, own) in meanings {
            let there = self.node.router.resolve(method, &path);
            let ways = self.ways_of((method, &path), pattern, (own, there));
            meant.extend(ways.into_iter().map(|way| (own, way)));
        }
        // What leads nowhere at home either is not what the form means.
        if meant.iter().any(|(_, way)| way.is_served_at_home) {
            meant.retain(|(_, way)| way.is_served_at_home);
        }
        let (mut handlers, ways): (Vec<_>, Vec<_>) = meant.into_iter().unzip();
        handlers.dedup_by(|one, other| ptr::eq(*one, *other));
        (!ways.is_empty()).then_some((handlers, ways))
    }

    /// The ways of a request that one handler takes at home, whatever its holes hold: several,
    /// where its parameter is a choice of texts, or where limits of parameters at the node
    /// decide which handler takes it.
    fn ways_of(
        &self,
        (method, path): (&str, &Pattern<'r>),
        target: &Pattern<'r>,
        (own, there): (&'r Handler, Outcome<'r>),
    ) -> Vec<Way<'r>> {
        let mut ways = Vec::new();
        let chosen = chosen(path).into_iter();
        for path in chosen.take_while(|_| !steps::is_used_up()) {
            steps::count(1);
            let home = self.home.router.find_handler(method, &path);
            if home.is_some_and(|home| ptr::eq(home, own)) {
                let there = self.node.router.resolve(method, &path);
                ways.extend(self.ways_of((method, &path), target, (own, there)));
            }
        }
        if ways.is_empty() && matches!(there, Outcome::Undecided(_)) {
            ways = self.limited((method, path), target, own);
        }
        if ways.is_empty() {
            ways.push(self.way((method, path), target, (Some(own), there)));
        }
        ways
    }

    /// The ways of a request for whose holes limits of parameters decide at the node. Literals
    /// do not: they do not take the place of a parameter.
    fn limited(
        &self,
        (method, path): (&str, &Pattern<'r>),
        target: &Pattern<'r>,
        own: &'r Handler,
    ) -> Vec<Way<'r>> {
        let router = &self.node.router;
        let is_hole = |segment: &Segment<'_>| matches!(segment, Segment::Parameter { .. });
        let is_literal = |segment: &Segment<'_>| matches!(segment, Segment::Literal(_));
        let mut endings = router.endings(method, path);
        endings.retain(|(filled, there)| {
            let mut pairs = filled.segments.iter().zip(&path.segments);
            let is_chosen = !pairs.any(|(filled, hole)| is_hole(hole) && is_literal(filled));
            let is_served = matches!(there, Outcome::Served(_));
            // Where no limit takes it, it is one of the other texts.
            is_chosen
                && (is_served || filled != path)
                && self.may_take_at_home(own, (method, filled), is_served)
        });
        endings.sort_by(|(_, one), (_, other)| first_path(one).cmp(&first_path(other)));
        let endings = endings.into_iter().take_while(|_| !steps::is_used_up());
        let mut ways: Vec<Way<'r>> = endings
            .map(|(path, there)| self.way((method, &path), target, (Some(own), there)))
            .collect();
        if !ways.is_empty() {
            match router.resolve_other_texts(method, path) {
                Outcome::Served(_) => {}
                there => ways.push(self.way((method, path), target, (Some(own), there))),
            }
        }
        ways
    }

    /// Whether requests that a handler takes at home, for whose holes limits decide at the node,
    /// may be to this path: what another handler takes at home is not what this one takes. A
    /// path at which the node serves nothing counts only if this one is known to take some.
    fn may_take_at_home(
        &self,
        own: &'r Handler,
        (method, path): (&str, &Pattern<'r>),
        is_served: bool,
    ) -> bool {
        let router = &self.home.router;
        match router.find_handler(method, path) {
            Some(handler) => ptr::eq(handler, own),
            None if is_served => true,
            None => {
                let meanings = router.meanings(method, path).into_iter();
                meanings
                    .map(|(_, handler)| handler)
                    .any(|handler| ptr::eq(handler, own))
            }
        }
    }

    /// What becomes of a request to the target of a form that this handler takes at home,
    /// `None` if none does, and that arrives there at the node.
    fn way(
        &self,
        request: (&str, &Pattern<'_>),
        target: &Pattern<'_>,
        (own, there): (Option<&'r Handler>, Outcome<'r>),
    ) -> Way<'r> {
        let (method, _) = request;
        let home = own.map(|own| passage::follow(self.home, request, own));
        let own_loss = home.as_ref().map_or_else(Loss::default, |home| home.loss);
        let own_in_the_end = home.and_then(|home| match home.outcome {
            Outcome::Served(handler) => Some(handler),
            _ => None,
        });
        let mut way = Way {
            own: own_in_the_end,
            is_served_at_home: own_in_the_end.is_some(),
            there,
            arrives: None,
            astray: None,
            loses_fields: false,
        };
        let Outcome::Served(first) = way.there else {
            return way;
        };
        if own.is_some_and(|own| is_caught((method, target), own, first)) {
            way.astray = Some(Astray::Caught(first));
            way.there = Outcome::NotServed;
            return way;
        }
        let passage = passage::follow(self.node, request, first);
        way.loses_fields = passage.loss.takes_fields(own_loss, method);
        match passage.outcome {
            Outcome::Served(last) => way.arrives = Some(last),
            outcome => {
                way.astray = Some(Astray::Redirected(first));
                way.there = outcome;
            }
        }
        way
    }

    /// Whether the node serves what the build does that the page was made for.
    ///
    /// If a parameter takes the holes in the own build, any text may be in them: literals
    /// of the node do not take its place. If only literals take them, the form means
    /// these, and each is looked for.
    fn served(
        &self,
        (own, there): (&Outcome<'_>, &Outcome<'_>),
        pattern: &Pattern<'_>,
        arrivals: &[Way<'_>],
    ) -> Served {
        match (own, there) {
            (Outcome::Undecided(_), _) => served_of(arrivals),
            (Outcome::Served(_), Outcome::Undecided(_)) if arrivals.len() > 1 => {
                served_of(arrivals)
            }
            (_, Outcome::Served(_)) => Served::All,
            (_, Outcome::OtherMethods(_)) => Served::OtherMethods,
            (Outcome::NotServed | Outcome::OtherMethods(_), Outcome::Undecided(_)) => Served::Some,
            (_, Outcome::Undecided(_)) if self.node.router.has_path(pattern) => {
                Served::OtherMethods
            }
            (_, Outcome::NotServed | Outcome::Undecided(_)) => Served::None,
        }
    }

    /// The handlers that a request may arrive at. Of handlers that share no endpoint, pairs
    /// that read the same as an earlier pair are left out, since the same comes of them.
    fn ways(&mut self, arrivals: Vec<Way<'r>>) -> Ways<'r> {
        let mut ways = Ways {
            pairs: Vec::new(),
            is_everywhere_served: true,
        };
        let mut known = HashSet::new();
        for way in arrivals {
            steps::count(1);
            let Some(there) = way.arrives else {
                ways.is_everywhere_served = false;
                continue;
            };
            // What does not arrive is not judged there.
            if way.loses_fields {
                continue;
            }
            let own = way.own;
            if self.are_shared(own, there) || known.insert(self.declared((own, there))) {
                ways.pairs.push((own, there));
            }
        }
        ways
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
        let is_shared = |own| !self.home.router.sharing(own).is_empty();
        own.is_some_and(is_shared) || !self.node.router.sharing(there).is_empty()
    }

    /// What the handlers make of a form's request, and each of several if some share an
    /// endpoint.
    fn judge(&mut self, ways: &Ways<'r>, form: &Form, target: &Target) -> Judged<'r> {
        let mut is_shared = false;
        let mut requests = Vec::new();
        for (own, there) in &ways.pairs {
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
            [(_, request)] if ways.is_everywhere_served => request.clone(),
            requests => {
                let requests: Vec<_> = requests.iter().map(|(_, request)| request).collect();
                of_all(&requests, ways.is_everywhere_served)
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
        let own_fields = own.and_then(|own| own.fields.as_ref()).map(Fields::list);
        let own = own.zip(own_fields.as_deref()).map(|(own, fields)| Reads {
            fields,
            unknown: own.unknown_fields,
            reader: own.reader,
        });
        let read_fields = read_fields.list();
        let there = Reads {
            fields: &read_fields,
            unknown: there.unknown_fields,
            reader: there.reader,
        };
        let is_json = sent.or(read) == Some(Encoding::Json);
        Request::from_faults(faults(&sent_fields.list(), own, there, is_json))
    }
}

/// A path whose hole holds one of few texts, with each of these; empty: it has no such hole.
fn chosen<'r>(path: &Pattern<'r>) -> Vec<Pattern<'r>> {
    let mut segments = path.segments.iter().enumerate();
    let found = segments.find_map(|(at, segment)| match segment {
        Segment::Parameter {
            prefix,
            suffix,
            limit: Some(limit),
        } => Some((at, (prefix, suffix), limit.listed()?)),
        _ => None,
    });
    let Some((at, (prefix, suffix), texts)) = found else {
        return Vec::new();
    };
    let chosen = texts.into_iter().map(|text| {
        let mut chosen = path.clone();
        chosen.segments[at] = Segment::Literal(format!("{prefix}{text}{suffix}").into());
        chosen
    });
    chosen.collect()
}

/// The path of the first handler at which a request arrives, or which has another method.
fn first_path<'r>(there: &Outcome<'r>) -> Option<&'r str> {
    match there {
        Outcome::Served(handler) => Some(&handler.path),
        Outcome::OtherMethods(handlers) | Outcome::Undecided(handlers) => {
            handlers.first().map(|handler| &*handler.path)
        }
        Outcome::NotServed => None,
    }
}

/// Whether the handlers that a form may mean are served.
fn served_of(ways: &[Way<'_>]) -> Served {
    let outcomes = || ways.iter().map(|way| &way.there);
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

/// Whether a handler of the node takes a request only because nothing is left at the path of
/// `own`, which takes it at home: a parameter or the rest of its path takes whatever is not
/// served otherwise. A page that a parameter takes may still be the right one, so a GET is
/// caught by the rest alone. The same function behind a wider path is no other handler, and
/// one at the very path that the form has as its target is not there for other paths.
fn is_caught((method, target): (&str, &Pattern<'_>), own: &Handler, there: &Handler) -> bool {
    if own.path == there.path || own.id == there.id {
        return false;
    }
    let (Ok(own), Ok(there)) = (Pattern::parse(&own.path), Pattern::parse(&there.path)) else {
        return false;
    };
    let is_rest = matches!(there.segments.last(), Some(Segment::Rest));
    let is_page = matches!(method, "GET" | "HEAD");
    (is_rest || !is_page) && own != there && !target.takes(&there) && there.takes(&own)
}
