//! The traffic: what the pages of each build send, how often, and what becomes of it at
//! a node of the other build, as the checker found.

use std::collections::HashMap;

use super::model::Model;
use crate::model::{Direction, Finding, Level, Report};
use crate::registry::{Form, FormKind, Registry};

/// What the pages of both builds send.
pub(super) struct Traffic<'a> {
    /// Of pages of the old build, at nodes of the new one.
    pub(super) old_to_new: Sent,
    /// The other way round.
    pub(super) new_to_old: Sent,
    /// What the checker found of submissions.
    pub(super) found: Vec<Found<'a>>,
}

/// What the pages of one build send.
#[derive(Default)]
pub(super) struct Sent {
    /// A way for each form and endpoint.
    pub(super) ways: Vec<Way>,
    /// The sum of the shares up to each way. The rest to 1 is of no form.
    pub(super) up_to: Vec<f64>,
    /// By how long forms are open, as [`Model::dwells`] has it.
    pub(super) shares: Vec<Shares>,
}

/// What becomes of the submissions of forms that are open for as long.
#[derive(Clone, Copy, Default)]
pub(super) struct Shares {
    /// Which share of all submissions fails.
    pub(super) fails: f64,
    /// Which share fails and follows a link or a redirect.
    pub(super) links_fail: f64,
    /// Which share may fail beside that.
    pub(super) may_fail: f64,
}

/// What one form sends to one endpoint.
pub(super) struct Way {
    /// Which share of all the submissions of its build this is.
    pub(super) share: f64,
    /// Whether it follows a link or a redirect.
    pub(super) is_link: bool,
    /// For how long the form is open: a position among [`Model::dwells`].
    pub(super) dwell: usize,
    /// What becomes of it.
    pub(super) fate: Fate,
}

/// What becomes of a submission at a node of the other build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Served,
    MayFail,
    Fails,
}

/// A finding, and the way that it is of.
pub(super) struct Found<'a> {
    pub(super) finding: &'a Finding<'a>,
    pub(super) is_waived: bool,
    pub(super) direction: Direction,
    /// The position of its way.
    pub(super) way: usize,
}

impl<'a> Traffic<'a> {
    pub(super) fn new(report: &'a Report<'a>, model: &Model) -> Self {
        let (mut old_to_new, old_ways) = Sent::by(report.old(), model);
        let (mut new_to_old, new_ways) = Sent::by(report.new, model);
        let mut found = Vec::new();
        // A waived submission fails nevertheless.
        let waived = report.waived.iter().map(|(finding, _)| (finding, true));
        let findings = report.findings.iter().map(|finding| (finding, false));
        for (finding, is_waived) in findings.chain(waived) {
            let (Some(direction), Some(form)) = (finding.direction, finding.page.form) else {
                continue;
            };
            let fate = match finding.level {
                Level::Deny => Fate::Fails,
                Level::Warn => Fate::MayFail,
                Level::Note => continue,
            };
            let (sent, ways) = match direction {
                Direction::OldToNew => (&mut old_to_new, &old_ways),
                Direction::NewToOld => (&mut new_to_old, &new_ways),
            };
            let Some(&way) = ways.get(&key(form, finding.endpoint)) else {
                continue;
            };
            let before = &mut sent.ways[way].fate;
            *before = fate.max(*before);
            found.push(Found {
                finding,
                is_waived,
                direction,
                way,
            });
        }
        for sent in [&mut old_to_new, &mut new_to_old] {
            sent.sum_up(model);
        }
        Self {
            old_to_new,
            new_to_old,
            found,
        }
    }

    pub(super) fn sent(&self, direction: Direction) -> &Sent {
        match direction {
            Direction::OldToNew => &self.old_to_new,
            Direction::NewToOld => &self.new_to_old,
        }
    }
}

/// Which form and endpoint, by the form's place in its registry: several may share an id.
type Key<'a> = (*const Form, (&'a str, &'a str));

fn key<'a>(form: &Form, endpoint: (&'a str, &'a str)) -> Key<'a> {
    (std::ptr::from_ref(form), endpoint)
}

/// Whether what is sent follows a link or a redirect, where nothing was filled in. A form that
/// does not say what it is submits, unless it gets a page and has no fields.
fn is_link(form: &Form, method: &str) -> bool {
    match form.kind {
        Some(kind) => matches!(kind, FormKind::Link | FormKind::Redirect),
        None => matches!(method, "GET" | "HEAD") && form.fields.is_none(),
    }
}

impl Sent {
    /// What the pages of a build send, and where each form and endpoint is.
    fn by<'a>(registry: &'a Registry, model: &Model) -> (Self, HashMap<Key<'a>, usize>) {
        let parameters = model.parameters();
        let forms = || {
            registry
                .forms
                .iter()
                .filter(|form| !form.posts_to.is_empty())
        };
        let rate_of = |form: &Form| parameters.form_rates.get(&form.id).copied();
        let named: f64 = forms().filter_map(|form| rate_of(form)).sum();
        let others = forms().filter(|form| rate_of(form).is_none()).count();
        #[expect(clippy::cast_precision_loss, reason = "there are not that many forms")]
        let other = (parameters.rate - named).max(0.0) / others.max(1) as f64;
        let (mut sent, mut ways) = (Self::default(), HashMap::new());
        let mut up_to = 0.0;
        for form in forms() {
            let mut endpoints = Vec::new();
            for target in &form.posts_to {
                let endpoint = (target.method.as_str(), target.path.as_str());
                if !endpoints.contains(&endpoint) {
                    endpoints.push(endpoint);
                }
            }
            let rate = rate_of(form).unwrap_or(other);
            #[expect(
                clippy::cast_precision_loss,
                reason = "there are not that many endpoints"
            )]
            let share = rate / parameters.rate / endpoints.len() as f64;
            for endpoint in endpoints {
                ways.insert(key(form, endpoint), sent.ways.len());
                up_to += share;
                sent.up_to.push(up_to);
                sent.ways.push(Way {
                    share,
                    is_link: is_link(form, endpoint.0),
                    dwell: model.position(form),
                    fate: Fate::Served,
                });
            }
        }
        (sent, ways)
    }

    /// Adds up what fails.
    fn sum_up(&mut self, model: &Model) {
        self.shares = vec![Shares::default(); model.dwells().count()];
        for way in &self.ways {
            let shares = &mut self.shares[way.dwell];
            match way.fate {
                Fate::Served => {}
                Fate::MayFail => shares.may_fail += way.share,
                Fate::Fails => {
                    shares.fails += way.share;
                    shares.links_fail += if way.is_link { way.share } else { 0.0 };
                }
            }
        }
    }

    /// The way that a number between 0 and 1 falls on; `None`: it is of no form.
    pub(super) fn way(&self, number: f64) -> Option<usize> {
        let way = self.up_to.partition_point(|up_to| *up_to <= number);
        (way < self.ways.len()).then_some(way)
    }
}
