//! Where the requests of forms arrive in two builds, and what the handlers there make of
//! them. Each method and path is looked up once, however many forms send to it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use super::answer::Served;
use super::judged::{Judged, Met, PairJudge};
use super::routed::RoutedBuild;
use super::way::{Astray, Builds, Way, is_caught, served_of};
use crate::endpoint::{Outcome, Pattern};
use crate::registry::{Encoding, Fields, Form, Target};
use crate::support::steps;

/// Where requests arrive in the build that their pages were made for, and at a node.
pub(crate) struct Arrivals<'a, 'r> {
    /// The build that gets the requests.
    pub(super) node: &'a RoutedBuild<'r>,
    /// Whether nobody has seen page and handler together: all that the form sends
    /// counts, whatever its own handler takes of it.
    pub(super) is_first: bool,
    judge: PairJudge<'a, 'r>,
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
    /// Whether something in the build that the page was made for takes it, in the end.
    pub(super) is_served_at_home: bool,
}

/// What redirects lose of the fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLoss {
    /// Whether that is so at only some of the handlers that the form may mean.
    pub is_undecided: bool,
}

/// Where a method and a path lead, and what was judged of it.
struct Known<'r> {
    /// Its ways, if only some of these lead to a handler of the node.
    partly: Option<Partly<'r>>,
    arrival: Rc<Arrival<'r>>,
    /// The pairs of handlers that it may meet.
    met: Vec<Met<'r>>,
    judged: HashMap<Sends<'r>, (Rc<Arrival<'r>>, Rc<Judged<'r>>)>,
}

/// Ways of which some lead to a handler of the node, and some do not.
struct Partly<'r> {
    /// Where the request leads at first: at home, and at the node.
    first: [Outcome<'r>; 2],
    ways: Vec<Way<'r>>,
    /// The positions of those that lead to no handler of the node.
    failing: Vec<usize>,
}

/// All that matters of a form: its encoding, its fields, and those in the query of its address.
type Sends<'r> = (Option<Encoding>, [Option<&'r Fields>; 2]);

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
            judge: PairJudge::new(Builds { home, node }, is_first),
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
        let judge = &mut self.judge;
        let builds = judge.builds;
        let find = |build: &RoutedBuild<'r>| build.router.find_handler(method, &pattern);
        if let (Some(own), Some(there)) = (find(builds.home), find(builds.node))
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
            let met = [Met {
                pair: (Some(own), there),
                loses_query: [false; 2],
            }];
            let judged = judge.judge(&met, form, target);
            return Some((Rc::new(arrival), Rc::new(judged)));
        }
        let known = match self.known.entry((method, pattern)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let (method, pattern) = new.key();
                let (first, ways) = look_up(builds, method, pattern);
                let arrival = arrival(builds.node, first.clone(), pattern, &ways);
                let positions = (0..ways.len()).filter(|at| ways[*at].arrives.is_none());
                let failing: Vec<usize> = positions.collect();
                let is_partly = !self.is_first && (1..ways.len()).contains(&failing.len());
                let met = judge.pairs_of(&ways);
                new.insert(Known {
                    arrival: Rc::new(arrival),
                    met,
                    partly: is_partly.then_some(Partly {
                        first,
                        ways,
                        failing,
                    }),
                    judged: HashMap::new(),
                })
            }
        };
        let fields = [form.fields.as_ref(), form.query.as_ref()];
        let judged = known.judged.entry((form.encoding, fields));
        let judged = judged.or_insert_with(|| {
            if let Some(partly) = &known.partly
                && let Some(ways) = partly.without_refused(builds.home, form, target)
                && let Ok(pattern) = Pattern::parse(path)
            {
                let arrival = arrival(builds.node, partly.first.clone(), &pattern, &ways);
                let met = judge.pairs_of(&ways);
                return (Rc::new(arrival), Rc::new(judge.judge(&met, form, target)));
            }
            let judged = judge.judge(&known.met, form, target);
            (Rc::clone(&known.arrival), Rc::new(judged))
        });
        Some(judged.clone())
    }
}

impl<'r> Partly<'r> {
    /// The ways of a form without those that lead nowhere at the node and whose handler at home
    /// refuses whatever it sends: what fails at home is not the node's fault. `None`: there is
    /// no such way.
    fn without_refused(
        &self,
        home: &RoutedBuild<'r>,
        form: &Form,
        target: &Target,
    ) -> Option<Vec<Way<'r>>> {
        let is_refused = |at: &&usize| {
            steps::count(1);
            // What redirects make another request of is not compared with what the form sends.
            let own = self.ways[**at].own;
            let is_same = |method: &str| {
                method == target.method || (method, &*target.method) == ("GET", "HEAD")
            };
            let own = own.filter(|own| is_same(&own.method));
            own.is_some_and(|own| home.refuses_at(own, form, target))
        };
        let refused: Vec<&usize> = self.failing.iter().filter(is_refused).collect();
        if refused.is_empty() {
            return None;
        }
        let ways = self.ways.iter().enumerate();
        let left = ways.filter(|(at, _)| refused.binary_search(&at).is_err());
        Some(left.map(|(_, way)| way.clone()).collect())
    }
}

/// Where a request arrives at first, at home and at the node, and its ways.
fn look_up<'r>(
    builds: Builds<'_, 'r>,
    method: &str,
    pattern: &Pattern<'r>,
) -> ([Outcome<'r>; 2], Vec<Way<'r>>) {
    let mut own = builds.home.router.resolve(method, pattern);
    let there = builds.node.router.resolve(method, pattern);
    let mut ways: Vec<Way<'r>> = match (&own, &there) {
        (Outcome::Served(handler), _) => {
            builds.ways_of((method, pattern), pattern, (handler, there.clone()))
        }
        (Outcome::NotServed | Outcome::OtherMethods(_), Outcome::Served(_)) => {
            vec![builds.way((method, pattern), pattern, (None, there.clone()))]
        }
        _ => Vec::new(),
    };
    let is_undecided = matches!(own, Outcome::Undecided(_));
    let leads_nowhere = matches!(own, Outcome::Served(_)) && !leads_somewhere(&ways);
    if (is_undecided || leads_nowhere)
        && let Some((meant, meanings)) = builds.meant(method, pattern)
        && (is_undecided || leads_somewhere(&meanings))
    {
        (own, ways) = (Outcome::Undecided(meant), meanings);
    }
    ([own, there], ways)
}

/// What that says of the request.
fn arrival<'r>(
    node: &RoutedBuild<'r>,
    [own, there]: [Outcome<'r>; 2],
    pattern: &Pattern<'_>,
    ways: &[Way<'r>],
) -> Arrival<'r> {
    // Where it is one handler of its own, the way says where it arrives.
    let there = match (&own, ways) {
        (Outcome::Served(_), [way]) => way.there.clone(),
        _ => there,
    };
    let losing = ways.iter().filter(|way| way.loses_fields).count();
    Arrival {
        served: served(node, (&own, &there), pattern, ways),
        astray: ways.iter().find_map(|way| way.astray),
        loss: (losing > 0).then_some(FieldLoss {
            is_undecided: losing < ways.len(),
        }),
        is_served_at_home: leads_somewhere(ways),
        own,
        there,
    }
}

/// Whether one of the ways ends at a handler at home.
fn leads_somewhere(ways: &[Way<'_>]) -> bool {
    ways.iter().any(|way| way.is_served_at_home)
}

/// Whether the node serves what the build does that the page was made for.
///
/// If a parameter takes the holes in the own build, any text may be in them: literals
/// of the node do not take its place. If only literals take them, the form means
/// these, and each is looked for.
fn served(
    node: &RoutedBuild<'_>,
    (own, there): (&Outcome<'_>, &Outcome<'_>),
    pattern: &Pattern<'_>,
    ways: &[Way<'_>],
) -> Served {
    match (own, there) {
        (Outcome::Undecided(_), _) => served_of(ways),
        (Outcome::Served(_), _) if ways.len() > 1 => served_of(ways),
        (_, Outcome::Served(_)) => Served::All,
        (_, Outcome::OtherMethods(_)) => Served::OtherMethods,
        (Outcome::NotServed | Outcome::OtherMethods(_), Outcome::Undecided(_)) => Served::Some,
        (_, Outcome::Undecided(_)) if node.router.has_path(pattern) => Served::OtherMethods,
        (_, Outcome::NotServed | Outcome::Undecided(_)) => Served::None,
    }
}
