//! The judge that sends every request of a form to both builds, and derives which findings the
//! checker must report, and which it may.

use std::collections::BTreeSet;

use coexist_checker::model::Direction;
use coexist_checker::registry::{Encoding, Fields, Form, Handler, Registry, Target};

use crate::cause::{Cause, Meeting, is_caught};
use crate::expected::{Expected, Sample};
use crate::fill::{Fill, fills, has_holes};
use crate::ignored::{Reading, reading, sent_names};
use crate::node::{Arrival, Node, Refusal, Way, with_plain_names};
use crate::reader::Fault;
use crate::request::{Body, Pool, written};

/// One of the two builds, with its node.
pub(crate) struct Release<'r> {
    pub(crate) registry: &'r Registry,
    pub(crate) node: Node<'r>,
}

/// A form of one release, at one of its endpoints, and the other release.
pub(crate) struct Judge<'a> {
    pub(crate) page: &'a Release<'a>,
    pub(crate) there: &'a Release<'a>,
    pub(crate) form: &'a Form,
    pub(crate) target: &'a Target,
    pub(crate) direction: Direction,
    pub(crate) pool: &'a Pool,
}

impl<'a> Judge<'a> {
    pub(crate) fn expected(&self) -> Expected {
        if self.target.path.contains("{*")
            && ![self.page, self.there]
                .iter()
                .all(|release| release.node.is_axum())
        {
            // A parameter takes some lengths of it, and which the form sends is not known.
            return Expected::open();
        }
        let fills = self.fills(self.target);
        let served = |is_fresh| {
            let fills = fills.iter().filter(move |fill| fill.is_fresh() == is_fresh);
            fills.map(|fill| self.own(fill).is_some())
        };
        let is_listed = !served(true).any(|is_served| is_served);
        let mut meant = fills.iter().filter(|fill| fill.is_fresh() != is_listed);
        let is_by_length = meant.any(|fill| {
            let mut longer = fills.iter().filter(|longer| longer.is_longer_than(fill));
            longer.any(|longer| self.own(longer).is_some() != self.own(fill).is_some())
        });
        if is_by_length {
            // The length of the rest of the path decides whether its own release serves it.
            return Expected::open();
        }
        if is_listed && !served(false).any(|is_served| is_served) {
            return Expected::default();
        }
        let worlds = self.encodings().into_iter();
        let mut worlds = worlds.map(|encoding| self.in_encoding(encoding, &fills, is_listed));
        let first = worlds.next().unwrap_or_default();
        worlds.fold(first, |expected, other| expected.or(&other))
    }

    fn fills(&self, target: &Target) -> Vec<Fill> {
        fills(&target.path, [self.page.registry, self.there.registry])
    }

    /// The handler that serves it in the page's own release, after all redirects.
    fn own(&self, fill: &Fill) -> Option<&'a Handler> {
        served(self.home(fill))
    }

    /// Its way in the page's own release.
    fn home(&self, fill: &Fill) -> Way<'a> {
        self.page.node.way(&self.target.method, &fill.path)
    }

    /// Its way in the other release, where a handler for other paths is as good as none.
    fn away(&self, fill: &Fill) -> Way<'a> {
        let mut way = self.there.node.way(&self.target.method, &fill.path);
        let own = self.home(fill).first;
        if own
            .zip(way.first)
            .is_some_and(|(own, there)| is_caught(self.target, own, there))
        {
            way.end = Arrival::Nowhere;
            way.loses_method = false;
            way.loses_query = false;
        }
        way
    }

    /// Whether the other release has the same form, with this endpoint among its targets.
    fn is_same_form(&self) -> bool {
        let endpoint = |target: &Target| (target.method.clone(), with_plain_names(&target.path));
        let mut others = self.there.registry.forms.iter();
        others.any(|other| {
            let mut targets = other.posts_to.iter();
            other.id == self.form.id
                && other.fields == self.form.fields
                && targets.any(|target| endpoint(target) == endpoint(self.target))
        })
    }

    /// The encodings in which the form may send: its own, or the one that all its handlers
    /// read; any if these do not declare it, or differ.
    fn encodings(&self) -> Vec<Encoding> {
        if let Some(encoding) = self.form.encoding {
            return vec![encoding];
        }
        let mut read = Vec::new();
        for target in &self.form.posts_to {
            for fill in self.fills(target) {
                let way = self.page.node.way(&target.method, &fill.path);
                if let Arrival::At(handler) = way.end
                    && !read.contains(&handler.encoding)
                {
                    read.push(handler.encoding);
                }
            }
        }
        if let [Some(one)] = read[..] {
            return vec![one];
        }
        vec![
            Encoding::Urlencoded,
            Encoding::Json,
            Encoding::Multipart,
            Encoding::Query,
        ]
    }

    fn in_encoding(&self, encoding: Encoding, fills: &[Fill], is_listed: bool) -> Expected {
        let mut samples = Vec::new();
        let mut expected = Expected::default();
        let mut is_each_taken = true;
        let mut counts_values = false;
        let mut has_limits = false;
        for fill in fills {
            let Some(own) = self.own(fill) else { continue };
            let (home, away) = (self.home(fill), self.away(fill));
            if home.loses_method || home.loses_query {
                // What arrives at home is not what the form sends: that is its own fault.
                return Expected::open();
            }
            let there = served(away);
            let is_by_limit = self.is_by_limit(self.there, fill);
            let is_by_text = is_listed || is_by_limit || self.is_by_limit(self.page, fill);
            let meeting = self.meeting((own, there), is_by_text);
            has_limits |= is_by_limit;
            counts_values |= meeting.has_many() && meeting.has_vague_fields();
            if meeting.has_vague_fields() {
                expected.allowed.insert("field-narrowed");
            }
            let is_decided = !self.is_of_parameter(fill, fills);
            let bodies = self.bodies(&meeting, encoding);
            if self.is_twice_at_home(own, &bodies, encoding) {
                return Expected::open();
            }
            if away.loses_fields(home, &self.target.method) {
                expected.allowed.insert("redirect-loses-fields");
            }
            let taken = self.causes(&meeting, [home, away], encoding, &bodies);
            is_each_taken &= !taken.is_empty();
            for causes in taken {
                samples.push(Sample { is_decided, causes });
            }
        }
        expected.add(&samples);
        if self.target.path.contains("{*")
            && expected
                .required
                .iter()
                .any(|rules| rules.contains("method-changed"))
        {
            // For some lengths of the rest there is no handler: only that must be reported.
            expected
                .required
                .retain(|rules| rules.contains("method-changed"));
        }
        // The number of values is declared separately from their type: if only one of the two is
        // declared, either level is right.
        expected.may_deny |= counts_values;
        // A form may mean an endpoint that rejects all its requests; then nothing is certain.
        let is_served = |sample: &Sample| sample.causes.is_empty();
        expected.must_deny &= !has_limits;
        expected.must_deny &= !is_listed || is_each_taken && !samples.iter().any(is_served);
        self.shadowed(fills, &samples, &mut expected);
        self.ignored(fills, &samples, encoding == Encoding::Json, &mut expected);
        expected
    }

    /// The form, as it meets two handlers; `is_by_text` is whether the text of a hole decides.
    fn meeting(
        &self,
        (own, there): (&'a Handler, Option<&'a Handler>),
        is_by_text: bool,
    ) -> Meeting<'a> {
        Meeting {
            form: self.form,
            own,
            there,
            direction: self.direction,
            is_same_form: self.is_same_form(),
            is_listed: is_by_text || self.target.path.contains("{*"),
        }
    }

    /// Whether a parameter at home takes the texts that are in the holes, and many more: the
    /// form need not mean these.
    fn is_of_parameter(&self, fill: &Fill, fills: &[Fill]) -> bool {
        let mut wider = fills.iter().filter(|other| other.is_wider_than(fill));
        wider.any(|wider| match self.own(wider) {
            Some(_) if !wider.is_sample_for(fill) => true,
            Some(_) => {
                let [first, other] = [fill, wider].map(|fill| self.home(fill).first);
                first
                    .zip(other)
                    .is_some_and(|(first, other)| std::ptr::eq(first, other))
            }
            None => false,
        })
    }

    /// Whether the text of a hole decides if a parameter with a limit takes it in a release:
    /// nobody knows what the form fills in.
    fn is_by_limit(&self, release: &Release<'_>, fill: &Fill) -> bool {
        if !has_holes(&self.target.path) {
            return false;
        }
        let requests = release.node.requests(&self.target.method, &fill.path);
        requests.iter().any(|(method, path)| {
            let handlers = release.registry.handlers.iter();
            let mut handlers = handlers.filter(|handler| {
                let is_read = method == "HEAD" && handler.method == "GET";
                // One for another method ends the search, if the path decides first.
                let is_last = release.node.is_path_first(handler);
                !handler.parameters.is_empty() && (is_last || is_read || handler.method == *method)
            });
            handlers.any(|handler| {
                let mut unlimited = matchit::Router::new();
                unlimited
                    .insert(with_plain_names(&handler.path), ())
                    .unwrap();
                unlimited.at(path).is_ok()
            })
        })
    }

    /// Whether a redirect that drops its body, or its query, drops something.
    fn fills_in_something(&self) -> bool {
        let fields = self.form.fields.as_ref().map(Fields::list);
        let has_fields = fields.is_some_and(|fields| !fields.is_empty());
        has_fields || !matches!(&*self.target.method, "GET" | "HEAD")
    }

    /// Allows or requires `field-ignored`: its own release reads a field that the other one
    /// does not know, and accepts.
    fn ignored(&self, fills: &[Fill], samples: &[Sample], is_json: bool, expected: &mut Expected) {
        let is_lost = |names: &[String]| {
            let lost = fills.iter().filter_map(|fill| {
                let own = self.own(fill)?;
                let away = self.away(fill);
                let there = served(away)
                    .filter(|_| !away.loses_fields(self.home(fill), &self.target.method));
                let Some(there) = there else {
                    return Some(false);
                };
                Some(
                    reading(own, names) == Reading::Read
                        && reading(there, names) == Reading::Ignored,
                )
            });
            lost.collect::<Vec<bool>>()
        };
        let fields = self.form.fields.as_ref().map(Fields::list);
        let names = sent_names(fields.as_deref().unwrap_or_default(), is_json);
        if names
            .iter()
            .any(|(names, _)| is_lost(names).contains(&true))
        {
            expected.allowed.insert("field-ignored");
        }
        let mut always = names.iter().filter(|(_, is_always)| *is_always);
        let is_sure = |names: &[String]| !is_lost(names).contains(&false);
        let fails = samples.iter().any(|sample| !sample.causes.is_empty());
        if !samples.is_empty() && !fails && always.any(|(names, _)| is_sure(names)) {
            expected.required.insert(BTreeSet::from(["field-ignored"]));
        }
    }

    /// The bodies that the form may send; `None`: its fields are not declared.
    fn bodies(&self, meeting: &Meeting<'_>, encoding: Encoding) -> Vec<Option<Body>> {
        let Some(fields) = &self.form.fields else {
            return vec![None];
        };
        let Meeting { own, there, .. } = meeting;
        let requests = self.pool.requests(&fields.list(), own, *there, encoding);
        let bodies = requests.iter().map(|fields| written(fields, encoding));
        bodies.map(Some).collect()
    }

    /// Whether the form sends two names that its own handler reads as one field. That is a
    /// fault of its own release; the checker then judges each field by itself.
    fn is_twice_at_home(&self, own: &Handler, bodies: &[Option<Body>], sent: Encoding) -> bool {
        let mut refusals = bodies.iter().flat_map(|body| {
            let own = Arrival::At(own);
            own.refusals(&self.target.method, body.as_ref(), sent)
        });
        refusals.any(|refusal| matches!(refusal, Refusal::Field(Fault::Twice(_), _)))
    }

    /// For each request that its own release accepts, why the other one rejects it, or that
    /// redirects lose what it says.
    fn causes(
        &self,
        meeting: &Meeting<'_>,
        [home, away]: [Way<'_>; 2],
        encoding: Encoding,
        bodies: &[Option<Body>],
    ) -> Vec<Vec<Cause>> {
        let refusals = |at: Arrival<'_>, body: &Option<Body>| {
            at.refusals(&self.target.method, body.as_ref(), encoding)
        };
        let is_lost = meeting.there.is_some() && away.loses_fields(home, &self.target.method);
        let own = Arrival::At(meeting.own);
        let taken = bodies.iter().filter(|body| refusals(own, body).is_empty());
        let causes = taken.map(|body| {
            let refusals = match (is_lost, self.fills_in_something()) {
                (true, true) => vec![Refusal::Lost],
                (true, false) => Vec::new(),
                (false, _) => refusals(away.end, body),
            };
            refusals
                .iter()
                .map(|refusal| meeting.cause(refusal))
                .collect()
        });
        causes.collect()
    }

    /// Allows or requires `handler-shadowed`: another handler, with another path, serves it.
    fn shadowed(&self, fills: &[Fill], samples: &[Sample], expected: &mut Expected) {
        let is_other = fills.iter().any(|fill| {
            let (home, away) = (self.home(fill), self.away(fill));
            let is_served = served(home).is_some() && served(away).is_some();
            match (home.first, away.first) {
                (Some(own), Some(there)) if is_served => {
                    let path = |handler: &Handler| with_plain_names(&handler.path);
                    own.id != there.id && path(own) != path(there)
                }
                _ => false,
            }
        });
        if is_other {
            expected.allowed.insert("handler-shadowed");
            let fails = samples.iter().any(|sample| !sample.causes.is_empty());
            if !has_holes(&self.target.path) && !fails {
                let rule = BTreeSet::from(["handler-shadowed"]);
                expected.required.insert(rule);
            }
        }
    }
}

/// The handler at which a request arrives in the end.
fn served(way: Way<'_>) -> Option<&Handler> {
    match way.end {
        Arrival::At(handler) => Some(handler),
        Arrival::OtherMethods | Arrival::Nowhere => None,
    }
}
