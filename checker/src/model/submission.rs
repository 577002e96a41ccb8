//! A submission: a form of one release arriving at a node of another.

use std::rc::Rc;

use super::answer::{Request, Served};
use super::arrival::{Arrival, Arrivals, FieldLoss};
use super::judged::Judged;
use super::meeting::Sent;
use super::routed::RoutedBuild;
use super::sharing::HandlerPair;
use super::verdict::Direction;
use super::way::Astray;
use crate::endpoint::Outcome;
use crate::registry::{Form, Handler, Target};

/// A form of `page` that is sent to `node`.
#[derive(Debug)]
pub struct Submission<'a, 'r> {
    /// The build that made the page.
    pub page: &'a RoutedBuild<'r>,
    /// The build that gets the request.
    pub node: &'a RoutedBuild<'r>,
    /// What is sent.
    pub form: &'r Form,
    /// Where to.
    pub target: &'r Target,
    /// What the path is called there.
    pub path: &'r str,
    /// Which of the two is the page's.
    pub direction: Direction,
    arrival: Rc<Arrival<'r>>,
    judged: Rc<Judged<'r>>,
}

impl<'a, 'r> Submission<'a, 'r> {
    /// A form of `page` that is sent to `node`, if the page's own build serves it:
    /// otherwise it fails there, and that is this build's fault alone.
    pub(crate) fn within_app(
        page: &'a RoutedBuild<'r>,
        arrivals: &mut Arrivals<'a, 'r>,
        form: &'r Form,
        (target, path): (&'r Target, &'r str),
        direction: Direction,
    ) -> Option<Self> {
        let (arrival, judged) = arrivals.judge(form, (target, path))?;
        arrival.is_served_at_home.then_some(Self {
            page,
            node: arrivals.node,
            form,
            target,
            path,
            direction,
            arrival,
            judged,
        })
    }

    /// What is sent to another app, by a page that was made for a build of that, from which
    /// it arrives. A page that is out is judged by what that build makes of it: what fails
    /// there is not the node's fault. A new one is also judged by itself.
    pub(crate) fn across_apps(
        page: &'a RoutedBuild<'r>,
        arrivals: &mut Arrivals<'a, 'r>,
        sent: &Sent<'r>,
        direction: Direction,
    ) -> Option<Self> {
        let (arrival, judged) = arrivals.judge(sent.form, (sent.target, sent.path))?;
        (arrivals.is_first || arrival.is_served_at_home).then_some(Self {
            page,
            node: arrivals.node,
            form: sent.form,
            target: sent.target,
            path: sent.path,
            direction,
            arrival,
            judged,
        })
    }

    /// Where it arrives in the build that the page was made for: somewhere, if that is its
    /// own one.
    #[must_use]
    pub fn own(&self) -> &Outcome<'r> {
        &self.arrival.own
    }

    /// Where it arrives in the node's build.
    #[must_use]
    pub fn there(&self) -> &Outcome<'r> {
        &self.arrival.there
    }

    /// The handler of the node that takes it, and not in the place of its own one.
    #[must_use]
    pub fn astray(&self) -> Option<Astray<'r>> {
        self.arrival.astray
    }

    /// Whether redirects of the node lose what the form's fields hold; `None`: they do not.
    #[must_use]
    pub fn loss(&self) -> Option<FieldLoss> {
        let has_body = !matches!(&*self.target.method, "GET" | "HEAD");
        let fields = self.form.fields.as_ref();
        let has_fields = has_body || fields.is_some_and(|fields| !fields.list().is_empty());
        self.arrival.loss.filter(|_| has_fields)
    }

    /// What the handlers that it arrives at make of it.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.judged.request
    }

    /// Of several handlers that share an endpoint, the first for which this is so of
    /// what comes of the request, and the one whose place it takes.
    pub(crate) fn first_pair(&self, is: impl Fn(&Request) -> bool) -> Option<HandlerPair<'r>> {
        let found = self.judged.shared.iter().find(|(_, request)| is(request));
        found.map(|(pair, _)| *pair)
    }

    /// The handler that takes it in the build that the page was made for, if that is sure.
    #[must_use]
    pub fn own_handler(&self) -> Option<&'r Handler> {
        match self.own() {
            Outcome::Served(handler) => Some(handler),
            Outcome::Undecided(handlers) => handlers.first().copied(),
            Outcome::OtherMethods(_) | Outcome::NotServed => None,
        }
    }

    /// Whether the node serves what the build does that the page was made for.
    #[must_use]
    pub fn served(&self) -> Served {
        self.arrival.served
    }
}
